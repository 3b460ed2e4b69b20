package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Database;
import coppice.cli.view.Tally;

/// Throws a branch's uncommitted changes away.
final class DiscardTask extends DatabaseTask {
    @Override
    int run(Database db) {
        Branch branch = branch(db);
        Tally tally = Tally.of(branch.changes());
        branch.discard();
        note("discarded on " + branchName() + ": " + tally.text().plain());
        return OK;
    }
}
