package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.HistoryEdits;
import coppice.api.OpenConflicts.Operation;
import coppice.api.Pick;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import coppice.json.Json;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Applies commits from elsewhere to a branch, or takes commits back; one that meets conflicts waits.
final class PickTask extends DatabaseTask {
    private final boolean back;

    @Parameters(paramLabel = "COMMIT", arity = "0..*", description = "Refs, or ranges A..B.")
    private List<String> commits = List.of();

    @Option(
            names = {"-m", "--mainline"},
            paramLabel = "N",
            description = "Of a merge, what it changed against its N-th parent.")
    private Optional<Integer> mainline = Optional.empty();

    @Option(names = "--keep-empty", description = "Make commits that change nothing here all the same.")
    private boolean keepEmpty;

    @Mixin
    private Ruling ruling = new Ruling();

    @Mixin
    private Deciding deciding = new Deciding();

    @Option(names = "--continue", description = "Go on with what was decided.")
    private boolean resume;

    @Option(names = "--skip", description = "Go on without the commit at which it stopped.")
    private boolean skip;

    @Option(names = "--abort", description = "Give all of it up; the branch is as it was.")
    private boolean abort;

    @Option(names = "--message", paramLabel = "TEXT", description = "With --continue: the commit's message.")
    private Optional<String> message = Optional.empty();

    /// @param back whether commits are taken back
    PickTask(boolean back) {
        this.back = back;
    }

    private Operation operation() {
        return back ? Operation.REVERT : Operation.CHERRY_PICK;
    }

    @Override
    int run(Database db) {
        Branch branch = branch(db);
        HistoryEdits edits = branch.edits();
        if (abort) {
            waiting(edits).abort();
            done(
                    "gave the " + Stopped.name(operation()) + " up; " + branchName() + " is as it was",
                    MergeTask.outcome("aborted").with("branch", Json.of(branchName())));
            return OK;
        }
        if (skip) {
            return show(waiting(edits).skip());
        }
        if (resume) {
            deciding.decideAll(branch);
            return show(waiting(edits).resume(message));
        }
        if (commits.isEmpty()) {
            throw Failure.usage("which commits? coppice " + Stopped.name(operation()) + " COMMIT ...");
        }
        return show(back ? edits.revert(pick()) : edits.cherryPick(pick()));
    }

    private Pick pick() {
        Pick pick = Pick.of(commits.stream().map(this::ref).toArray(String[]::new))
                .resolving(deciding.resolver())
                .keepingConflicts();
        pick = mainline.isPresent() ? pick.mainline(mainline.get()) : pick;
        pick = ruling.policy().map(pick::policy).orElse(pick);
        return keepEmpty ? pick.keepingEmpty() : pick;
    }

    private PickInProgress waiting(HistoryEdits edits) {
        return edits.picking()
                .filter(pick -> pick.isRevert() == back)
                .orElseThrow(() -> new Failure("no " + Stopped.name(operation()) + " waits on " + branchName()
                        + ": coppice " + Stopped.name(operation()) + " COMMIT ..."));
    }

    private int show(PickOutcome outcome) {
        return switch (outcome) {
            case PickOutcome.Picked picked -> {
                String verb = back ? "took back " : "picked ";
                picked.commits()
                        .forEach(commit -> result(
                                Text.of(verb, Style.GREEN).plus(Shown.commit(commit)),
                                MergeTask.outcome(back ? "reverted" : "picked")
                                        .with("commit", LogTask.document(commit))));
                picked.skipped().forEach(this::skipped);
                yield OK;
            }
            case PickOutcome.Conflicted conflicted ->
                throw Deciding.refuse(this, operation(), conflicted.sides(), conflicted.conflicts(), sameBranch());
        };
    }

    private void skipped(CommitId commit) {
        done(
                "skipped " + commit.abbreviated() + ": it changes nothing here",
                MergeTask.outcome("skipped").with("commit", Json.of(commit.hex())));
    }
}
