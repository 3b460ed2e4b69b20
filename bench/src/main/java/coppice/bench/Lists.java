package coppice.bench;

import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.api.structure.Sequence;
import java.util.SplittableRandom;

/// Measures a list of ten times as many numbers as there are rows: appending in batches, reading by index,
/// inserting anywhere, and reading again.
final class Lists {
    private static final int OF_RECORDS = 10;
    private static final int BATCH = 100_000;
    private static final int GETS = 1_000_000;
    private static final int INSERTS = 50_000;
    private static final int WARM_OF_LIST = 10;

    private final Trial trial;
    private final Meter meter;
    private final SplittableRandom random = new SplittableRandom(33);

    Lists(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws Exception {
        int length = trial.rows() * OF_RECORDS;
        Options options = Options.defaults().with(Durability.NONE).withMemoryBytes(trial.cacheBytes());
        try (Database db =
                Coppice.open(Directories.fresh(trial.directory(), "list").toString(), options)) {
            warmUp(db, length / WARM_OF_LIST);
            Sequence<Integer> list = db.list("numbers", Integer.class);
            meter.settle();
            meter.start();
            long began = System.nanoTime();
            push(list, length);
            meter.record(Metric.LIST_PUSH, length * 1e3 / (System.nanoTime() - began));
            meter.settle();
            meter.start();
            meter.record(Metric.LIST_GET, gets(list, length));
            meter.start();
            meter.record(Metric.LIST_INSERT, inserts(list, length));
            meter.start();
            meter.record(Metric.LIST_GET_AGAIN, gets(list, length));
        }
    }

    private void warmUp(Database db, int length) {
        Sequence<Integer> list = db.list("few", Integer.class);
        push(list, length);
        gets(list, length);
        inserts(list, length);
    }

    private static void push(Sequence<Integer> list, int length) {
        for (int from = 0; from < length; from += BATCH) {
            int first = from;
            int end = Math.min(length, from + BATCH);
            list.batched(batch -> {
                for (int i = first; i < end; i++) {
                    batch.push(i);
                }
            });
        }
    }

    /// Microseconds for each.
    private double gets(Sequence<Integer> list, int length) {
        int times = Math.min(GETS, length);
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            list.get(random.nextInt(length));
        }
        return (System.nanoTime() - began) / 1e3 / times;
    }

    private double inserts(Sequence<Integer> list, int length) {
        int times = Math.min(INSERTS, length);
        long began = System.nanoTime();
        for (int i = 0; i < times; i++) {
            list.insert(random.nextInt(length), -i);
        }
        return (System.nanoTime() - began) / 1e3 / times;
    }
}
