package coppice.cli.command;

import coppice.api.Commit;
import coppice.api.Database;
import coppice.cli.view.Shown;
import coppice.json.Json;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Makes another branch the one that commands work on.
final class SwitchTask extends DatabaseTask {
    @Parameters(paramLabel = "NAME", description = "The branch to work on from now on.")
    private String name = "";

    @Parameters(
            index = "1",
            paramLabel = "REF",
            arity = "0..1",
            description = "With --create, where it begins; else at the branch that was current.")
    private String at = "";

    @Option(
            names = {"-c", "--create"},
            description = "Make the branch.")
    private boolean create;

    @Override
    int run(Database db) {
        if (create) {
            db.branch(name, at.isEmpty() ? branchName() : ref(at));
        }
        Commit head = db.switchTo(name).head();
        done(
                "the current branch is " + name + " at " + Shown.commit(head).plain(),
                Json.object("branch", name, "head", head.id().hex()));
        return OK;
    }
}
