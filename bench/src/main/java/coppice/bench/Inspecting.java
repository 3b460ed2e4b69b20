package coppice.bench;

import coppice.api.Branch;
import coppice.api.ChangePage;
import coppice.api.CommitMessage;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DiffQuery;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.KeyVersion;
import coppice.api.LogQuery;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Resolver;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Measures questions about the past: in a history of 100,000 commits with many merges, and between states of many
/// rows. No peer has them.
///
/// Each commit of the history changes one of 10,000 rows, every hundredth one always the same; after nine commits
/// on two lines these are merged.
final class Inspecting {
    private static final int COMMITS = 100_000;
    private static final int HISTORY_ROWS = 10_000;
    private static final int LOOKS_MIN = 21;
    private static final String SPACE = "rows";
    private static final byte[] OFTEN = Rows.key(HISTORY_ROWS);
    private static final Resolver OURS = conflict -> new Resolver.Take(conflict.ours());

    private final Trial trial;
    private final Meter meter;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<String> commits = new ArrayList<>();

    Inspecting(Trial trial, Meter meter) {
        this.trial = trial;
        this.meter = meter;
    }

    /// Something that is asked again and again.
    private interface Look {
        void run();
    }

    void run() throws IOException, InterruptedException {
        Options options =
                Options.defaults().with(Durability.NONE).withMemoryBytes(Math.max(64L << 20, trial.cacheBytes()));
        try (Database db =
                Coppice.open(Directories.fresh(trial.directory(), "rows").toString(), options)) {
            differences(db);
        }
        try (Database db =
                Coppice.open(Directories.fresh(trial.directory(), "history").toString(), options)) {
            makeHistory(db);
            history(db);
        }
    }

    private void differences(Database db) throws IOException, InterruptedException {
        db.main().load(SPACE, rows(trial.rows()).iterator());
        db.commit("rows");
        measure(db, Metric.DIFF_1, 1);
        measure(db, Metric.DIFF_1000, 1_000);
        measure(db, Metric.DIFF_10000, 10_000);
    }

    private void measure(Database db, Metric metric, int changes) throws IOException, InterruptedException {
        db.main().run(tx -> {
            for (int row : random.ints(changes, 0, trial.rows()).toArray()) {
                tx.space(SPACE).put(Rows.key(row), Rows.value(row, changes));
            }
        });
        db.commit(changes + " changes");
        DiffQuery query = DiffQuery.between("main~1", "main");
        measure(metric, () -> {
            ChangePage page = db.history().page(query, 2 * changes);
            require(page.changes().size() > changes * 0.9 && page.next().isEmpty());
        });
    }

    private static List<Entry> rows(int count) {
        return IntStream.rangeClosed(0, count)
                .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                .toList();
    }

    private void makeHistory(Database db) throws InterruptedException {
        db.main().load(SPACE, rows(HISTORY_ROWS).iterator());
        db.commit("rows");
        while (commits.size() < COMMITS) {
            Branch side = db.branch("side", "main");
            for (int i = 0; i < 4; i++) {
                commit(side);
                commit(db.main());
            }
            commit(db.main());
            db.merge("side", Merge.into("main").resolving(OURS));
            commits.add(db.head().id().hex());
            db.deleteBranch("side");
        }
        // What is written in the background now would be in the way.
        while (millis(() -> blame(db)) > 20) {
            Thread.sleep(1_000);
        }
        db.checkpoint();
    }

    private void commit(Branch branch) {
        int number = commits.size();
        byte[] key = number % 100 == 0 ? OFTEN : Rows.key(random.nextInt(HISTORY_ROWS));
        branch.space(SPACE).put(key, Rows.value(number, number));
        commits.add(branch.commit(CommitMessage.of("commit " + number)).id().hex());
    }

    private void history(Database db) throws IOException, InterruptedException {
        measure(Metric.LOG_PAGE, () -> page(db, LogQuery.of("main"), 50));
        measure(Metric.GRAPH_PAGE, () -> page(db, LogQuery.of("main").in(LogQuery.Order.GRAPH), 50));
        measure(Metric.LOG_OF_KEY, () -> page(db, LogQuery.of("main").touching(SPACE, anyKey()), 5));
        measure(Metric.BLAME_KEY, () -> blame(db));
        measure(
                Metric.BLAME_PAGE,
                () -> db.history().blame("main", SPACE, Range.from(Rows.key(random.nextInt(HISTORY_ROWS - 100))), 50));
        measure(Metric.KEY_HISTORY, () -> walk(db.history().versions("main", SPACE, anyKey())));
        measure(Metric.KEY_HISTORY_LONG, () -> require(walk(db.history().versions("main", SPACE, OFTEN)) > 500));
        measure(Metric.MERGE_BASE, () -> db.history().mergeBases(anyCommit(), anyCommit()));
        measure(Metric.IS_ANCESTOR, () -> db.history().isAncestor(anyCommit(), anyCommit()));
        measure(Metric.FIND_PREFIX, () -> db.resolve(anyCommit().substring(0, 10)));
        long culprit = db.head().generation() / 3;
        measure(
                Metric.BISECT,
                () -> db.history()
                        .bisectBy(
                                commits.getFirst(),
                                "main",
                                state -> state.commit().generation() < culprit));
    }

    private void blame(Database db) {
        require(db.history().blame("main", SPACE, anyKey()).isPresent());
    }

    private static void page(Database db, LogQuery query, int limit) {
        require(!db.history().page(query, limit).commits().isEmpty());
    }

    private static int walk(Iterable<KeyVersion> versions) {
        int count = 0;
        for (KeyVersion _ : versions) {
            count++;
        }
        return count;
    }

    private byte[] anyKey() {
        return Rows.key(random.nextInt(HISTORY_ROWS));
    }

    private String anyCommit() {
        return commits.get(random.nextInt(commits.size()));
    }

    private static void require(boolean right) {
        if (!right) {
            throw new IllegalStateException("an answer is not what it has to be");
        }
    }

    /// The median of many looks, in milliseconds; the first third of the time is for warming up.
    private void measure(Metric metric, Look look) throws IOException, InterruptedException {
        long until = System.nanoTime() + (long) (trial.seconds() / 3 * 1e9);
        do {
            look.run();
        } while (System.nanoTime() < until);
        meter.start();
        List<Double> millis = new ArrayList<>();
        until = System.nanoTime() + (long) (trial.seconds() * 1e9);
        while (millis.size() < LOOKS_MIN || System.nanoTime() < until) {
            millis.add(millis(look));
        }
        double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        meter.record(metric, sorted[sorted.length / 2]);
    }

    private static double millis(Look look) {
        long began = System.nanoTime();
        look.run();
        return (System.nanoTime() - began) / 1e6;
    }
}
