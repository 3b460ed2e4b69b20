package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.ChangeCount;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.ConflictCount;
import coppice.api.ConflictSides;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.MergePreview;
import coppice.api.OpenConflicts.Operation;
import coppice.cli.render.Amounts;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Merges a ref into a branch; a merge that meets conflicts waits until they are decided or it is given up.
final class MergeTask extends DatabaseTask {
    @Parameters(paramLabel = "SOURCE", arity = "0..1", description = "What to merge: a branch or another ref.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--into", paramLabel = "NAME", description = "The branch that gets the result; else the one of -b.")
    private Optional<String> into = Optional.empty();

    @Mixin
    private Ruling ruling = new Ruling();

    @Mixin
    private Deciding deciding = new Deciding();

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            description = "The merge commit's message.")
    private Optional<String> message = Optional.empty();

    @Option(names = "--no-ff", description = "Make a merge commit even where moving the branch forward would do.")
    private boolean noFastForward;

    @Option(names = "--ff-only", description = "Only move the branch forward, or refuse.")
    private boolean onlyFastForward;

    @Option(names = "--squash", description = "Take the content as one commit that names no second parent.")
    private boolean squash;

    @Option(names = "--no-commit", description = "Leave the merged content uncommitted.")
    private boolean noCommit;

    @Option(names = "--no-verify", description = "Do not ask the hooks pre-commit and pre-merge.")
    private boolean noVerify;

    @Option(names = "--allow-unrelated-histories", description = "Also when there is no common ancestor.")
    private boolean unrelated;

    @Option(names = "--preview", description = "Say what would happen and change nothing.")
    private boolean preview;

    @Option(names = "--continue", description = "Finish the merge that waits.")
    private boolean resume;

    @Option(names = "--abort", description = "Give the merge that waits up; the branch is as it was.")
    private boolean abort;

    @Override
    boolean isVerifying() {
        return !noVerify;
    }

    @Override
    int run(Database db) {
        String target = into.orElse(branchName());
        if (resume || abort) {
            return end(waiting(db.branch(target)));
        }
        String from =
                source.map(this::ref).orElseThrow(() -> Failure.usage("what is to be merged? coppice merge SOURCE"));
        return preview ? preview(db.previewMerge(from, merge(target)), target) : show(db, from, target);
    }

    /// The merge into a branch that is not finished.
    static MergeInProgress waiting(Branch branch) {
        return branch.merging()
                .orElseThrow(() -> new Failure("no merge into " + branch.name() + " waits: coppice merge SOURCE"));
    }

    private int end(MergeInProgress merge) {
        if (abort) {
            merge.abort();
            done(
                    "gave up merging " + merge.source() + " into " + merge.into(),
                    outcome("aborted").with("branch", Json.of(merge.into())));
        } else {
            merged(merge.commit(message.map(CommitMessage::of)));
        }
        return OK;
    }

    private Merge merge(String target) {
        Merge merge = Merge.into(target).resolving(deciding.resolver()).keepingConflicts();
        merge = message.isPresent() ? merge.message(CommitMessage.of(message.get())) : merge;
        merge = noFastForward ? merge.noFastForward() : merge;
        merge = onlyFastForward ? merge.fastForward(Merge.FastForward.ONLY) : merge;
        merge = squash ? merge.squashed() : merge;
        merge = noCommit ? merge.uncommitted() : merge;
        merge = unrelated ? merge.allowingUnrelated() : merge;
        return ruling.policy().map(merge::policy).orElse(merge);
    }

    private int show(Database db, String from, String target) {
        return switch (db.merge(from, merge(target))) {
            case MergeOutcome.Merged(var commit) -> {
                merged(commit);
                yield OK;
            }
            case MergeOutcome.UpToDate(var commit) -> {
                result(
                        Text.of(target + " has all of " + from + " already: ").plus(Shown.commit(commit)),
                        outcome("up-to-date").with("commit", LogTask.document(commit)));
                yield OK;
            }
            case MergeOutcome.Uncommitted _ -> {
                done(
                        "merged " + from + " into the working state of " + target
                                + "; coppice merge --continue commits it, coppice merge --abort takes it back",
                        outcome("uncommitted").with("branch", Json.of(target)));
                yield OK;
            }
            case MergeOutcome.Conflicted(var conflicts) -> {
                ConflictSides sides = new ConflictSides("the common ancestor", target, from);
                throw Deciding.refuse(this, Operation.MERGE, sides, conflicts, sameBranch());
            }
        };
    }

    private void merged(Commit commit) {
        result(
                Text.of("merged ", Style.GREEN).plus(Shown.commit(commit)),
                outcome("merged").with("commit", LogTask.document(commit)));
    }

    /// How a merge ended, as JSON.
    static Json.Obj outcome(String word) {
        return Json.object("outcome", word);
    }

    private int preview(MergePreview merge, String target) {
        if (isJson()) {
            json(document(merge));
            return OK;
        }
        String words = switch (merge.outcome()) {
            case UP_TO_DATE -> target + " has everything already";
            case FAST_FORWARD -> target + " would be moved forward to ";
            case MERGE -> target + " would get a merge commit of ";
            case CONFLICTS -> target + " would have conflicts with ";
        };
        screen().line(Text.of(words)
                .plus(merge.outcome() == MergePreview.Outcome.UP_TO_DATE ? Text.EMPTY : Shown.commit(merge.theirs())));
        for (ChangeCount count : merge.changeCounts()) {
            screen().line("  " + count.space() + "  +" + count.added() + " -" + count.removed() + " ~"
                    + count.modified());
        }
        for (ConflictCount count : merge.conflictCounts()) {
            screen().line(Text.of("  " + count.space() + "  " + Amounts.count(count.open(), "conflict"), Style.RED));
        }
        return OK;
    }

    private static Json.Obj document(MergePreview merge) {
        return outcome(merge.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with("theirs", Json.of(merge.theirs().id().hex()))
                .with(
                        "changes",
                        new Json.Arr(merge.changeCounts().stream()
                                .<Json>map(ShowTask::document)
                                .toList()))
                .with(
                        "conflicts",
                        new Json.Arr(merge.conflictCounts().stream()
                                .<Json>map(count -> Json.object("space", count.space(), "open", count.open()))
                                .toList()));
    }
}
