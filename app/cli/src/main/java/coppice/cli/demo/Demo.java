package coppice.cli.demo;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.ChangeCount;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.Resolver;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.cli.render.ProgressBar;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.Import;
import coppice.cli.source.Rows;
import coppice.cli.view.ConflictView;
import coppice.cli.view.DiffView;
import coppice.cli.view.HistoryView;
import coppice.cli.view.Shown;
import coppice.cli.view.Tally;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Plays a story, act by act, on a new database.
public final class Demo {
    private static final String MAIN = Database.MAIN;
    private static final int SHOWN = 4;
    private final Screen screen;
    private final LongSupplier nanos;
    private final Figures figures = new Figures();
    private long imported;
    private int act;

    /// A demo.
    ///
    /// @param screen where it plays
    /// @param nanos a clock that only goes forward, in nanoseconds
    public Demo(Screen screen, LongSupplier nanos) {
        this.screen = screen;
        this.nanos = nanos;
    }

    /// Plays all acts.
    ///
    /// @param path where the new database goes; a location of [Coppice#open(String)]
    /// @param tables what is imported, at least one row in all
    /// @param world whether the tables are the JDK's own
    public void play(String path, List<Supplier<Rows>> tables, boolean world) {
        try (Database db = Coppice.open(path)) {
            Commit start = load(db, tables, world);
            Snapshot first = db.at(start.id().hex());
            Story story = world ? new WorldStory() : OwnStory.of(first);
            work(db, story, start);
            difference(db, story, start);
            Commit merged = merge(db, story);
            Commit end = dispute(db, story);
            history(db);
            travel(db, story, List.of(start, merged, end));
            Speeds.measure(db, nanos, figures);
            db.checkpoint();
        }
        long closed = nanos.getAsLong();
        try (Database db = Coppice.open(path)) {
            figures.time("open the database again", 1, "open", nanos.getAsLong() - closed);
            title("What it took, in a Java that has just started");
            int commits = HistoryView.everything(db).size();
            figures.show(screen, db.stats(), imported, commits);
        }
    }

    private void title(String words) {
        act++;
        screen.title(act + ".", words);
    }

    private Commit load(Database db, List<Supplier<Rows>> tables, boolean world) {
        title(world ? "Import the tables that this JDK ships with" : "Import your tables");
        Table report =
                new Table().words("space").numbers("rows").numbers("bytes").numbers("written in");
        long rows = 0;
        long time = 0;
        for (Rows table : made(tables)) {
            try (ProgressBar bar = new ProgressBar(screen, table.space(), "rows", table.rows(), nanos)) {
                Import.Result result = Import.into(db.main(), table, bar::advance);
                report.row(
                        Text.of(table.space(), Style.CYAN),
                        Text.of(Amounts.count(result.rows())),
                        Text.of(Amounts.bytes(result.bytes())),
                        Text.of(Amounts.time(bar.elapsed()), Style.DIM));
                rows += result.rows();
                imported += result.bytes();
                time += bar.elapsed();
            }
        }
        report.row(
                Text.of("all", Style.BOLD),
                Text.of(Amounts.count(rows), Style.BOLD),
                Text.of(Amounts.bytes(imported), Style.BOLD),
                Text.of(Amounts.time(time), Style.DIM));
        screen.table(report);
        figures.time("import, durable", rows, "row", time);
        long before = nanos.getAsLong();
        Commit commit = db.commit(
                world ? "Import the tables of Java " + Runtime.version().feature() : "Import");
        long took = nanos.getAsLong() - before;
        figures.time("commit all of it", 1, "commit", took);
        said(MAIN, commit, Text.of("+" + Amounts.count(rows), Style.GREEN));
        return commit;
    }

    /// Makes the tables, which takes the JDK's a while: names in twelve languages have to be looked up.
    private List<Rows> made(List<Supplier<Rows>> recipes) {
        List<Rows> tables = new ArrayList<>();
        try (ProgressBar bar = new ProgressBar(screen, "making the tables", "tables", recipes.size(), nanos)) {
            bar.advance(0);
            for (Supplier<Rows> recipe : recipes) {
                tables.add(recipe.get());
                bar.advance(1);
            }
        }
        return tables;
    }

