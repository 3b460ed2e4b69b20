package coppice.engine.check;

import static coppice.engine.live.RefNames.HEADS;
import static coppice.engine.live.RefNames.REMOTES;
import static coppice.engine.live.RefNames.STASH;
import static coppice.engine.live.RefNames.SYSTEM;
import static coppice.engine.live.RefNames.TAGS;

import coppice.api.DatabaseStats;
import coppice.engine.live.Branches;
import coppice.engine.live.CurrentBranch;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.upkeep.Compaction;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Refs;
import coppice.kernel.journal.Journal;
import coppice.kernel.journal.JournalStatistics;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.MissingChunkException;
import coppice.kernel.store.PackStore;
import coppice.kernel.store.StoreStatistics;
import coppice.kernel.tree.CacheStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Figures about a whole database.
public final class Inspection {
    private final Storage storage;
    private final Branches branches;
    private final CurrentBranch current;
    private final Checkpoint checkpoint;
    private final Compaction compaction;
    private final Census census;

    public Inspection(
            Storage storage, Branches branches, CurrentBranch current, Checkpoint checkpoint, Compaction compaction) {
        this.storage = storage;
        this.branches = branches;
        this.current = current;
        this.checkpoint = checkpoint;
        this.compaction = compaction;
        this.census = new Census(storage.history());
    }

    /// The figures as of now. Writers go on meanwhile.
    public DatabaseStats stats() {
        try {
            return look();
        } catch (MissingChunkException swept) {
            return look(); // what was looked at was given up and swept meanwhile: now at what there is instead
        }
    }

    private DatabaseStats look() {
        StoreStatistics store = storage.packs().statistics();
        CacheStatistics cache = storage.nodes().statistics();
        return new DatabaseStats(
                data(),
                history(),
                new DatabaseStats.Chunks(
                        store.chunks(), store.rawBytes(), store.storedBytes(), store.packs(), store.waitingChunks()),
                disk(),
                storage.disk().io(),
                new DatabaseStats.Cache(
                        cache.limitBytes(), cache.bytes(), cache.nodes(), cache.misses(), cache.evictions()),
                journal(),
                upkeep(),
                storage.meters().latencies());
    }

    private DatabaseStats.Data data() {
        LiveBranch branch = current.branch();
        long unfolded = branches.newestStates().stream()
                .mapToLong(BranchState::unfoldedBytes)
                .sum();
        return new DatabaseStats.Data(branch.name(), branch.shown().counts(), unfolded);
    }

    private DatabaseStats.History history() {
        Set<Hash> heads = new HashSet<>();
        long[] counts = new long[4];
        List<String> kinds = List.of(HEADS, TAGS, REMOTES, STASH);
        for (int kind = 0; kind < counts.length; kind++) {
            for (Refs.Ref ref : branches.list(kinds.get(kind))) {
                if (!ref.name().equals(RefNames.head(SYSTEM))) {
                    counts[kind]++;
                    Optional.ofNullable(ref.value().commit()).ifPresent(heads::add);
                }
            }
        }
        return new DatabaseStats.History(census.commits(heads), counts[0], counts[1], counts[2], counts[3]);
    }

    private DatabaseStats.Disk disk() {
        long packs = 0;
        long indexes = 0;
        long journal = 0;
        long spares = 0;
        long other = 0;
        for (String name : storage.disk().list("")) {
            other += name.endsWith("/") || name.equals(Layout.LOCK) ? 0 : size(name);
        }
        for (String name : storage.disk().list(Layout.PACKS)) {
            long bytes = size(Layout.PACKS + "/" + name);
            packs += PackStore.isPack(name) ? bytes : 0;
            indexes += PackStore.isIndex(name) ? bytes : 0;
            other += PackStore.isPack(name) || PackStore.isIndex(name) ? 0 : bytes;
        }
        for (String name : storage.disk().list(Layout.JOURNAL)) {
            long bytes = size(Layout.JOURNAL + "/" + name);
            journal += Journal.isSpare(name) ? 0 : bytes;
            spares += Journal.isSpare(name) ? bytes : 0;
        }
        return new DatabaseStats.Disk(packs, indexes, journal, spares, other);
    }

    private long size(String path) {
        try (DiskFile file = storage.disk().open(path, OpenMode.READ)) {
            return file.size();
        } catch (StorageException gone) {
            if (gone.kind() != StorageException.Kind.NOT_FOUND) {
                throw gone; // else it was recycled since it was listed
            }
            return 0;
        }
    }

    private DatabaseStats.Journal journal() {
        JournalStatistics figures = storage.journal().statistics();
        return new DatabaseStats.Journal(
                figures.records(),
                figures.groups(),
                figures.bytes(),
                storage.journal().appended() - checkpoint.cutLsn(),
                figures.unsyncedBytes());
    }

    private DatabaseStats.Upkeep upkeep() {
        return new DatabaseStats.Upkeep(
                checkpoint.count(),
                checkpoint.lastEnd(),
                checkpoint.isRunning(),
                compaction.count(),
                compaction.lastReport(),
                compaction.isRunning());
    }
}
