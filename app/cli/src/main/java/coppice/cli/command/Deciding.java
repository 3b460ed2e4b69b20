package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Conflict;
import coppice.api.ConflictQuery;
import coppice.api.ConflictSides;
import coppice.api.OpenConflicts;
import coppice.api.Resolver;
import coppice.cli.render.Amounts;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.ConflictView;
import coppice.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What commands have in common that may meet conflicts: how to decide them, and how to show those that are left.
final class Deciding {
    private static final int SHOWN = 20;

    private enum Side {
        ours,
        theirs
    }

    @Option(names = "--take", paramLabel = "SIDE", description = "Decide what conflicts: ours or theirs.")
    private Optional<Side> take = Optional.empty();

    /// Whether a side was named.
    boolean isDecided() {
        return take.isPresent();
    }

    Resolver resolver() {
        return take.map(side -> switch (side) {
                    case ours -> Resolver.OURS;
                    case theirs -> Resolver.THEIRS;
                })
                .orElse(Resolver.NONE);
    }

    /// Decides what is open of what waits on a branch, if a side was named.
    void decideAll(Branch branch) {
        if (take.isPresent()) {
            branch.conflicts().ifPresent(open -> open.resolveAll(ConflictQuery.all(), resolver()));
        }
    }

    /// Shows conflicts, and ends the command.
    ///
    /// @param operation what waits now
    /// @param sameBranch as [DatabaseTask#sameBranch] gives it
    static Failure refuse(
            ReportingTask task,
            OpenConflicts.Operation operation,
            ConflictSides sides,
            List<Conflict> conflicts,
            String sameBranch) {
        if (task.isJson()) {
            conflicts.forEach(conflict -> task.json(document(conflict)));
            task.json(MergeTask.outcome("conflicts")
                    .with("operation", Json.of(Stopped.name(operation)))
                    .with("open", Json.of(conflicts.size())));
        } else {
            new ConflictView(task.screen(), sides.ours(), sides.theirs()).show(conflicts, SHOWN);
        }
        return new Failure(Amounts.count(conflicts.size(), "key") + " changed on both sides; "
                + Stopped.next(operation, sameBranch));
    }

    /// A conflict as JSON.
    static Json.Obj document(Conflict conflict) {
        return ExportedRow.key(Optional.of(conflict.space()), conflict.key())
                .with("base", side(conflict, conflict.base()))
                .with("ours", side(conflict, conflict.ours()))
                .with("theirs", side(conflict, conflict.theirs()))
                .with(
                        "fields",
                        new Json.Arr(conflict.fields().stream()
                                .<Json>map(field -> Json.of(field.pointer()))
                                .toList()));
    }

    private static Json side(Conflict conflict, Optional<byte[]> value) {
        return value.<Json>map(bytes -> ExportedRow.of(Optional.empty(), conflict.key(), bytes))
                .orElse(Json.Null.VALUE);
    }
}