    private void work(Database db, Story story, Commit start) {
        title("Branch, and work on both sides");
        long before = nanos.getAsLong();
        Branch branch = db.branch(story.branch(), start);
        long took = nanos.getAsLong() - before;
        figures.time("branch", 1, "branch", took);
        screen.line(Text.of("  The branch ")
                .plus(branch.name(), Style.CYAN)
                .plus(" begins where ")
                .plus(MAIN, Style.CYAN)
                .plus(" is. It took " + Amounts.time(took) + " and copied nothing."));
        Snapshot state = db.at(start.id().hex());
        List<Work> theirs = story.onBranch(state);
        List<Work> ours = story.onMain(state);
        long changed = 0;
        long time = nanos.getAsLong();
        for (int i = 0; i < Math.max(theirs.size(), ours.size()); i++) {
            changed += i < theirs.size() ? done(branch, theirs.get(i)) : 0;
            changed += i < ours.size() ? done(db.main(), ours.get(i)) : 0;
        }
        int commits = theirs.size() + ours.size();
        figures.time("edit, and commit " + commits + " times", changed, "row", nanos.getAsLong() - time);
    }

    private long done(Branch branch, Work work) {
        Map<String, Batch> batches = new HashMap<>();
        for (Edit edit : work.edits()) {
            Batch batch = batches.computeIfAbsent(edit.space(), fresh -> new Batch());
            edit.after().ifPresentOrElse(value -> batch.put(edit.key(), value), () -> batch.delete(edit.key()));
        }
        branch.run(tx -> batches.forEach((space, batch) -> tx.space(space).apply(batch)));
        Tally tally = Tally.of(branch.changes());
        said(branch.name(), branch.commit(work.message()), tally.text());
        return work.edits().size();
    }

    private void said(String branch, Commit commit, Text tally) {
        screen.line(Text.of("  ")
                .plus(Text.of(branch, Style.CYAN).padEnd(7))
                .plus(" ")
                .plus(Shown.commit(commit))
                .plus("  ")
                .plus(tally));
    }

    private void difference(Database db, Story story, Commit fork) {
        title("What " + story.branch() + " changed");
        long before = nanos.getAsLong();
        Tally all = Tally.of(db.diff(fork.id().hex(), story.branch()));
        figures.time("diff", all.total(), "change", nanos.getAsLong() - before);
        List<ChangeCount> counts =
                new DiffView(screen, SHOWN, true).show(db.diff(fork.id().hex(), story.branch()));
        screen.blank();
        DiffView.summary(screen, counts);
    }

    private Commit merge(Database db, Story story) {
        title("Merge " + story.branch() + " into " + MAIN);
        Commit before = db.head();
        long start = nanos.getAsLong();
        MergeOutcome outcome = db.merge(story.branch(), Merge.into(MAIN));
        long took = nanos.getAsLong() - start;
        Commit merged = expectMerged(outcome);
        Tally brought = Tally.of(db.diff(before.id().hex(), MAIN));
        figures.time("merge without conflicts", brought.total(), "change", took);
        screen.line(Text.of("  ✓ ", Style.GREEN)
                .plus("The sides changed different keys: merged in " + Amounts.time(took) + ", ")
                .plus(brought.text())
                .plus(" on top of what " + MAIN + " did itself."));
        said(MAIN, merged, Text.EMPTY);
        return merged;
    }

