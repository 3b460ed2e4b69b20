package coppice.api;

import java.nio.file.Path;
import java.util.ServiceLoader;

/// The door to a database.
///
/// ```java
/// try (Database db = Coppice.open("app.coppice")) {
///     Space users = db.main().space("users");
///     users.put("alice", "30");
///     db.commit("first people");
///
///     Branch draft = db.branch("experiment", db.head());
///     draft.space("users").delete("alice");
///     draft.commit("try without alice");
///     db.merge("experiment", Merge.into("main"));
/// }
/// ```
public final class Coppice {
    private Coppice() {}

    /// Opens the database at a location with [Options#defaults()]; see [#open(String, Options)].
    public static Database open(String location) {
        return open(location, Options.defaults());
    }

    /// Opens the database in a directory with [Options#defaults()]; see [#open(String, Options)].
    public static Database open(Path directory) {
        return open(directory.toString());
    }

    /// Opens a database, creating it when there is none and the options allow it.
    ///
    /// @param location a directory, or `mem:` for a database that lives in this process and ends with
    ///     [Database#close()]
    /// @return the open database; close it when done
    /// @throws DatabaseException.Busy when another process (its id is named) holds the directory
    /// @throws DatabaseException.Incorrect when the directory holds something else or a newer format
    /// @throws DatabaseException.Corrupt when what is on disk is damaged
    /// @throws DatabaseException.Unavailable when the disk refuses: read-only, full, no permission
    public static Database open(String location, Options options) {
        for (DatabaseProvider provider : ServiceLoader.load(DatabaseProvider.class, Coppice.class.getClassLoader())) {
            if (provider.accepts(location)) {
                return provider.open(location, options);
            }
        }
        throw new DatabaseException.Incorrect(
                ErrorCode.NO_PROVIDER,
                "Nothing on the class or module path can open '" + location
                        + "': add the coppice-engine jar for directories and mem:");
    }
}
