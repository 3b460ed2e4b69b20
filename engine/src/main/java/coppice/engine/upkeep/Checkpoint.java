package coppice.engine.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Operation;
import coppice.engine.flight.RecordedCheckpoint;
import coppice.engine.live.Branches;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.RefNames;
import coppice.engine.state.BranchState;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Layout;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefValue;
import coppice.kernel.journal.JournalOptions;
import coppice.kernel.journal.JournalSurvey;
import coppice.kernel.journal.RecordVisitor;
import coppice.kernel.platform.StorageException;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.Sweep;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Tree;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/// Folds working changes into trees, makes the trees durable, and lets the journal be reused. Runs beside readers
/// and writers.
///
/// The manifest names a position of the journal (the cut), the packs' content, and the table of branches. The
/// table has exactly the branches that there were at the cut; each branch's own state may already contain later
/// records, up to the position kept with it. Replay starts at the cut and skips, branch by branch, what is
/// contained.
public final class Checkpoint {
    private final Storage storage;
    private final Branches branches;
    private final ReentrantLock running = new ReentrantLock();
    private Manifest manifest; // guarded by running
    private volatile long cutLsn;
    private volatile boolean folding;
    private volatile Taken taken = new Taken(0, Optional.empty());

    /// Checkpoints since the database was opened.
    private record Taken(long count, Optional<Instant> lastEnd) {}

    public Checkpoint(Storage storage, Branches branches, Manifest manifest) {
        this.storage = storage;
        this.branches = branches;
        this.manifest = manifest;
        this.cutLsn = manifest.checkpointLsn();
    }

    /// Does a whole checkpoint, and joins small packs. Waits for one that is running.
    public void run() {
        run(true, false);
    }

    /// As [#run()], but leaves small packs to who follows: a collection, for which they would take room twice if
    /// they were joined before, or [Compaction#join()], which rests for those who write.
    public void runWithoutJoining() {
        run(false, false);
    }

    /// The last checkpoint: says that the journal ends here. Writes nothing where all of that is on disk already,
    /// as after an opening that changed nothing. Nobody writes any more.
    public void close() {
        run(true, true);
    }

    private void run(boolean joins, boolean last) {
        storage.roots().writing(() -> {
            running.lock();
            folding = true;
            try {
                storage.meters().of(Operation.CHECKPOINT).time(() -> take(joins, last));
            } finally {
                folding = false;
                running.unlock();
            }
            return true;
        });
    }

    /// How many checkpoints were taken since the database was opened.
    public long count() {
        return taken.count;
    }

    /// When the last of them ended.
    public Optional<Instant> lastEnd() {
        return taken.lastEnd;
    }

    /// Whether one is being taken.
    public boolean isRunning() {
        return folding;
    }

    /// Where replay would begin.
    public long cutLsn() {
        return cutLsn;
    }

    private boolean take(boolean joins, boolean last) {
        RecordedCheckpoint event = new RecordedCheckpoint();
        long before = cutLsn;
        long folded = unfoldedBytes();
        int inUse = fold(joins, last);
        Instant now = Instant.ofEpochMilli(storage.clock().millis());
        taken = new Taken(taken.count + 1, Optional.of(now));
        event.done(inUse, folded, cutLsn - before);
        return true;
    }

    private long unfoldedBytes() {
        return branches.newestStates().stream()
                .mapToLong(BranchState::unfoldedBytes)
                .sum();
    }

    /// @return how many branches were folded
    private int fold(boolean joins, boolean last) {
        Branches.Cut cut = branches.cut();
        Tree refs = cut.table().fold().apply(Edits.of(states(cut)));
        // States may hold records that are not durable yet; the table must not be ahead of the journal.
        storage.journal().sync();
        Manifest next = next(cut.lsn(), last ? storage.journal().durable() : -1, refs.root());
        if (!last || !isOnDisk(next)) {
            write(next);
        }
        branches.folded(refs);
        storage.journal().recycleBelow(cut.lsn());
        if (joins && storage.packs().merge().packsReplaced() > 0 && last) {
            write(next(next.checkpointLsn(), next.endLsn(), next.refs()));
        }
        return cut.live().size();
    }

    /// Begins a sweep between two checkpoints, whose merging of packs would be in its way.
    Sweep beginSweep(int generation, double wasteLimit, LongConsumer pace) {
        running.lock();
        try {
            return storage.packs().beginSweep(generation, wasteLimit, pace);
        } finally {
            running.unlock();
        }
    }

