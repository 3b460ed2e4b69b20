package coppice.cli.command;

import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.cli.render.Text;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Puts one commit in place of all after an ancestor.
final class SquashTask extends DatabaseTask {
    @Parameters(paramLabel = "SINCE", description = "The latest commit to stay.")
    private String since = "";

    @Option(
            names = {"-m", "--message"},
            paramLabel = "TEXT",
            required = true,
            description = "What they did together.")
    private String message = "";

    @Override
    int run(Database db) {
        result(Text.EMPTY, branch(db).edits().squash(ref(since), CommitMessage.of(message)));
        return OK;
    }
}
