package coppice.bench;

import com.sun.management.ThreadMXBean;
import coppice.bench.peer.Peer;
import coppice.bench.peer.Reader;
import coppice.bench.peer.Rows;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Measures reads of a loaded store that is warm: page cache, own caches and compiled code.
final class Reading {
    private static final int PASSES = 3;
    private static final int POINTS = 1_000_000;
    private static final int RANGES = 20_000;
    private static final int RANGE_ROWS = 100;

    private final Trial trial;
    private final Meter meter;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    Reading(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// Random point reads from one and from two threads, and what one allocates.
    void points() throws Exception {
        WarmUp.run(trial);
        Peer store = loaded();
        int reads = Math.min(POINTS, trial.rows());
        readFrom(store, 1, reads);
        meter.start();
        List<Points> alone = new ArrayList<>();
        for (int i = 0; i < PASSES; i++) {
            alone.add(readFrom(store, 1, reads));
        }
        meter.record(
                Metric.GET_1, middle(alone.stream().map(Points::perMillisecond).toList()));
        meter.record(
                Metric.GET_ALLOCATION,
                middle(alone.stream().map(Points::bytesPerRead).toList()));
        meter.start();
        List<Double> together = new ArrayList<>();
        for (int i = 0; i < PASSES; i++) {
            together.add(readFrom(store, 2, reads).perMillisecond());
        }
        meter.record(Metric.GET_2, middle(together));
        store.close();
    }

    private record Points(double perMillisecond, double bytesPerRead) {}

    private Points readFrom(Peer store, int count, int reads) throws Exception {
        var ready = new CyclicBarrier(count + 1);
        try (var executor =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int seed = i;
                Callable<Long> reading = () -> read(store, ready, reads, new SplittableRandom(77 + seed));
                readers.add(executor.submit(reading));
            }
            ready.await();
            long began = System.nanoTime();
            double allocated = 0;
            for (Future<Long> reader : readers) {
                allocated += reader.get();
            }
            double milliseconds = (System.nanoTime() - began) / 1e6;
            return new Points((double) reads * count / milliseconds, allocated / reads / count);
        }
    }

    /// Answers how many bytes of heap the reads of this thread allocated.
    private long read(Peer store, CyclicBarrier ready, int reads, SplittableRandom random) throws Exception {
        byte[] key = new byte[Rows.KEY_BYTES];
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = store.reader()) {
            ready.await();
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < reads; i++) {
                Rows.key(random.nextInt(trial.rows()), key);
                if (reader.get(key, value) != Rows.VALUE_BYTES) {
                    throw new IllegalStateException("a row is missing");
                }
            }
            return threads.getCurrentThreadAllocatedBytes() - before;
        }
    }

    /// Everything in order, and short ranges from random places.
    void scans() throws Exception {
        WarmUp.run(trial);
        Peer store = loaded();
        try (Reader reader = store.reader()) {
            scan(reader);
            meter.start();
            List<Double> full = new ArrayList<>();
            for (int i = 0; i < PASSES; i++) {
                full.add(scan(reader));
            }
            meter.record(Metric.SCAN, middle(full));
            var random = new SplittableRandom(5);
            ranges(reader, random);
            meter.start();
            List<Double> ranges = new ArrayList<>();
            for (int i = 0; i < PASSES; i++) {
                ranges.add(ranges(reader, random));
            }
            meter.record(Metric.RANGE, middle(ranges));
        }
        store.close();
    }

    private double scan(Reader reader) throws Exception {
        long began = System.nanoTime();
        long rows = reader.scan();
        double microseconds = (System.nanoTime() - began) / 1e3;
        if (rows != trial.records()) {
            throw new IllegalStateException("a scan of " + trial.records() + " rows saw " + rows);
        }
        return rows / microseconds;
    }

    private double ranges(Reader reader, SplittableRandom random) throws Exception {
        byte[] key = new byte[Rows.KEY_BYTES];
        byte[] value = new byte[Rows.VALUE_BYTES];
        int count = Math.min(RANGES, trial.rows() / 10);
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Rows.key(random.nextInt(trial.rows() - RANGE_ROWS), key);
            if (reader.range(key, RANGE_ROWS, value) != RANGE_ROWS) {
                throw new IllegalStateException("a range is short of rows");
            }
        }
        return count / ((System.nanoTime() - began) / 1e6);
    }

    private Peer loaded() throws Exception {
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        return store;
    }

    private static double middle(List<Double> values) {
        return Spread.of(values).median();
    }
}
