package coppice.cli.command;

import coppice.api.Database;
import coppice.api.Reset;
import coppice.cli.view.Shown;
import coppice.json.Json;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Sets a branch to another commit.
final class ResetTask extends DatabaseTask {
    @Parameters(paramLabel = "REF", description = "The commit to go to.")
    private String ref = "";

    @Option(names = "--hard", description = "Give up uncommitted changes and take the content of the commit.")
    private boolean hard;

    @Option(names = "--soft", description = "Keep the content: what differs is uncommitted then. The default.")
    private boolean soft;

    @Override
    int run(Database db) {
        if (hard && soft) {
            throw Failure.usage("--hard and --soft exclude each other; use one");
        }
        var commit = branch(db).reset(ref(ref), hard ? Reset.HARD : Reset.SOFT);
        done(
                branchName() + " is at " + Shown.commit(commit).plain() + "; coppice undo takes it back",
                Json.object("branch", branchName(), "head", commit.id().hex()));
        return OK;
    }
}