    /// What the table does not say yet.
    private Collection<Edit> states(Branches.Cut cut) {
        SortedMap<byte[], Edit> edits = new TreeMap<>(Arrays::compareUnsigned);
        for (LiveBranch branch : cut.live()) {
            String ref = RefNames.head(branch.name());
            RefValue value = value(branch, fold(branch));
            if (cut.table().find(ref).filter(value::isAsFar).isEmpty()) {
                byte[] name = ref.getBytes(UTF_8);
                edits.put(name, Edit.put(name, value.encode()));
            }
        }
        return edits.values();
    }

    private RefValue value(LiveBranch branch, BranchState state) {
        Hash root = state.foldedSpaces().root();
        Hash working = root.equals(state.committedCatalog()) ? null : root;
        return RefValue.branch(state.commit(), state.lsn(), branch.createdAt())
                .moved(state.commit(), working, state.lsn(), storage.clock().millis());
    }

    /// Folds a branch's working changes as of now.
    ///
    /// @return the state as of the fold, with nothing unfolded
    public BranchState fold(LiveBranch branch) {
        return storage.roots().writing(() -> {
            branch.folding().lock();
            try {
                // Taken as a writer would: a state read beside a writer may lack what the journal has already.
                BranchState frozen = branch.represent(BranchState::frozen);
                if (!frozen.hasUnfolded()) {
                    return frozen;
                }
                Spaces folded = storage.folds().fold(frozen);
                branch.represent(newest -> newest.folded(folded));
                return BranchState.of(frozen.commit(), frozen.committedCatalog(), folded, frozen.lsn());
            } finally {
                branch.folding().unlock();
            }
        });
    }

    /// The table of refs that is on disk.
    public Hash table() {
        running.lock();
        try {
            return manifest.refs();
        } finally {
            running.unlock();
        }
    }

    /// What is on disk now.
    public Manifest manifest() {
        running.lock();
        try {
            return manifest;
        } finally {
            running.unlock();
        }
    }

    /// What is wrong with the journal on disk, from the last checkpoint to where it is durable.
    public Optional<CorruptException> journalDamage() {
        running.lock();
        try {
            return JournalSurvey.check(
                    storage.disk(),
                    Layout.JOURNAL,
                    JournalOptions.of(manifest.databaseId()),
                    manifest.checkpointLsn(),
                    storage.journal().durable());
        } finally {
            running.unlock();
        }
    }

    /// Reads what the journal has since the last checkpoint, while none is taken: what replay would begin with.
    /// Ends before a record that is being written.
    ///
    /// @param body is given the root of the table of refs as of there, before any record, and returns what reads
    ///     them
    public void replay(Function<Hash, RecordVisitor> body) {
        running.lock();
        try {
            storage.journal().flushLazily();
            JournalSurvey.read(
                    storage.disk(),
                    Layout.JOURNAL,
                    JournalOptions.of(manifest.databaseId()),
                    manifest.checkpointLsn(),
                    body.apply(manifest.refs()));
        } finally {
            running.unlock();
        }
    }

    /// What is wrong with the manifest on disk: it is to be the one that was written last.
    public Optional<CorruptException> manifestDamage() {
        running.lock();
        try {
            if (!Manifest.exists(storage.disk(), "")) {
                return Optional.of(new CorruptException(Manifest.FILE, -1, "the manifest", "no such file"));
            }
            long generation = Manifest.read(storage.disk(), "").generation();
            return generation == manifest.generation()
                    ? Optional.empty()
                    : Optional.of(new CorruptException(
                            Manifest.FILE,
                            -1,
                            "generation " + manifest.generation() + ", the last one written",
                            "generation " + generation));
        } catch (CorruptException damage) {
            return Optional.of(damage);
        } finally {
            running.unlock();
        }
    }

    /// Does something while no checkpoint is taken; only then may [#keepChunks] be called with a branch's locks.
    public <T> T alone(Supplier<T> body) {
        running.lock();
        try {
            return body.get();
        } finally {
            running.unlock();
        }
    }

    /// Makes all chunks written so far durable, for a record that replay could not make them from again.
    public void keepChunks() {
        running.lock();
        try {
            write(next(manifest.checkpointLsn(), -1, manifest.refs()));
        } finally {
            running.unlock();
        }
    }

    private Manifest next(long checkpointLsn, long endLsn, Hash refs) {
        return manifest.next(checkpointLsn, endLsn, refs, storage.packs().sync());
    }

    private void write(Manifest next) {
        next.write(storage.disk(), "");
        manifest = next;
        cutLsn = next.checkpointLsn();
        storage.packs().adopted(next.packs());
    }

    /// Whether the manifest on disk says all that another one does.
    private boolean isOnDisk(Manifest next) {
        try {
            return Manifest.read(storage.disk(), "").saysAs(next);
        } catch (CorruptException | StorageException _) {
            return false;
        }
    }
}