    private Commit dispute(Database db, Story story) {
        title("Two people change the same rows");
        Dispute dispute = story.dispute(db.main().snapshot());
        Branch branch = db.branch(dispute.branch(), db.head());
        done(branch, dispute.theirs());
        done(db.main(), dispute.ours());
        screen.blank();
        long start = nanos.getAsLong();
        Merge asking = Merge.into(MAIN).policy(MergePolicy.whole()); // shows also what merging by field would settle
        MergeOutcome first = db.merge(dispute.branch(), asking);
        figures.time("merge that finds conflicts", conflicts(first).size(), "conflict", nanos.getAsLong() - start);
        screen.line("  Merging does not fail, it answers with the conflicts as data:");
        screen.blank();
        new ConflictView(screen, MAIN, dispute.branch()).show(conflicts(first), SHOWN);
        screen.blank();
        dispute.decision().forEach(words -> screen.line("  " + words));
        start = nanos.getAsLong();
        Merge resolving = Merge.into(MAIN).resolving(Resolver.OURS);
        Commit merged = expectMerged(db.merge(dispute.branch(), resolving));
        figures.time("merge that resolves them", conflicts(first).size(), "conflict", nanos.getAsLong() - start);
        screen.line(Text.of("  ✓ ", Style.GREEN).plus("Merged with that decision."));
        said(MAIN, merged, Text.EMPTY);
        return merged;
    }

    private static List<Conflict> conflicts(MergeOutcome outcome) {
        return switch (outcome) {
            case MergeOutcome.Conflicted(var conflicts) -> conflicts;
            case MergeOutcome.Merged merged -> List.of();
            case MergeOutcome.UpToDate done -> List.of();
            case MergeOutcome.Uncommitted staged -> List.of();
        };
    }

    private static Commit expectMerged(MergeOutcome outcome) {
        return switch (outcome) {
            case MergeOutcome.Merged(var commit) -> commit;
            case MergeOutcome.UpToDate(var commit) -> commit;
            case MergeOutcome.Uncommitted(var theirs) -> theirs;
            case MergeOutcome.Conflicted(var conflicts) ->
                throw new IllegalStateException(
                        "The demo's edits met where they should not: " + conflicts.size() + " conflicts");
        };
    }

    private void history(Database db) {
        title("The history");
        HistoryView.lines(db, HistoryView.everything(db), 40).forEach(line -> screen.line(line.cut(screen.width())));
    }

    private void travel(Database db, Story story, List<Commit> points) {
        title("Travel in time: the same questions to three commits");
        List<Probe> probes = story.probes(db.at(points.getFirst().id().hex()));
        Table table = new Table().words("at");
        probes.forEach(probe -> table.words(probe.head()));
        long reads = 0;
        long start = nanos.getAsLong();
        for (Commit point : points) {
            Snapshot state = db.at(point.id().hex());
            List<Text> cells = new ArrayList<>();
            cells.add(Text.of(point.id().abbreviated(), Style.YELLOW));
            for (Probe probe : probes) {
                cells.add(Text.of(probe.read().apply(state)));
                reads++;
            }
            table.row(cells);
        }
        figures.time("read the past", reads, "read", nanos.getAsLong() - start);
        screen.table(table);
    }

    /// The commands to go on with.
    ///
    /// @param program how the user started this program
    /// @param directory the database's directory, as an argument
    /// @param spaces a space that is there, and a key in it, when there are
    public void goOn(String program, String directory, Optional<List<String>> spaces) {
        screen.title("▸", "Go on with it");
        String at = " -d " + directory;
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("status" + at, "where it stands, how large it is"));
        commands.add(List.of("spaces" + at, "what it holds"));
        spaces.ifPresent(names -> {
            commands.add(List.of("scan " + names.getFirst() + at, "the rows of a space"));
            commands.add(List.of("get " + names.getFirst() + " " + names.getLast() + at, "one value"));
            commands.add(List.of(
                    "get " + names.getFirst() + " " + names.getLast() + " --at main~2" + at, "the same in the past"));
        });
        commands.add(List.of("log --graph --all" + at, "the history"));
        commands.add(List.of("diff main~2 main" + at, "what changed"));
        commands.add(List.of("branch mine" + at, "a branch of your own; then -b mine"));
        Table table = new Table().words("").words("");
        commands.forEach(command ->
                table.row(Text.of(program + " " + command.getFirst()), Text.of(command.getLast(), Style.DIM)));
        screen.table(table);
    }
}
