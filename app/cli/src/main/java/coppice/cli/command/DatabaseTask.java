package coppice.cli.command;

import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Options;
import java.util.Optional;
import picocli.CommandLine.Option;

/// A command on a database that is there.
abstract class DatabaseTask extends Task {
    private static final String VARIABLE = "COPPICE_DB";
    private static final String DEFAULT = DemoTask.DIRECTORY;

    @Option(
            names = {"-d", "--db"},
            paramLabel = "DIR",
            description = "The database's directory; else $" + VARIABLE + ", else " + DEFAULT + ".")
    private Optional<String> directory = Optional.empty();

    @Option(
            names = {"-b", "--branch"},
            paramLabel = "NAME",
            description = "The branch to work on; else the current one, see coppice switch.")
    private Optional<String> branch = Optional.empty();

    private String branchName = Database.MAIN;

    /// Refuses options that make no sense together, before anything is opened.
    void checkUsage() {}

    /// Does the work on the open database.
    abstract int run(Database db);

    @Override
    public final Integer call() {
        checkUsage();
        try (Database db = open()) {
            branchName = branch.orElseGet(() -> db.current().name());
            return run(db);
        }
    }

    /// The branch to work on; known once the database is open.
    final String branchName() {
        return branchName;
    }

    final Branch branch(Database db) {
        return db.branch(branchName);
    }

    /// The directory as the user would write it again.
    final String location() {
        return directory.orElseGet(() -> shell().environment().getOrDefault(VARIABLE, DEFAULT));
    }

    private Database open() {
        String path = shell().directory().resolve(location()).toString();
        Options options = mayCreate() ? Options.defaults() : Options.defaults().mustExist();
        try {
            return Coppice.open(path, options);
        } catch (DatabaseException missing) {
            if (missing.code() == ErrorCode.NO_DATABASE) {
                throw new Failure(
                        "there is no database in " + location()
                                + "; name one with -d DIR, or make one: coppice demo, or coppice import FILE -d DIR",
                        missing);
            }
            throw missing;
        }
    }

    /// Whether the command makes the database when there is none.
    boolean mayCreate() {
        return false;
    }
}
