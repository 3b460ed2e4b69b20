package coppice.bench;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Options;
import coppice.api.Resolver;
import coppice.bench.peer.Rows;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.LongStream;

/// Measures merges of two branches with 10,000 changed rows each: disjoint random ones, with 100 conflicts among
/// them, and rows appended on both sides; by the wall and by the processor time of the merging thread, which others
/// on the machine disturb less.
final class Merging {
    private static final int CHANGES = 10_000;
    private static final int CONFLICTS = 100;
    private static final int ROUNDS = 7;

    private final Database db;
    private final int rows;
    private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    private Merging(Database db, int rows) {
        this.db = db;
        this.rows = rows;
    }

    /// Measures.
    ///
    /// @param words a directory for the database, and how many rows it gets
    static void run(List<String> words, PrintStream out) throws IOException {
        Path place = Directories.fresh(Path.of(words.get(0)), "merging");
        int rows = Integer.parseInt(words.get(1));
        try (Database db = Coppice.open(place.toString(), Options.defaults().withMemoryBytes(512L << 20))) {
            Iterator<Entry> sorted = LongStream.range(0, rows)
                    .mapToObj(row -> new Entry(Rows.key(row), Rows.value(row, 0)))
                    .iterator();
            db.main().load("rows", sorted);
            Commit base = db.commit("base");
            db.checkpoint();
            Merging merging = new Merging(db, rows);
            for (int round = 0; round < ROUNDS; round++) {
                merging.round(base, round);
            }
            merging.milliseconds.forEach((what, values) -> out.printf(
                    Locale.ROOT, "%-46s %s ms%n", what, Numbers.show(Spread.of(values.subList(2, values.size())), "")));
        }
        Directories.delete(place);
    }

    private void round(Commit base, int round) {
        int[] shuffled = Rows.shuffled(rows, round);
        merge("disjoint", base, i -> shuffled[i], i -> shuffled[CHANGES + i]);
        merge(
                CONFLICTS + " conflicts",
                base,
                i -> shuffled[i],
                i -> i < CONFLICTS ? shuffled[i * (CHANGES / CONFLICTS)] : shuffled[CHANGES + i]);
        merge("two append-only sides", base, i -> rows + i, i -> rows + CHANGES + i);
    }

    private void merge(String what, Commit base, IntUnaryOperator ourRows, IntUnaryOperator theirRows) {
        Branch ours = changed("ours", base, ourRows, 1);
        changed("theirs", base, theirRows, 2);
        Merge merge = Merge.into("ours").resolving(Resolver.THEIRS);
        long processor = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        MergeOutcome outcome = db.merge("theirs", merge);
        add(what + ", wall", System.nanoTime() - wall);
        add(what + ", processor", threads.getCurrentThreadCpuTime() - processor);
        if (!(outcome instanceof MergeOutcome.Merged)) {
            throw new IllegalStateException("the merge into " + ours.name() + " ended as " + outcome);
        }
        db.forceDeleteBranch("ours");
        db.forceDeleteBranch("theirs");
    }

    private Branch changed(String name, Commit base, IntUnaryOperator row, int generation) {
        Branch branch = db.branch(name, base);
        branch.run(tx -> {
            for (int i = 0; i < CHANGES; i++) {
                int at = row.applyAsInt(i);
                tx.space("rows").put(Rows.key(at), Rows.value(at, generation));
            }
        });
        branch.commit(name);
        return branch;
    }

    private void add(String what, long nanos) {
        milliseconds.computeIfAbsent(what, _ -> new ArrayList<>()).add(nanos / 1e6);
    }
}
