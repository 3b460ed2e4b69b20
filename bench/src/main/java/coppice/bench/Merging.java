package coppice.bench;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Options;
import coppice.api.Resolver;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/// Measures merges of two branches with 10,000 changed rows each: disjoint random ones, with 100 conflicts among
/// them, and rows appended on both sides.
final class Merging {
    private static final int CHANGES = 10_000;
    private static final int CONFLICTS = 100;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 7;

    private final Trial trial;
    private final Meter meter;
    private final Map<Metric, List<Double>> values = new EnumMap<>(Metric.class);
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    Merging(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws IOException, InterruptedException {
        Path place = Directories.fresh(trial.directory(), "merging");
        try (Database db = Coppice.open(place.toString(), Options.defaults().withMemoryBytes(trial.cacheBytes()))) {
            db.main().load(OwnRows.SPACE, OwnRows.first(trial.rows()));
            Commit base = db.commit("base");
            db.checkpoint();
            for (int round = 0; round < WARM_UPS; round++) {
                round(db, base, round);
            }
            values.clear();
            meter.start();
            for (int round = 0; round < ROUNDS; round++) {
                round(db, base, round);
            }
        }
        for (Map.Entry<Metric, List<Double>> measured : values.entrySet()) {
            meter.record(measured.getKey(), Spread.of(measured.getValue()).median());
        }
    }

    private void round(Database db, Commit base, int round) {
        int rows = trial.rows();
        int[] shuffled = Rows.shuffled(rows, round);
        double clean = merge(db, base, Metric.MERGE_DISJOINT, i -> shuffled[i], i -> shuffled[CHANGES + i]);
        double conflicts = merge(
                db,
                base,
                Metric.MERGE_CONFLICTS,
                i -> shuffled[i],
                i -> i < CONFLICTS ? shuffled[i * (CHANGES / CONFLICTS)] : shuffled[CHANGES + i]);
        add(Metric.MERGE_CONFLICTS_TO_CLEAN, conflicts / clean);
        merge(db, base, Metric.MERGE_APPENDS, i -> rows + i, i -> rows + CHANGES + i);
    }

    private double merge(
            Database db, Commit base, Metric metric, IntUnaryOperator ourRows, IntUnaryOperator theirRows) {
        changed(db, "ours", base, ourRows, 1);
        changed(db, "theirs", base, theirRows, 2);
        Merge merge = Merge.into("ours").resolving(Resolver.THEIRS);
        long processor = threads.getCurrentThreadCpuTime();
        long began = System.nanoTime();
        MergeOutcome outcome = db.merge("theirs", merge);
        double milliseconds = (System.nanoTime() - began) / 1e6;
        add(metric, milliseconds);
        if (metric == Metric.MERGE_DISJOINT) {
            add(Metric.MERGE_DISJOINT_PROCESSOR, (threads.getCurrentThreadCpuTime() - processor) / 1e6);
        }
        if (!(outcome instanceof MergeOutcome.Merged)) {
            throw new IllegalStateException("the merge ended as " + outcome);
        }
        db.forceDeleteBranch("ours");
        db.forceDeleteBranch("theirs");
        return milliseconds;
    }

    private static void changed(Database db, String name, Commit base, IntUnaryOperator row, int generation) {
        Branch branch = db.branch(name, base);
        branch.run(tx -> {
            for (int i = 0; i < CHANGES; i++) {
                int at = row.applyAsInt(i);
                tx.space(OwnRows.SPACE).put(Rows.key(at), Rows.value(at, generation));
            }
        });
        branch.commit(name);
    }

    private void add(Metric metric, double value) {
        values.computeIfAbsent(metric, _ -> new ArrayList<>()).add(value);
    }
}
