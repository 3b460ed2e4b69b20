package coppice.bench;

import coppice.bench.Hands.Hand;
import coppice.bench.structure.StructureStore;
import coppice.bench.structure.StructureStore.DictUser;
import coppice.bench.structure.StructureStore.Safety;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/// Measures a dict of texts: reading, and writing by one and by eight threads, synced and not.
final class Dicts {
    private static final int WRITERS = 8;
    private static final int ENTRIES_OF_RECORDS = 10;
    private static final int WARM_ROUNDS = 2;
    private static final int READ_AT_ONCE = 100;
    private static final String TEXT = "x".repeat(80);

    private final Trial trial;
    private final Meter meter;
    private final int entries;

    Dicts(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
        this.entries = trial.rows() / ENTRIES_OF_RECORDS;
    }

    void run() throws Exception {
        try (StructureStore store = open(Safety.WRITTEN)) {
            fill(store);
            for (int round = 0; round < WARM_ROUNDS; round++) {
                writes(store, 1);
                writes(store, WRITERS);
                reads(store);
            }
            meter.settle();
            meter.start();
            meter.record(Metric.DICT_GET, reads(store) * READ_AT_ONCE / 1e3);
            meter.start();
            double alone = writes(store, 1);
            meter.record(Metric.DICT_PUT_WRITTEN, alone);
            meter.settle();
            meter.start();
            double together = writes(store, WRITERS);
            meter.record(Metric.DICT_PUT_8_WRITTEN, together);
            meter.record(Metric.DICT_8_TO_1_WRITTEN, together / alone);
        }
        try (StructureStore store = open(Safety.SYNCED)) {
            fill(store);
            writes(store, WRITERS);
            meter.settle();
            meter.start();
            double alone = writes(store, 1);
            meter.record(Metric.DICT_PUT, alone);
            meter.start();
            double together = writes(store, WRITERS);
            meter.record(Metric.DICT_PUT_8, together);
            meter.record(Metric.DICT_8_TO_1, together / alone);
        }
    }

    private StructureStore open(Safety safety) throws Exception {
        StructureStore store = StructureStore.named(trial.peer());
        store.open(Directories.fresh(trial.directory(), "dict"), trial.cacheBytes(), safety);
        return store;
    }

    private void fill(StructureStore store) throws Exception {
        try (DictUser dict = store.dict()) {
            for (int i = 0; i < entries; i++) {
                dict.put(key(i), TEXT + i);
            }
        }
    }

    private static String key(int entry) {
        return "person:" + (1_000_000 + entry);
    }

    private double writes(StructureStore store, int threads) throws Exception {
        List<Callable<Hand>> hands = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            SplittableRandom random = new SplittableRandom(thread);
            hands.add(() -> writer(store.dict(), random));
        }
        return Hands.rate(trial.seconds(), hands);
    }

    private Hand writer(DictUser dict, SplittableRandom random) {
        return new Hand() {
            private int count;

            @Override
            public boolean act() throws Exception {
                dict.put(key(random.nextInt(entries)), TEXT + count++);
                return true;
            }

            @Override
            public void close() throws SQLException {
                dict.close();
            }
        };
    }

    private double reads(StructureStore store) throws Exception {
        SplittableRandom random = new SplittableRandom(9);
        return Hands.rate(trial.seconds(), List.of(() -> reader(store.dict(), random)));
    }

    private Hand reader(DictUser dict, SplittableRandom random) {
        return new Hand() {
            @Override
            public boolean act() throws Exception {
                for (int i = 0; i < READ_AT_ONCE; i++) {
                    if (dict.get(key(random.nextInt(entries))) < TEXT.length()) {
                        throw new IllegalStateException("an entry is not there");
                    }
                }
                return true;
            }

            @Override
            public void close() throws SQLException {
                dict.close();
            }
        };
    }
}
