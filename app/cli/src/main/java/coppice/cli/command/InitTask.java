package coppice.cli.command;

import coppice.api.Database;
import coppice.json.Json;

/// Makes an empty database.
final class InitTask extends DatabaseTask {
    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        done(
                "there is a database in " + location() + ": coppice put SPACE KEY VALUE, or coppice import FILE",
                Json.object("database", location()));
        return OK;
    }
}
