package coppice.cli.command;

import coppice.api.ConflictSides;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.OpenConflicts.Operation;
import coppice.api.PullOutcome;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Fetches a branch of another database and merges it.
final class PullTask extends DatabaseTask {
    @Parameters(index = "0", paramLabel = "REMOTE", arity = "0..1", description = "From where; else origin.")
    private String remote = "origin";

    @Parameters(index = "1", paramLabel = "BRANCH", arity = "0..1", description = "Its name over there; else -b.")
    private Optional<String> branch = Optional.empty();

    @Mixin
    private Deciding deciding = new Deciding();

    @Override
    int run(Database db) {
        Merge merge = Merge.into(branchName()).resolving(deciding.resolver()).keepingConflicts();
        PullOutcome outcome;
        try (StageBar bar = bar()) {
            outcome = db.remotes().pull(remote, branch.orElse(branchName()), merge, bar::moved);
        }
        if (isJson()) {
            json(FetchTask.document(outcome.fetched()));
        } else {
            FetchTask.show(screen(), outcome.fetched());
        }
        return switch (outcome.merged()) {
            case MergeOutcome.Merged(var commit) -> {
                result(
                        Text.of("merged ", Style.GREEN).plus(Shown.commit(commit)),
                        MergeTask.outcome("merged").with("commit", LogTask.document(commit)));
                yield OK;
            }
            case MergeOutcome.UpToDate(var commit) -> {
                result(
                        Text.of(branchName() + " has all of it already: ").plus(Shown.commit(commit)),
                        MergeTask.outcome("up-to-date").with("commit", LogTask.document(commit)));
                yield OK;
            }
            case MergeOutcome.Uncommitted _ -> throw new IllegalStateException("a pull commits what it merges");
            case MergeOutcome.Conflicted(var conflicts) ->
                throw Deciding.refuse(
                        this,
                        Operation.MERGE,
                        new ConflictSides("the common ancestor", branchName(), remote),
                        conflicts,
                        sameBranch());
        };
    }
}
