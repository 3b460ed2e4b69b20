package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.cli.view.Tally;
import coppice.json.Json;

/// Throws a branch's uncommitted changes away.
final class DiscardTask extends DatabaseTask {
    @Override
    int run(Database db) {
        Branch branch = branch(db);
        Tally tally = Tally.of(branch.changes());
        branch.discard();
        done(
                "discarded on " + branchName() + ": " + tally.text().plain(),
                Json.object("branch", branchName()).with("discarded", tally.document()));
        return OK;
    }
}
