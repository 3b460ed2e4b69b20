package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.cli.view.Shown;
import coppice.cli.view.Tally;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Makes a branch's working state its next version.
final class CommitTask extends DatabaseTask {
    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            required = true,
            description = "What changed and why.")
    private String message = "";

    @Option(names = "--author", paramLabel = "NAME", description = "Who; else the system's user.")
    private Optional<String> author = Optional.empty();

    @Option(names = "--allow-empty", description = "Commit even when nothing changed.")
    private boolean allowEmpty;

    @Override
    int run(Database db) {
        Branch branch = branch(db);
        if (!branch.hasChanges() && !allowEmpty) {
            throw new Failure(
                    "nothing changed on " + branchName() + " since its last commit; --allow-empty commits anyway");
        }
        Tally tally = Tally.of(branch.changes());
        CommitMessage text = CommitMessage.of(message);
        Commit commit = branch.commit(author.map(text::by).orElse(text));
        screen().line(Shown.commit(commit).plus("  ").plus(tally.text()));
        return OK;
    }
}
