package coppice.engine.storage;

import coppice.api.DatabaseException;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.StorageException;

/// What lies where in the directory of a database.
///
/// ```
/// LOCK        held while open
/// MANIFEST    where the rest begins
/// packs/      chunks
/// journal/    what happened since the last checkpoint
/// ```
public final class Layout {
    /// The file that is locked while the database is open.
    public static final String LOCK = "LOCK";

    /// The directory of packs.
    public static final String PACKS = "packs";

    /// The directory of the journal.
    public static final String JOURNAL = "journal";

    private Layout() {}

    /// Takes the lock of a directory.
    ///
    /// @param location what to call it in messages
    /// @throws DatabaseException.Busy when somebody has it
    public static DiskLock lock(Machine machine, String location) {
        try {
            return machine.disk().lock(LOCK);
        } catch (StorageException failure) {
            if (failure.kind() == StorageException.Kind.LOCKED) {
                throw new DatabaseException.Busy(
                                "The database '" + location + "' is open already: " + failure.getMessage(), failure)
                        .with("location", location);
            }
            throw failure;
        }
    }
}
