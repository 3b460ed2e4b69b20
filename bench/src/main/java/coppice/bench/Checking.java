package coppice.bench;

import coppice.api.Branch;
import coppice.api.CheckReport;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Measures how fast a whole database is proved: every chunk, index, tree, commit and ref, with its files in the
/// page cache. Told per byte of the packs and their indexes on disk, and per byte of their chunks, not compressed.
final class Checking {
    private static final int COMMITS = 200;
    private static final int CHECKS = 7;
    private static final int WARM_UPS = 4;

    private final Trial trial;
    private final Meter meter;

    Checking(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws IOException, InterruptedException {
        Options options =
                Options.defaults().with(Durability.NONE).withMemoryBytes(Math.max(64L << 20, trial.cacheBytes()));
        Path place = Directories.fresh(trial.directory(), "store");
        try (Database db = Coppice.open(place.toString(), options)) {
            fill(db);
            awaitRest(db);
            measure(db, place, Metric.CHECK, Metric.CHECK_RAW);
            db.gc();
            measure(db, place, Metric.CHECK_PACKED, Metric.CHECK_PACKED_RAW);
        }
    }

    /// Rows, and commits that change one of a thousand of them each.
    private void fill(Database db) {
        List<Entry> rows = IntStream.range(0, trial.rows())
                .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                .toList();
        Branch main = db.main();
        main.load(OwnRows.SPACE, rows.iterator());
        main.commit("rows");
        var random = new SplittableRandom(1);
        for (int commit = 1; commit <= COMMITS; commit++) {
            int generation = commit;
            main.run(tx -> {
                for (int row : random.ints(Math.max(1, trial.rows() / 1_000), 0, trial.rows())
                        .toArray()) {
                    tx.space(OwnRows.SPACE).put(Rows.key(row), Rows.value(row, generation));
                }
            });
            main.commit("commit " + commit);
        }
        db.checkpoint();
    }

    /// A check waits for a collection that finds out what is live.
    private static void awaitRest(Database db) throws InterruptedException {
        while (db.stats().upkeep().collecting()) {
            Thread.sleep(100);
        }
    }

    private void measure(Database db, Path place, Metric onDisk, Metric raw) throws IOException, InterruptedException {
        long content = 0;
        for (int i = 0; i < WARM_UPS; i++) {
            content = check(db); // compiles it, and brings the files into the cache
        }
        meter.settle();
        meter.start();
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < CHECKS; i++) {
            long began = System.nanoTime();
            check(db);
            seconds.add((System.nanoTime() - began) / 1e9);
        }
        double median = Spread.of(seconds).median();
        meter.record(onDisk, OwnRows.packBytes(place) / 1e6 / median);
        meter.record(raw, content / 1e6 / median);
    }

    /// Returns how many bytes the chunks have when they are not compressed.
    private static long check(Database db) {
        CheckReport report = db.check();
        if (!report.isSound()) {
            throw new IllegalStateException("a sound database is called damaged: " + report.problems());
        }
        return report.bytes();
    }
}
