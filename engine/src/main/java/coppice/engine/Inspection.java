package coppice.engine;

import coppice.api.CheckReport;
import coppice.api.Statistics;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.Refs;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.StoreStatistics;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Looks at a whole database: figures and verification. Good for one look.
final class Inspection {
    private final Storage storage;
    private final Branches branches;
    private final List<String> problems = new ArrayList<>();
    private final MarkSet verified = new MarkSet();
    private final Set<Hash> seenTrees = new HashSet<>();
    private long commits;

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

    /// Reads and verifies every stored chunk, then walks everything that branches reach: commits, with the
    /// closures that follow from their parents, and trees, each proved to be the one tree of its rows. What
    /// versions share is proved once.
    CheckReport check() {
        long sound = storage.packs().check(damage -> problems.add(damage.getMessage()));
        List<Refs.Ref> refs = branches.list("");
        attempt(
                "history",
                () -> checkCommits(refs.stream()
                        .map(ref -> ref.value().commit())
                        .distinct()
                        .toList()));
        for (Refs.Ref ref : refs) {
            Hash working = ref.value().working();
            if (working != null) {
                attempt("working state of " + RefNames.shown(ref.name()), () -> checkCatalog(working));
            }
        }
        return new CheckReport(sound, storage.packs().statistics().rawBytes(), commits, problems);
    }

    private void checkCommits(List<Hash> heads) {
        for (CommitLog log = storage.history().log(heads); log.next(); commits++) {
            Hash commit = log.hash();
            attempt("commit " + commit, () -> {
                storage.history().check(commit);
                checkCatalog(storage.history().read(commit).catalog());
            });
        }
    }

    private void checkCatalog(Hash root) {
        if (seenTrees.add(root)) {
            Catalog catalog = Catalog.load(storage.nodes(), root);
            catalog.tree().verify(verified::add);
            for (Catalog.Space space : catalog.spaces()) {
                attempt("space '" + space.name() + "'", () -> checkSpace(space.name(), space.record()));
            }
        }
    }

    private void checkSpace(String name, SpaceRecord space) {
        if (!seenTrees.add(space.root())) {
            return;
        }
        Tree tree = Tree.load(storage.nodes(), space.root());
        tree.verify(verified::add);
        if (tree.count() != space.count()) {
            problems.add("space '" + name + "' has " + tree.count() + " rows, its catalog entry says " + space.count());
        }
    }

    private void attempt(String what, Runnable step) {
        try {
            step.run();
        } catch (CorruptException | MissingChunkException problem) {
            problems.add(what + ": " + problem.getMessage());
        }
    }
}
