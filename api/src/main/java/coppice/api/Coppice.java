package coppice.api;

import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.function.Consumer;

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
    ///     [Database#close()]; as `mem:NAME` others in this process can fetch from it by that name
    /// @return the open database; close it when done
    /// @throws DatabaseException.Busy when another process (its id is named) holds the directory
    /// @throws DatabaseException.Incorrect when the directory holds something else or a newer format
    /// @throws DatabaseException.Corrupt when what is on disk is damaged
    /// @throws DatabaseException.Unavailable when the disk refuses: read-only, full, no permission
    public static Database open(String location, Options options) {
        return provider(location).open(location, options);
    }

    /// Makes a database that has the branches and tags of another, with their history, and remembers it as a
    /// remote. Its `main` is where that of the other is; the other branches are `remotes/NAME/BRANCH`, and those
    /// that the options name are branches here as well.
    ///
    /// Every chunk is checked and every tree proved on the way. Costs about as much as copying the bytes. The new
    /// database appears at one stroke; an attempt that was broken off is gone on with by the next.
    ///
    /// @param from a directory, a bundle, or a `mem:NAME` that is open
    /// @param to an empty or a new directory
    /// @return the open clone; close it when done
    /// @throws DatabaseException as for [#open(String, Options)] and [Remotes#fetch]
    public static Database clone(String from, String to, CloneOptions options) {
        return provider(to).clone(from, to, options);
    }

    /// Clones with [CloneOptions#defaults()]; see [#clone(String, String, CloneOptions)].
    public static Database clone(String from, String to) {
        return clone(from, to, CloneOptions.defaults());
    }

    /// Makes a database of a backup, the very one that [Database#backup] saw: branches with their uncommitted
    /// changes, tags, remotes, settings and reflog. Every chunk is checked and every tree proved on the way.
    ///
    /// @param backup the directory of the backup
    /// @param to an empty or a new directory
    /// @param progress is told how far it is, from the calling thread, after each commit and within large ones
    /// @return the open database; close it when done
    /// @throws DatabaseException.Corrupt when the backup is damaged; there is no new database then
    public static Database restore(String backup, String to, Options options, Consumer<Traffic> progress) {
        return provider(to).restore(backup, to, options, progress);
    }

    /// Restores in silence; see [#restore(String, String, Options, Consumer)].
    public static Database restore(String backup, String to, Options options) {
        return restore(backup, to, options, traffic -> {});
    }

    /// Restores with [Options#defaults()]; see [#restore(String, String, Options)].
    public static Database restore(String backup, String to) {
        return restore(backup, to, Options.defaults());
    }

    /// Repairs a database that is damaged, and may refuse to open: saves what can be read of damaged files, makes
    /// again what follows from the rest, and takes what is missing from copies. What cannot be had back is named,
    /// and is given up only where that is allowed: a branch then goes to its newest commit that is whole with all
    /// its history, and keeps what it held as uncommitted changes as far as that can be read; other refs that
    /// cannot be read go; the journal ends where it is damaged.
    ///
    /// Works on new files and brings them in at one stroke, so that a repair that is broken off has changed
    /// nothing. The files that it replaces are kept, in the directory `damaged` of the database. Reads all of the
    /// database; costs about as much as [Database#check] and what has to be written again.
    ///
    /// @param location a directory; the database must not be open
    /// @throws DatabaseException.Busy when it is open
    /// @throws DatabaseException.Incorrect when there is no database, or one of a newer version
    public static RepairReport repair(String location, RepairOptions options) {
        return provider(location).repair(location, options);
    }

    private static DatabaseProvider provider(String location) {
        for (DatabaseProvider provider : providers()) {
            if (provider.accepts(location)) {
                return provider;
            }
        }
        throw new DatabaseException.Incorrect(
                ErrorCode.NO_PROVIDER,
                "Nothing on the class or module path can open '" + location
                        + "': add the coppice-engine jar for directories and mem:");
    }

    /// A provider for what needs no location.
    static DatabaseProvider anyProvider() {
        return providers()
                .findFirst()
                .orElseThrow(() -> new DatabaseException.Incorrect(
                        ErrorCode.NO_PROVIDER,
                        "Nothing on the class or module path can verify a proof: add the coppice-engine jar"));
    }

    private static ServiceLoader<DatabaseProvider> providers() {
        return ServiceLoader.load(DatabaseProvider.class, Coppice.class.getClassLoader());
    }
}
