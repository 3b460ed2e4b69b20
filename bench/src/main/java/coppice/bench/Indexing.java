package coppice.bench;

import coppice.bench.people.PeopleReader;
import coppice.bench.people.PeopleStore;
import coppice.bench.people.PeopleStore.Index;
import java.util.SplittableRandom;

/// Measures how indexes are built over rows that are there, until they are durable.
final class Indexing {
    private static final int BATCHES = 20;
    private static final int LOOKUPS = 100_000;

    private final Trial trial;
    private final Meter meter;

    Indexing(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void build() throws Exception {
        PeopleTrial people = new PeopleTrial(trial).warmUp();
        try (PeopleStore store = people.filled(meter, Index.CITY_TOTALS)) { // so that rows are in memory
            build(store, Index.CITY_AGE, Metric.INDEX_BUILD_CITY);
            build(store, Index.EMAIL, Metric.INDEX_BUILD_EMAIL);
            try (PeopleReader reader = store.latest()) {
                people.check(reader);
            }
        }
    }

    private void build(PeopleStore store, Index index, Metric metric) throws Exception {
        meter.start();
        long began = System.nanoTime();
        store.build(index);
        meter.record(metric, trial.records() * 1e3 / (System.nanoTime() - began));
    }

    /// A bit of everything; the parent gives it little heap.
    void smallHeap() throws Exception {
        PeopleTrial people = new PeopleTrial(trial);
        SplittableRandom random = new SplittableRandom(22);
        long began = System.nanoTime();
        try (PeopleStore store = people.open("store")) {
            store.load(people.population());
            store.build(Index.CITY_AGE);
            store.build(Index.EMAIL);
            try (PeopleReader reader = store.latest()) {
                for (int generation = 1; generation <= BATCHES; generation++) {
                    store.put(people.updates(random, generation));
                    PeopleTrial.lookUp(reader, people.population(), random);
                }
                for (int i = 0; i < LOOKUPS; i++) {
                    reader.withEmail(people.population().email(random), _ -> {});
                }
            }
        }
        meter.record(Metric.INDEX_SMALL_HEAP, (System.nanoTime() - began) / 1e9);
    }
}
