package coppice.bench;

import coppice.bench.peer.Peer;
import coppice.bench.peer.Rows;
import coppice.bench.peer.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;

/// Measures writes. All are durable when acknowledged.
final class Writing {
    private static final int BATCH = 1_000;
    private static final int UPDATES = 5;

    private final Trial trial;
    private final Meter meter;

    Writing(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// A sorted bulk load into an empty store.
    void load() throws Exception {
        WarmUp.run(trial);
        Path place = Directories.fresh(trial.directory(), "store");
        Peer store = trial.open(place);
        meter.start();
        long began = System.nanoTime();
        store.load(trial.records());
        meter.record(Metric.LOAD, trial.records() / milliseconds(began));
        if (store.reads()) {
            requireRows(store, trial.records());
            meter.record(Metric.DISK_LOADED, Directories.megabytes(place));
        }
        store.close();
    }

    /// All rows in random order into an empty store, in durable batches.
    void batches() throws Exception {
        WarmUp.run(trial);
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        int[] order = Rows.shuffled(trial.rows(), 3);
        meter.start();
        long began = System.nanoTime();
        try (Writer writer = store.writer()) {
            for (int from = 0; from < order.length; from += BATCH) {
                int to = Math.min(order.length, from + BATCH);
                List<Writer.Entry> batch = new ArrayList<>(to - from);
                for (int i = from; i < to; i++) {
                    batch.add(new Writer.Entry(Rows.key(order[i]), Rows.value(order[i], 0)));
                }
                writer.put(batch);
            }
        }
        meter.record(Metric.BATCH, trial.records() / milliseconds(began));
        if (store.reads()) {
            requireRows(store, trial.records());
        }
        store.close();
    }

    /// Single durable puts of existing keys, for a time.
    void puts(int threads, ThreadFactory factory, Metric metric) throws Exception {
        WarmUp.run(trial);
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        putFor(store, threads, factory, trial.seconds() / 3);
        meter.start();
        meter.record(metric, putFor(store, threads, factory, trial.seconds()));
        store.close();
    }

    private double putFor(Peer store, int threads, ThreadFactory factory, double seconds) throws Exception {
        long began = System.nanoTime();
        long end = began + (long) (seconds * 1e9);
        try (var executor = Executors.newThreadPerTaskExecutor(factory)) {
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int seed = i;
                writers.add(() -> putUntil(store, end, new SplittableRandom(began + seed)));
            }
            long puts = 0;
            for (Future<Long> done : executor.invokeAll(writers)) {
                puts += done.get();
            }
            return puts / (milliseconds(began) / 1e3);
        }
    }

    private long putUntil(Peer store, long end, SplittableRandom random) throws Exception {
        long puts = 0;
        try (Writer writer = store.writer()) {
            while (System.nanoTime() < end) {
                int row = random.nextInt(trial.rows());
                writer.put(Rows.key(row), Rows.value(row, puts));
                puts++;
            }
        }
        return puts;
    }

    /// One row in a hundred changed at random in one durable transaction.
    void updates() throws Exception {
        WarmUp.run(trial);
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        var random = new SplittableRandom(9);
        double[] milliseconds = new double[UPDATES];
        meter.start();
        try (Writer writer = store.writer()) {
            for (int i = 0; i < UPDATES; i++) {
                List<Writer.Entry> batch = WarmUp.batch(random, trial.rows(), trial.rows() / 100, i + 1);
                long began = System.nanoTime();
                writer.put(batch);
                milliseconds[i] = milliseconds(began);
            }
        }
        Arrays.sort(milliseconds);
        meter.record(Metric.UPDATE, milliseconds[UPDATES / 2]);
        store.close();
    }

    private static void requireRows(Peer store, long expected) throws Exception {
        try (var reader = store.reader()) {
            long found = reader.scan();
            if (found != expected) {
                throw new IllegalStateException("wrote " + expected + " rows and found " + found);
            }
        }
    }

    private static double milliseconds(long began) {
        return (System.nanoTime() - began) / 1e6;
    }
}
