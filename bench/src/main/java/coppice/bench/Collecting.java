package coppice.bench;

import coppice.api.Batch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Measures a collection of garbage beside a writer of single durable puts: some 1,100 bytes of garbage a row, made by
/// changing a row in thirty again and again, which is in nearly every leaf. No peer has it.
///
/// The writer changes a thousand rows of a small space, so that what it leaves itself is next to nothing. Before and
/// meanwhile are alike in all but the collection: code is compiled, as a small store went through the same before;
/// nobody holds the garbage any more; and the directory is looked at again and again.
final class Collecting {
    private static final int GARBAGE_PER_ROW = 1_100;
    private static final int ROWS_PER_CHANGE = 30;
    private static final int BATCH = 1_000;
    private static final int HOT_ROWS = 1_000;
    private static final int WARM_ROWS = 60_000;
    private static final int WARM_ROUNDS = 3;
    private static final int LOOK_MILLIS = 20;
    private static final double MIB = 1 << 20;

    private final Trial trial;
    private final Meter meter;
    private final Path place;

    Collecting(Trial trial, Meter meter) throws IOException {
        this.trial = trial;
        this.meter = meter;
        this.place = Directories.fresh(trial.directory(), "store");
    }

    private Database fill(Options options) throws IOException {
        try (Database db = Coppice.open(place.toString(), options.with(Durability.NONE))) {
            db.main()
                    .load(
                            OwnRows.SPACE,
                            LongStream.range(0, trial.records())
                                    .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                                    .iterator());
            db.commit("load");
        }
        return Coppice.open(place.toString(), options);
    }

    /// States that are garbage as soon as nobody holds them any more.
    private List<Snapshot> garbage(Database db) throws IOException {
        List<Snapshot> held = new ArrayList<>();
        long enough = packs() + GARBAGE_PER_ROW * trial.records();
        SplittableRandom random = new SplittableRandom(5);
        for (int generation = 1; packs() < enough; generation++) {
            for (int row = 0; row < trial.records() / ROWS_PER_CHANGE; row += BATCH) {
                Batch batch = new Batch();
                for (int i = 0; i < BATCH; i++) {
                    int changed = random.nextInt(trial.rows());
                    batch.put(Rows.key(changed), Rows.value(changed, generation));
                }
                db.main().space(OwnRows.SPACE).apply(batch);
            }
            db.checkpoint();
            held.add(db.main().snapshot());
        }
        db.gc(); // ends what the background had begun; nothing is dead yet
        return held;
    }

    /// Time, disk and the latency of puts.
    void besideAWriter() throws IOException, InterruptedException {
        for (int round = 0; round < WARM_ROUNDS; round++) {
            warmUp();
        }
        try (Database db = fill(Options.defaults().withMemoryBytes(trial.cacheBytes()))) {
            garbage(db).clear();
            System.gc();
            putUntil(db, after(trial.seconds() / 2));
            meter.start();
            Beside idle = beside(db, () -> pause(trial.seconds()));
            Beside busy = beside(db, db::gc);
            long after = packs();
            double live = live(db);
            meter.record(Metric.GC_TIME, busy.seconds);
            meter.record(Metric.GC_PUT, busy.p99 / idle.p99);
            meter.record(Metric.GC_DISK_EXTRA, 100 * busy.extra / live);
            meter.record(Metric.GC_DISK_AFTER, 100 * (after - live) / live);
        }
    }

    private void warmUp() throws IOException, InterruptedException {
        Trial small = trial.with(WARM_ROWS, Directories.fresh(trial.directory(), "warm-up"));
        Collecting warm = new Collecting(small, meter);
        try (Database db = warm.fill(Options.defaults().withMemoryBytes(trial.cacheBytes()))) {
            warm.garbage(db).clear();
            System.gc();
            warm.beside(db, db::gc);
        }
        Directories.delete(small.directory());
    }

    /// What putting was like beside something.
    ///
    /// @param seconds how long that took
    /// @param p99 of a put, in nanoseconds
    /// @param extra the most bytes in packs, on top of those at the start
    private record Beside(double seconds, double p99, double extra) {}

    private Beside beside(Database db, Runnable work) throws IOException, InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        long before = packs();
        long[] peak = {before};
        long[] took = {0};
        Thread watcher = Thread.ofPlatform().start(() -> watch(over, peak));
        Thread worker = Thread.ofPlatform().start(() -> {
            long began = System.nanoTime();
            work.run();
            took[0] = System.nanoTime() - began;
            over.set(true);
        });
        List<Long> puts = putUntil(db, over::get);
        worker.join();
        watcher.join();
        return new Beside(took[0] / 1e9, p99(puts), peak[0] - before);
    }

    private static void pause(double seconds) {
        try {
            Thread.sleep((long) (1_000 * seconds));
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /// The bytes of all packs of a backup, which has nothing but what is live.
    private double live(Database db) throws IOException {
        Path backup = trial.directory().resolve("backup");
        db.backup(backup.toString());
        return OwnRows.packBytes(backup);
    }

    /// What stays in use after collections of the heap, again and again meanwhile.
    void heap() throws IOException, InterruptedException {
        Options options = Options.defaults().withMemoryBytes(Options.MEMORY_BYTES_MIN);
        try (Database db = fill(options)) {
            List<Snapshot> held = garbage(db);
            held.clear();
            try (Stream<Entry> all = db.space(OwnRows.SPACE).entries(Range.all())) {
                if (all.count() != trial.records()) {
                    throw new IllegalStateException("a scan did not see all rows");
                }
            }
            double before = heapInUse();
            AtomicBoolean over = new AtomicBoolean();
            Thread collector = Thread.ofPlatform().start(() -> {
                db.gc();
                over.set(true);
            });
            double most = before;
            while (!over.get()) {
                most = Math.max(most, heapInUse());
            }
            collector.join();
            meter.record(Metric.GC_HEAP, most - before);
        }
    }

    private static double heapInUse() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / MIB;
    }

    private static BooleanSupplier after(double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        return () -> System.nanoTime() > end;
    }

    /// Puts until it is over, at least some; returns how long each took.
    private static List<Long> putUntil(Database db, BooleanSupplier over) {
        SplittableRandom random = new SplittableRandom(7);
        List<Long> nanos = new ArrayList<>();
        while (!over.getAsBoolean() || nanos.size() < 100) {
            int row = random.nextInt(HOT_ROWS);
            long began = System.nanoTime();
            db.space("hot").put(Rows.key(row), Rows.value(row, nanos.size()));
            nanos.add(System.nanoTime() - began);
        }
        return nanos;
    }

    private static double p99(List<Long> nanos) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
        Arrays.sort(sorted);
        return sorted[(int) (sorted.length * 0.99)];
    }

    private void watch(AtomicBoolean over, long[] peak) {
        try {
            while (!over.get()) {
                peak[0] = Math.max(peak[0], packs());
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("the disk cannot be watched", e);
        }
    }

    private long packs() throws IOException {
        return OwnRows.packBytes(place);
    }
}
