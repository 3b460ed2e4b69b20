package coppice.cli.command;

import coppice.api.Database;
import coppice.api.ReflogEntry;

/// Takes back the last thing that was done to a branch or tag.
final class UndoTask extends DatabaseTask {
    @Override
    int run(Database db) {
        ReflogEntry undone = db.undo();
        String what = undone.text().isEmpty() ? "" : " (" + undone.text() + ")";
        done("took back the last " + undone.action() + " of " + undone.ref() + what, ReflogTask.document(undone));
        return OK;
    }
}
