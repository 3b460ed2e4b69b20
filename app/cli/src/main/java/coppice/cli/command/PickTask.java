package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.Database;
import coppice.api.HistoryEdits;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.cli.render.Style;
import coppice.cli.render.Text;
import coppice.cli.view.Shown;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Applies commits from elsewhere to a branch, or takes commits back.
final class PickTask extends DatabaseTask {
    private final boolean back;

    @Parameters(paramLabel = "COMMIT", arity = "1..*", description = "Refs, or ranges A..B.")
    private List<String> commits = List.of();

    @Option(
            names = {"-m", "--mainline"},
            paramLabel = "N",
            description = "Of a merge, what it changed against its N-th parent.")
    private Optional<Integer> mainline = Optional.empty();

    @Option(names = "--keep-empty", description = "Make commits that change nothing here all the same.")
    private boolean keepEmpty;

    @Mixin
    private Deciding deciding = new Deciding();

    /// @param back whether commits are taken back
    PickTask(boolean back) {
        this.back = back;
    }

    @Override
    int run(Database db) {
        Pick pick = Pick.of(commits.toArray(String[]::new)).resolving(deciding.resolver());
        pick = mainline.isPresent() ? pick.mainline(mainline.get()) : pick;
        pick = keepEmpty ? pick.keepingEmpty() : pick;
        HistoryEdits edits = branch(db).edits();
        return switch (back ? edits.revert(pick) : edits.cherryPick(pick)) {
            case PickOutcome.Picked(List<Commit> made, List<CommitId> skipped) -> {
                String verb = back ? "took back " : "picked ";
                made.forEach(commit -> screen().line(Text.of(verb, Style.GREEN).plus(Shown.commit(commit))));
                skipped.forEach(commit -> note("skipped " + commit.abbreviated() + ": it changes nothing here"));
                yield OK;
            }
            case PickOutcome.Conflicted conflicted ->
                throw Deciding.refuse(
                        screen(),
                        branchName(),
                        conflicted.at().id().abbreviated(),
                        conflicted.conflicts(),
                        "nothing was written. Decide with --take ours or --take theirs");
        };
    }
}
