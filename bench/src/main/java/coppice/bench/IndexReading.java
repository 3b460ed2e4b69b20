package coppice.bench;

import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore;
import coppice.bench.people.PeopleStore.Index;
import coppice.bench.people.Population;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Measures lookups by index from one thread, with everything in memory, on rows that nobody changes.
final class IndexReading {
    private static final int SOUGHT = 1 << 17;

    private final Trial trial;
    private final Meter meter;
    private final SplittableRandom random = new SplittableRandom(23);
    private final String[] emails = new String[SOUGHT];
    private final String[] cities = new String[SOUGHT];
    private final int[] ages = new int[SOUGHT];
    private long bytes;

    IndexReading(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// Looks something up and says how much there is.
    private interface Look {
        int at(int sought) throws Exception;
    }

    void run() throws Exception {
        PeopleTrial people = new PeopleTrial(trial).warmUp();
        seek(people.population());
        Consumer<byte[]> documents = document -> bytes += document.length;
        try (PeopleStore store = people.filled(meter, Index.CITY_AGE, Index.EMAIL);
                PeopleReader direct = store.reader(false);
                PeopleReader query = store.reader(true)) {
            people.check(direct);
            people.check(query);
            time(Metric.INDEX_GET, 1, at -> direct.withEmail(emails[at], documents));
            time(Metric.INDEX_GET_QUERY, 1, at -> query.withEmail(emails[at], documents));
            int rows = PeopleTrial.RANGE;
            time(Metric.INDEX_RANGE, rows, at -> direct.inCity(cities[at], ages[at], rows, documents));
            time(Metric.INDEX_RANGE_QUERY, rows, at -> query.inCity(cities[at], ages[at], rows, documents));
            time(Metric.INDEX_RANGE_KEYS, rows, at -> direct.idsInCity(cities[at], ages[at], rows, id -> bytes += id));
        }
    }

    private void seek(Population population) {
        for (int at = 0; at < SOUGHT; at++) {
            emails[at] = population.email(random);
            cities[at] = population.city(random);
            ages[at] = PeopleTrial.age(random);
        }
    }

    private void time(Metric metric, int rows, Look look) throws Exception {
        lookFor(trial.seconds() / 2, rows, look);
        meter.start();
        meter.record(metric, lookFor(trial.seconds(), rows, look));
    }

    /// Thousands a second.
    private double lookFor(double seconds, int rows, Look look) throws Exception {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        long count = 0;
        long found = 0;
        long now = began;
        for (; now < end; now = System.nanoTime()) {
            found += look.at((int) (count++ % SOUGHT));
        }
        if (found > rows * count || found < rows * count / 2 || bytes == 0) {
            throw new IllegalStateException(count + " lookups found " + found + " rows");
        }
        return count * 1e6 / (now - began);
    }
}
