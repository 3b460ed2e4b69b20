package coppice.cli.command;

import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.Resolver;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.ConflictView;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Merges a ref into a branch.
final class MergeTask extends DatabaseTask {
    private static final int SHOWN = 20;

    private enum Side {
        ours,
        theirs
    }

    @Parameters(paramLabel = "SOURCE", description = "What to merge: a branch or another ref.")
    private String source = "";

    @Option(names = "--into", paramLabel = "NAME", description = "The branch that gets the result; else the one of -b.")
    private Optional<String> into = Optional.empty();

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            description =
                    "What becomes of keys that both sides changed: fields (the default: JSON objects are merged by "
                            + "field), whole, ours, theirs, last-writer-wins, delete-wins, update-wins, crdt(KIND) ...")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--take", paramLabel = "SIDE", description = "Decide what still conflicts: ours or theirs.")
    private Optional<Side> take = Optional.empty();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "The merge commit's message.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--no-ff", description = "Make a merge commit even where moving the branch forward would do.")
    private boolean noFastForward;

    @Option(names = "--json", description = "Conflicts as JSON lines.")
    private boolean json;

    @Override
    int run(Database db) {
        String target = into.orElse(branchName());
        Merge merge = Merge.into(target).resolving(resolver());
        merge = message.isPresent() ? merge.message(CommitMessage.of(message.get())) : merge;
        merge = noFastForward ? merge.noFastForward() : merge;
        merge = policy.isPresent() ? merge.policy(MergePolicy.parse(policy.get())) : merge;
        return switch (db.merge(source, merge)) {
            case MergeOutcome.Merged(var commit) -> {
                screen().line(Text.of("merged ", Style.GREEN).plus(Shown.commit(commit)));
                yield OK;
            }
            case MergeOutcome.UpToDate(var commit) -> {
                screen().line(Text.of(target + " has all of " + source + " already: ")
                        .plus(Shown.commit(commit)));
                yield OK;
            }
            case MergeOutcome.Uncommitted(var theirs) ->
                throw new IllegalStateException("the merge of " + theirs.id() + " was to be committed");
            case MergeOutcome.Conflicted(var conflicts) -> {
                if (json) {
                    conflicts.forEach(
                            conflict -> shell().out().println(document(conflict).text()));
                } else {
                    new ConflictView(screen(), target, source).show(conflicts, SHOWN);
                }
                throw new Failure(
                        Amounts.count(conflicts.size(), "key") + " changed on both sides; nothing was merged. "
                                + "Decide with --take ours or --take theirs, or edit a side");
            }
        };
    }

    private Resolver resolver() {
        return take.map(side -> switch (side) {
                    case ours -> Resolver.OURS;
                    case theirs -> Resolver.THEIRS;
                })
                .orElse(Resolver.NONE);
    }

    private static Json.Obj document(Conflict conflict) {
        return Json.object(
                "space", conflict.space(),
                "key", Shown.key(conflict.key()),
                "base", side(conflict, conflict.base()),
                "ours", side(conflict, conflict.ours()),
                "theirs", side(conflict, conflict.theirs()),
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
