package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.ConflictCount;
import coppice.api.Database;
import coppice.api.DatabaseStats;
import coppice.api.OpenConflicts;
import coppice.api.OpenConflicts.Operation;
import coppice.api.Snapshot;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.cli.view.Tally;
import coppice.json.Json;
import java.util.Optional;

/// Shows where a branch stands and how large the database is.
final class StatusTask extends DatabaseTask {
    @Override
    int run(Database db) {
        Branch branch = branch(db);
        Snapshot state = branch.snapshot();
        Tally changes = Tally.of(branch.changes());
        long keys = 0;
        for (String space : state.spaces()) {
            keys += state.space(space).count();
        }
        DatabaseStats size = db.stats();
        if (isJson()) {
            json(document(branch, state, changes, keys, size));
            return OK;
        }
        Table table = new Table()
                .words("")
                .words("")
                .row(name("database"), Text.of(location()))
                .row(
                        name("branch"),
                        Text.of(branch.name(), Style.CYAN).plus(" at ").plus(Shown.commit(branch.head())))
                .row(name("uncommitted"), changes.text())
                .row(
                        name("holds"),
                        Text.of(Amounts.count(keys, "key") + " in "
                                + Amounts.count(state.spaces().size(), "space")))
                .row(name("branches"), Text.of(Amounts.count(size.history().branches())))
                .row(
                        name("on disk"),
                        Text.of(Amounts.bytes(size.disk().total()))
                                .plus(
                                        "  (chunks "
                                                + Amounts.bytes(size.chunks().storedBytes()) + ", journal "
                                                + Amounts.bytes(size.disk().journal()
                                                        + size.disk().spares()) + ")",
                                        Style.DIM))
                .row(
                        name("chunks"),
                        Text.of(Amounts.count(size.chunks().count()))
                                .plus("  (" + Amounts.bytes(size.chunks().bytes()) + " uncompressed)", Style.DIM));
        Screen screen = screen();
        screen.table(table);
        waits(branch).ifPresent(words -> screen.line(Text.of(words, Style.RED)));
        return OK;
    }

    private Optional<String> waits(Branch branch) {
        return branch.conflicts()
                .map(this::waiting)
                .or(() -> branch.edits()
                        .rebase()
                        .progress()
                        .map(_ -> "a rebase waits: " + Stopped.goOn(Operation.REBASE, sameBranch())))
                .or(() -> branch.merging()
                        .map(merge -> "a merge of " + merge.source() + " waits to be committed: "
                                + Stopped.goOn(Operation.MERGE, sameBranch())));
    }

    private static Optional<Operation> operation(Branch branch) {
        return branch.conflicts()
                .map(OpenConflicts::operation)
                .or(() -> branch.edits().rebase().progress().map(_ -> Operation.REBASE))
                .or(() -> branch.merging().map(_ -> Operation.MERGE));
    }

    private String waiting(OpenConflicts open) {
        long left =
                open.conflictCounts().stream().mapToLong(ConflictCount::open).sum();
        return "a " + Stopped.name(open.operation()) + " of " + open.sides().theirs() + " waits with "
                + Amounts.count(left, "conflict") + ": coppice conflicts" + sameBranch() + ", coppice resolve"
                + sameBranch() + ", "
                + Stopped.goOn(open.operation(), sameBranch());
    }

    private static Text name(String name) {
        return Text.of(name, Style.DIM);
    }

    private Json.Obj document(Branch branch, Snapshot state, Tally changes, long keys, DatabaseStats size) {
        return Json.object(
                "database", location(),
                "branch", branch.name(),
                "head", branch.head().id().hex(),
                "waits", operation(branch).map(Stopped::name).orElse(null),
                "added", changes.added(),
                "removed", changes.removed(),
                "modified", changes.modified(),
                "spaces", state.spaces().size(),
                "keys", keys,
                "branches", size.history().branches(),
                "diskBytes", size.disk().total(),
                "packBytes", size.chunks().storedBytes(),
                "chunkBytes", size.chunks().bytes(),
                "chunks", size.chunks().count(),
                "journalBytes", size.disk().journal() + size.disk().spares());
    }
}
