package coppice.engine;

import coppice.api.CheckReport;
import coppice.api.Statistics;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.CommitLog;
import coppice.kernel.history.SpaceRecord;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.StoreStatistics;
import coppice.kernel.tree.Cursor;
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
    private final Set<Hash> seenTrees = new HashSet<>();
    private final Set<Hash> seenCommits = new HashSet<>();

    Inspection(Storage storage, Branches branches) {
        this.storage = storage;
        this.branches = branches;
    }

    Statistics statistics() {
        StoreStatistics store = storage.packs().statistics();
        long journal = directoryBytes(Opening.JOURNAL);
        long unfolded = 0;
        List<String> names = branches.names();
        for (String name : names) {
            unfolded += branches.find(name)
                    .map(branch -> branch.newest().unfoldedBytes())
                    .orElse(0L);
        }
        return new Statistics(
                journal + directoryBytes(Opening.PACKS),
                store.storedBytes(),
                store.rawBytes(),
                store.chunks(),
                journal,
                storage.nodes().cachedBytes(),
                unfolded,
                names.size());
    }

    private long directoryBytes(String directory) {
        long bytes = 0;
        for (String name : storage.disk().list(directory)) {
            try (DiskFile file = storage.disk().open(directory + "/" + name, OpenMode.READ)) {
                bytes += file.size();
            }
        }
        return bytes;
    }

    /// Reads and verifies every stored chunk, then walks everything that branches reach: commits, catalogs, and
    /// every row of every tree, counting.
    CheckReport check() {
        long sound = storage.packs().check(damage -> problems.add(damage.getMessage()));
        for (String name : branches.names()) {
            branches.find(name).ifPresent(branch -> {
                BranchState state = branch.shown();
                attempt("branch '" + name + "'", () -> checkCommits(state.commit()));
                attempt(
                        "branch '" + name + "'",
                        () -> checkCatalog(state.foldedSpaces().root()));
            });
        }
        return new CheckReport(sound, storage.packs().statistics().rawBytes(), seenCommits.size(), problems);
    }

    private void checkCommits(Hash from) {
        for (CommitLog log = storage.history().log(List.of(from)); log.next(); ) {
            Hash commit = log.hash();
            if (seenCommits.add(commit)) {
                attempt("commit " + commit, () -> {
                    storage.history().check(commit);
                    checkCatalog(log.commit().catalog());
                });
            }
        }
    }

    private void checkCatalog(Hash root) {
        if (seenTrees.add(root)) {
            for (Catalog.Space space : Catalog.load(storage.nodes(), root).spaces()) {
                attempt("space '" + space.name() + "'", () -> checkSpace(space.name(), space.record()));
            }
        }
    }

    private void checkSpace(String name, SpaceRecord space) {
        if (!seenTrees.add(space.root())) {
            return;
        }
        Tree tree = Tree.load(storage.nodes(), space.root());
        long rows = 0;
        for (Cursor cursor = tree.cursor(); cursor.next(); rows++) {
            byte[] _ = cursor.valueArray(); // reads values that are stored out of line
        }
        if (rows != space.count() || rows != tree.count()) {
            problems.add("space '" + name + "' has " + rows + " rows, its catalog entry says " + space.count()
                    + " and its root " + tree.count());
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
