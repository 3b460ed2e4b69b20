package coppice.cli.command;

import coppice.api.Database;
import coppice.cli.render.Amounts;

/// Frees the space of what nothing refers to any more.
final class CompactTask extends DatabaseTask {
    @Override
    int run(Database db) {
        note("freed " + Amounts.bytes(db.compact()));
        return OK;
    }
}
