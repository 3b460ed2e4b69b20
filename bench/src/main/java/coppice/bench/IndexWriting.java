package coppice.bench;

import coppice.bench.people.Answers;
import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore;
import coppice.bench.people.PeopleStore.Index;
import coppice.bench.people.Person;
import coppice.bench.people.Population;
import java.util.List;
import java.util.SplittableRandom;

/// Measures writing with two indexes: a tenth as many rows as are there, half of them new, and then that
/// both indexes answer. Where indexes are brought forward by who reads, that is part of the time. Documents are made
/// beforehand.
final class IndexWriting {
    private static final int SHARE = 10;
    private static final int SHARE_EACH = 20;

    private final Trial trial;
    private final Meter meter;
    private final Population population;
    private final Answers answers;
    private final SplittableRandom random = new SplittableRandom(21);
    private int generation;

    IndexWriting(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.population = new Population(trial.records());
        this.answers = new Answers(population).loaded();
    }

    void run() throws Exception {
        PeopleTrial people = new PeopleTrial(trial).warmUp();
        try (PeopleStore store = people.filled(meter, Index.CITY_AGE, Index.EMAIL);
                PeopleReader reader = store.latest()) {
            answers.check(reader);
            int batches = batches(SHARE);
            meter.start();
            long nanos = 0;
            for (int i = 0; i < batches; i++) {
                nanos += put(store);
            }
            long last = lookUp(reader);
            meter.record(Metric.INDEX_WRITE, rate(batches, nanos + last));
            meter.record(Metric.INDEX_WRITE_LAST, last / 1e6);
            answers.check(reader);
            int each = batches(SHARE_EACH);
            meter.start();
            nanos = 0;
            for (int i = 0; i < each; i++) {
                nanos += put(store) + lookUp(reader);
            }
            meter.record(Metric.INDEX_WRITE_EACH, rate(each, nanos));
            answers.check(reader);
        }
    }

    private int batches(int share) {
        return Math.max(1, trial.rows() / share / PeopleTrial.BATCH);
    }

    /// Thousands of rows a second.
    private static double rate(int batches, long nanos) {
        return batches * PeopleTrial.BATCH * 1e6 / nanos;
    }

    private long put(PeopleStore store) throws Exception {
        List<Person> batch = population.batch(random, PeopleTrial.BATCH, ++generation);
        long began = System.nanoTime();
        store.put(batch);
        long nanos = System.nanoTime() - began;
        answers.put(batch, generation);
        return nanos;
    }

    private long lookUp(PeopleReader reader) throws Exception {
        long began = System.nanoTime();
        PeopleTrial.lookUp(reader, population, random);
        return System.nanoTime() - began;
    }
}
