package coppice.bench;

import coppice.api.Database;
import coppice.bench.people.CoppicePeople;
import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore.Index;
import coppice.bench.people.Population;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Measures the first lookup after a thousand rows were changed, uncommitted and committed, while the background
/// rests. Each row changes its place in each index.
final class Advancing {
    private static final int TIMES = 21;
    private static final int WARM_UPS = 10;

    private final Trial trial;
    private final Meter meter;
    private final SplittableRandom random = new SplittableRandom(24);
    private int generation;

    Advancing(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// A lookup by something.
    private record Way(Metric working, Metric committed, Look look) {}

    private interface Look {
        void at(PeopleReader reader) throws Exception;
    }

    void run() throws Exception {
        PeopleTrial people = new PeopleTrial(trial).warmUp();
        Population population = people.population();
        List<Way> ways = List.of(
                new Way(
                        Metric.ADVANCE_CITY,
                        Metric.ADVANCE_CITY_COMMIT,
                        reader -> reader.inCity(population.city(random), 0, 1, _ -> {})),
                new Way(
                        Metric.ADVANCE_EMAIL,
                        Metric.ADVANCE_EMAIL_COMMIT,
                        reader -> reader.withEmail(population.email(random), _ -> {})),
                new Way(
                        Metric.ADVANCE_TOTALS,
                        Metric.ADVANCE_TOTALS_COMMIT,
                        reader -> reader.totals(population.city(random))));
        try (CoppicePeople store = PeopleTrial.own(people.filled(meter, Index.values()));
                PeopleReader reader = store.latest()) {
            store.database().projections().pause();
            for (boolean isCommitted : new boolean[] {false, true}) {
                measure(people, store, reader, ways, isCommitted);
            }
        }
    }

    private void measure(
            PeopleTrial people, CoppicePeople store, PeopleReader reader, List<Way> ways, boolean isCommitted)
            throws Exception {
        List<List<Double>> times = new ArrayList<>();
        ways.forEach(_ -> times.add(new ArrayList<>()));
        for (int i = -WARM_UPS; i < TIMES; i++) {
            if (i == 0) {
                times.forEach(List::clear);
                meter.start();
            }
            change(people, store, isCommitted);
            for (int way = 0; way < ways.size(); way++) {
                long began = System.nanoTime();
                ways.get(way).look().at(reader);
                times.get(way).add((System.nanoTime() - began) / 1e6);
            }
        }
        for (int way = 0; way < ways.size(); way++) {
            Metric metric =
                    isCommitted ? ways.get(way).committed() : ways.get(way).working();
            meter.record(metric, Spread.of(times.get(way)).median());
        }
    }

    private void change(PeopleTrial people, CoppicePeople store, boolean isCommitted) throws Exception {
        store.put(people.updates(random, ++generation));
        if (isCommitted) {
            Database db = store.database();
            db.commit("generation " + generation);
        }
    }
}
