package coppice.bench;

import com.sun.management.OperatingSystemMXBean;
import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// Measures branches, with compiled code: making them, listing ten thousand, and what each takes on disk.
final class Branching {
    private static final int BRANCHES = 10_000;
    private static final int DURABLE = 300;
    private static final int LISTS = 31;
    private static final int WARM_UPS = 4;

    private final Trial trial;
    private final Meter meter;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Branching(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    void run() throws IOException, InterruptedException {
        Path place = Directories.fresh(trial.directory(), "branches");
        Options options = Options.defaults().withMemoryBytes(trial.cacheBytes());
        try (Database db = Coppice.open(place.toString(), options.with(Durability.NONE))) {
            Commit head = load(db);
            for (int round = 0; round < 2 * WARM_UPS; round++) {
                create(db, "round-" + round, BRANCHES, _ -> head);
                remove(db);
            }
            meter.start();
            db.checkpoint();
            long before = OwnRows.packBytes(place);
            long processor = system.getProcessCpuTime();
            create(db, BRANCHES, _ -> head);
            meter.record(Metric.BRANCH_CREATE, (system.getProcessCpuTime() - processor) / 1e3 / BRANCHES);
            db.checkpoint();
            meter.record(Metric.BRANCH_BYTES, (double) (OwnRows.packBytes(place) - before) / BRANCHES);
            list(db, Metric.BRANCH_LIST);
            remove(db);
            List<Commit> heads = commits(db);
            create(db, BRANCHES, heads::get);
            list(db, Metric.BRANCH_LIST_HEADS);
        }
        try (Database db = Coppice.open(place.toString(), options)) {
            remove(db);
            Commit head = db.head();
            create(db, DURABLE, _ -> head);
            remove(db);
            meter.start();
            long began = System.nanoTime();
            create(db, DURABLE, _ -> head);
            meter.record(Metric.BRANCH_CREATE_DURABLE, (System.nanoTime() - began) / 1e3 / DURABLE);
        }
    }

    private Commit load(Database db) {
        db.main().load(OwnRows.SPACE, OwnRows.first(trial.rows()));
        return db.commit("rows");
    }

    private List<Commit> commits(Database db) {
        List<Commit> heads = new ArrayList<>();
        for (int i = 0; i < BRANCHES; i++) {
            db.main().space(OwnRows.SPACE).put(Rows.key(i), Rows.value(i, i));
            heads.add(db.commit("change row " + i));
        }
        return heads;
    }

    private static void create(Database db, int branches, IntFunction<Commit> at) {
        create(db, "agents", branches, at);
    }

    /// With names of their own, as a branch whose name was used before comes with what the reflog remembers of it.
    private static void create(Database db, String group, int branches, IntFunction<Commit> at) {
        for (int i = 0; i < branches; i++) {
            db.branch(group + "/task-" + i, at.apply(i));
        }
    }

    private static void remove(Database db) {
        db.branches().stream()
                .filter(branch -> !branch.name().equals(Database.MAIN))
                .forEach(branch -> db.forceDeleteBranch(branch.name()));
    }

    private void list(Database db, Metric metric) throws IOException, InterruptedException {
        List<Double> milliseconds = new ArrayList<>();
        for (int i = -WARM_UPS * LISTS; i < LISTS; i++) {
            if (i == 0) {
                meter.start();
            }
            long began = System.nanoTime();
            long letters = db.branches().stream()
                    .mapToLong(branch -> branch.head().message().length())
                    .sum();
            if (i >= 0) {
                milliseconds.add((System.nanoTime() - began) / 1e6);
            }
            if (letters < BRANCHES) {
                throw new IllegalStateException("branches without messages");
            }
        }
        meter.record(metric, Spread.of(milliseconds).median());
    }
}
