package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.Options;
import coppice.api.Range;
import coppice.bench.peer.Peer;
import coppice.bench.peer.Peers;
import coppice.bench.peer.Writer;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/// Measures versions: commits of one changed row and of a thousand, durable, and what their history takes on disk. Our
/// own are made with compiled code and with all rows in memory.
final class Committing {
    private static final int COMMITS = 10_000;
    private static final int WARM_UPS = 4;
    private static final int WRITTEN = 1_000;
    private static final int DURABLE = 300;
    private static final int PEER_COMMITS = 100;
    private static final int MANY = 1_000;
    private static final int TIMES = 30;
    private static final int PEER_TIMES = 5;

    private final Trial trial;
    private final Meter meter;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    private final SplittableRandom random = new SplittableRandom(13);
    private long generation;

    Committing(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// Makes a version with some changed rows.
    private interface Commit {
        void of(int rows) throws Exception;
    }

    void run() throws Exception {
        Path place = Directories.fresh(trial.directory(), "store");
        if (trial.peer().equals(Peers.COPPICE)) {
            own(place);
        } else {
            peer(place);
        }
    }

    private void peer(Path place) throws Exception {
        Peer store = trial.open(place);
        store.load(trial.records());
        try (Writer writer = store.writer()) {
            Commit commit = rows -> writer.put(WarmUp.batch(random, trial.rows(), rows, ++generation));
            durable(commit, PEER_COMMITS, PEER_TIMES);
        }
        store.close();
    }

    private void own(Path place) throws Exception {
        Options options = Options.defaults().withMemoryBytes(trial.cacheBytes());
        try (Database db = Coppice.open(place.toString(), options.with(Durability.NONE))) {
            db.main().load(OwnRows.SPACE, OwnRows.first(trial.rows()));
            db.commit("rows");
            db.gc();
            long loaded = OwnRows.packBytes(place);
            Commit commit = commit(db);
            repeat(commit, 1, COMMITS);
            db.gc();
            long packed = OwnRows.packBytes(place);
            meter.record(Metric.HISTORY_PACKED, (double) (packed - loaded) / COMMITS);
            repeat(commit, 1, WRITTEN);
            db.checkpoint();
            meter.record(Metric.HISTORY_WRITTEN, (double) (OwnRows.packBytes(place) - packed) / WRITTEN);
            repeat(commit, 1, WARM_UPS * COMMITS);
            long compiling = compiler.getTotalCompilationTime();
            processor(commit, 1, COMMITS, Metric.COMMIT_1_PROCESSOR);
            long compiled = compiler.getTotalCompilationTime() - compiling;
            meter.record(Metric.COMMIT_1_COMPILING, (double) compiled / COMMITS);
            meter.settle();
            repeat(commit, MANY, WARM_UPS * TIMES);
            processor(commit, MANY, TIMES, Metric.COMMIT_1000_PROCESSOR);
            repeat(step(db), 1, WRITTEN);
            processor(step(db), 1, COMMITS, Metric.STEP_1_PROCESSOR);
        }
        try (Database db = Coppice.open(place.toString(), options)) {
            meter.settle();
            read(db);
            repeat(commit(db), MANY, WARM_UPS * TIMES);
            durable(commit(db), DURABLE, TIMES);
            repeat(step(db), 1, DURABLE);
            meter.start();
            meter.record(Metric.STEP_1, repeat(step(db), 1, DURABLE));
        }
    }

    /// Brings all rows into memory, as they are where a store has been in use.
    private void read(Database db) {
        long rows;
        try (Stream<Entry> all = db.main().space(OwnRows.SPACE).entries(Range.all())) {
            rows = all.count();
        }
        if (rows != trial.rows()) {
            throw new IllegalStateException(rows + " rows instead of " + trial.rows());
        }
    }

    private Commit commit(Database db) {
        return rows -> {
            OwnRows.change(db, random.ints(rows, 0, trial.rows()), ++generation);
            db.commit("change");
        };
    }

    private Commit step(Database db) {
        return rows ->
                db.main().commit("change", tx -> OwnRows.change(tx, random.ints(rows, 0, trial.rows()), ++generation));
    }

    /// What all threads together need for a commit, but for syncs: the caller's, those that compress, fold, index and
    /// collect garbage, and the JVM's own, its compilers among them.
    private void processor(Commit commit, int rows, int times, Metric metric) throws Exception {
        meter.start();
        long before = system.getProcessCpuTime();
        repeat(commit, rows, times);
        meter.record(metric, (system.getProcessCpuTime() - before) / 1e6 / times);
    }

    private void durable(Commit commit, int times, int timesMany) throws Exception {
        repeat(commit, 1, times);
        meter.start();
        meter.record(Metric.COMMIT_1, repeat(commit, 1, times));
        repeat(commit, MANY, timesMany);
        meter.start();
        meter.record(Metric.COMMIT_1000, repeat(commit, MANY, timesMany));
    }

    /// The median, in milliseconds.
    private static double repeat(Commit commit, int rows, int times) throws Exception {
        double[] milliseconds = new double[times];
        for (int i = 0; i < times; i++) {
            long began = System.nanoTime();
            commit.of(rows);
            milliseconds[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(milliseconds);
        return milliseconds[times / 2];
    }
}
