package coppice.engine;

import coppice.api.Statistics;
import coppice.engine.state.BranchState;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.StoreStatistics;

/// Figures about a whole database.
final class Inspection {
    private final Storage storage;
    private final Branches branches;

    Inspection(Storage storage, Branches branches) {
        this.storage = storage;
        this.branches = branches;
    }

    Statistics statistics() {
        StoreStatistics store = storage.packs().statistics();
        long journal = directoryBytes(Opening.JOURNAL);
        long unfolded = 0;
        for (BranchState state : branches.newestStates()) {
            unfolded += state.unfoldedBytes();
        }
        return new Statistics(
                journal + directoryBytes(Opening.PACKS),
                store.storedBytes(),
                store.rawBytes(),
                store.chunks(),
                journal,
                storage.nodes().cachedBytes(),
                unfolded,
                branches.names().size());
    }

    private long directoryBytes(String directory) {
        long bytes = 0;
        for (String name : storage.disk().list(directory)) {
            try (DiskFile file = storage.disk().open(directory + "/" + name, OpenMode.READ)) {
                bytes += file.size();
            } catch (StorageException gone) {
                if (gone.kind() != StorageException.Kind.NOT_FOUND) {
                    throw gone; // else it was recycled since it was listed
                }
            }
        }
        return bytes;
    }
}
