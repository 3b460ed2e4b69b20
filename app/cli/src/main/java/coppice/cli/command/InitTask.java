package coppice.cli.command;

import coppice.api.Database;
import coppice.json.Json;
import java.util.Optional;
import picocli.CommandLine.Parameters;

/// Makes an empty database.
final class InitTask extends DatabaseTask {
    @Parameters(paramLabel = "DIR", arity = "0..1", description = "Where; else the directory of -d.")
    private Optional<String> place = Optional.empty();

    @Override
    String location() {
        return place.orElseGet(super::location);
    }

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Database db) {
        done(
                "there is a database in " + location() + ": coppice put SPACE KEY VALUE" + there()
                        + ", or coppice import FILE" + there(),
                Json.object("database", location()));
        return OK;
    }

    /// How the database is named in the next command; empty where it is the one that commands take by themselves.
    private String there() {
        return place.map(name -> " -d " + DemoTask.quoted(name)).orElse("");
    }
}
