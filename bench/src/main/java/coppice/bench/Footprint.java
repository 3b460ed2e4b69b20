package coppice.bench;

import coppice.bench.peer.Peer;
import coppice.bench.peer.Reader;
import coppice.bench.peer.Rows;
import coppice.bench.peer.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Measures what a store takes of disk and memory.
final class Footprint {
    private static final int BATCH = 1_000;
    private static final int READS = 1_000_000;
    private static final double MIB = 1 << 20;

    private final Trial trial;
    private final Meter meter;

    Footprint(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// As many random updates as there are rows, then rest, with the store open all the time.
    void disk() throws Exception {
        Path place = Directories.fresh(trial.directory(), "store");
        Peer store = trial.open(place);
        store.load(trial.records());
        update(store, trial.rows() / BATCH);
        meter.record(Metric.DISK_UPDATED, Directories.megabytes(place));
        Thread.sleep((long) (trial.idleSeconds() * 1e3));
        double idle = Directories.megabytes(place);
        meter.record(Metric.DISK_IDLE, idle);
        double live = trial.records() * (Rows.KEY_BYTES + Rows.VALUE_BYTES) / 1e6;
        meter.record(Metric.DISK_IDLE_TO_LIVE, idle / live);
        store.close();
    }

    /// Heap in use after collection, compared with before the store was opened.
    void heap() throws Exception {
        double before = heapInUse();
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        read(store, READS);
        double used = heapInUse() - before;
        meter.record(Metric.HEAP, used);
        meter.record(Metric.HEAP_OVER_CACHE, used - trial.cacheBytes() / MIB);
        meter.record(Metric.RESIDENT, resident());
        store.close();
    }

    /// A bit of everything; the parent gives it little heap.
    void smallHeap() throws Exception {
        long began = System.nanoTime();
        Peer store = trial.open(Directories.fresh(trial.directory(), "store"));
        store.load(trial.records());
        update(store, trial.rows() / BATCH / 10);
        read(store, READS);
        try (Reader reader = store.reader()) {
            if (reader.scan() != trial.records()) {
                throw new IllegalStateException("a scan did not see all rows");
            }
        }
        store.close();
        meter.record(Metric.SMALL_HEAP, (System.nanoTime() - began) / 1e9);
    }

    private void update(Peer store, int batches) throws Exception {
        var random = new SplittableRandom(11);
        try (Writer writer = store.writer()) {
            for (int i = 0; i < batches; i++) {
                writer.put(WarmUp.batch(random, trial.rows(), BATCH, i + 1));
            }
        }
    }

    private void read(Peer store, int reads) throws Exception {
        var random = new SplittableRandom(12);
        byte[] value = new byte[Rows.VALUE_BYTES];
        try (Reader reader = store.reader()) {
            for (int i = 0; i < reads; i++) {
                if (reader.get(Rows.key(random.nextInt(trial.rows())), value) != Rows.VALUE_BYTES) {
                    throw new IllegalStateException("a row is missing");
                }
            }
        }
    }

    private static double heapInUse() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
    }

    private static double resident() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return Double.NaN;
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        }
    }
}
