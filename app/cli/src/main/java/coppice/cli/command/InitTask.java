package coppice.cli.command;

import coppice.api.Database;

/// Makes an empty database.
final class InitTask extends DatabaseTask {
    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        note("there is a database in " + location() + ": coppice put SPACE KEY VALUE, or coppice import FILE");
        return OK;
    }
}
