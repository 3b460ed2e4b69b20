package coppice.engine.upkeep;

import coppice.api.GcReport;
import coppice.api.Operation;
import coppice.api.progress.Progress;
import coppice.engine.flight.RecordedCollection;
import coppice.engine.live.Branches;
import coppice.engine.state.Roots;
import coppice.engine.storage.Storage;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.CommitLineage;
import coppice.kernel.history.Refs;
import coppice.kernel.store.StoreStatistics;
import coppice.kernel.store.Sweep;
import coppice.kernel.store.SweepResult;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes room: drops the chunks that no commit, no working state, no entry of the reflog and no reader can
/// reach, and stores versions of one thing together. Online, in steps; see [Sweep] for the protocol and the
/// generations, [Marking] for what is kept, and [Roots] for who else is reading.
///
/// After each step the manifest is written, so that the replaced files go before the next ones are made.
public final class Compaction {
    /// Young packs, and growth of everything, below which it is not worth looking: a share of a full pack.
    private static final int DUE_SHARE = 16;

    /// An idle database is looked through as soon as so much was written.
    private static final long IDLE_BYTES_MIN = 8L << 20;

    /// The whole database, for whatever can be won.
    private static final Extent WHOLE = new Extent(Sweep.OLDEST, 0.02);

    private final Storage storage;
    private final Branches branches;
    private final Checkpoint checkpoint;
    private final Retention retention;
    private final Pace pace;
    private final long dueBytes;
    private final ReentrantLock collecting = new ReentrantLock();
    /// Held while it is being found out what is live.
    private final ReentrantLock marking = new ReentrantLock();

    private volatile long sweptBytes;
    private volatile long wholeBytes;
    private volatile long failedAt;
    private volatile boolean running;
    private volatile Done done = new Done(0, Optional.empty());

    /// Collections since the database was opened.
    private record Done(long count, Optional<GcReport> last) {}

    /// How far to go.
    ///
    /// @param generation the oldest generation to look at
    /// @param wasteLimit the share of a pack that is worth rewriting it
    private record Extent(int generation, double wasteLimit) {}

    public Compaction(
            Storage storage, Branches branches, Checkpoint checkpoint, Retention retention, Pace pace, long packBytes) {
        this.storage = storage;
        this.branches = branches;
        this.checkpoint = checkpoint;
        this.retention = retention;
        this.pace = pace;
        this.dueBytes = packBytes / DUE_SHARE;
        this.sweptBytes = storedBytes();
        this.wholeBytes = sweptBytes;
    }

    /// Whether so much was written since the last time that an idle database should be looked through.
    boolean isDueWhenIdle() {
        return storedBytes() - sweptBytes > Math.max(IDLE_BYTES_MIN, sweptBytes / 4);
    }

    /// Whether enough young packs have gathered to look for what died young beside writers.
    boolean isDue() {
        long[] bytes = storage.packs().bytesByGeneration();
        long all = bytes[0] + bytes[1] + bytes[2];
        return bytes[0] > Math.max(dueBytes, all / 8) && storedBytes() > failedAt + dueBytes;
    }

    /// What is due now, as often as something is.
    void runWhileDue() {
        while (isDue()) {
            long[] bytes = storage.packs().bytesByGeneration();
            int generation = bytes[0] + bytes[1] > Math.max(4 * dueBytes, bytes[2] / 3) ? 1 : 0;
            if (storedBytes() > wholeBytes + wholeBytes / 2 + 8 * dueBytes) {
                generation = Sweep.OLDEST;
            }
            run(new Extent(generation, 0.25), Progress.none());
        }
    }

    /// Joins small packs, at the pace of those who write. Waits for a collection that is running; does not rest
    /// while one waits.
    void join() {
        collecting.lock();
        try {
            pace.begin(storedBytes());
            storage.packs().merge(_ -> restUnless(collecting));
        } finally {
            collecting.unlock();
        }
    }

    /// Says that it failed, for a reason that will be met by others too: it is not tried again at once.
    void failed() {
        failedAt = storedBytes();
    }

    /// The whole database, for whatever can be won. Waits for one that is running.
    public GcReport run(Progress progress) {
        return run(WHOLE, progress);
    }

    /// The whole database, for what is worth it.
    void runWhenIdle() {
        run(new Extent(Sweep.OLDEST, 0.25), Progress.none());
    }

    /// How many collections have ended since the database was opened.
    public long count() {
        return done.count;
    }

    /// What the last of them found.
    public Optional<GcReport> lastReport() {
        return done.last;
    }

    /// Whether one is going on.
    public boolean isRunning() {
        return running;
    }

    private GcReport run(Extent extent, Progress progress) {
        collecting.lock();
        running = true;
        try {
            return storage.meters().of(Operation.GC).time(() -> {
                RecordedCollection event = new RecordedCollection();
                GcReport report = collect(extent, progress);
                done = new Done(done.count + 1, Optional.of(report));
                event.done(extent.generation, report);
                return report;
            });
        } finally {
            running = false;
            collecting.unlock();
        }
    }

    private GcReport collect(Extent extent, Progress progress) {
        long begun = storage.clock().millis();
        long before = fileBytes();
        long pruned = retention.prune();
        SweepResult result = sweep(extent, progress);
        checkpoint.keepChunks();
        sweptBytes = storedBytes();
        if (extent.generation == Sweep.OLDEST) {
            wholeBytes = sweptBytes;
        }
        return new GcReport(
                result.chunksLive(),
                result.chunksDropped(),
                Math.max(0, result.chunksDead() - result.chunksDropped()),
                before,
                fileBytes(),
                pruned,
                Duration.ofMillis(Math.max(0, storage.clock().millis() - begun)));
    }

    private SweepResult sweep(Extent extent, Progress progress) {
        pace.begin(storedBytes());
        Telling telling = new Telling(progress, storage.packs().statistics().chunks());
        try (Sweep sweep = excluded(() -> decided(extent, telling))) {
            while (sweep.step()) {
                checkpoint.keepChunks();
                pace.rest();
            }
            return sweep.finish();
        }
    }

    /// Begins a sweep and finds out what is live.
    private Sweep decided(Extent extent, Telling telling) {
        Sweep sweep = checkpoint.beginSweep(extent.generation, extent.wasteLimit, copied -> {
            telling.copied(copied);
            restUnless(marking);
        });
        try {
            storage.roots().awaitWriters();
            Hash table = checkpoint.table();
            new Marking(storage, sweep, () -> restUnless(marking), telling::found).mark(table, branches);
            sweep.decide(
                    new CommitLineage(storage.nodes(), storage.history(), heads(table), () -> restUnless(marking)));
            telling.toCopy(sweep.chunksToCopy());
            return sweep;
        } catch (RuntimeException | Error failure) {
            sweep.close();
            throw failure;
        }
    }

    /// Does not rest while somebody waits for the end of what it holds.
    private void restUnless(ReentrantLock awaited) {
        if (awaited.hasQueuedThreads()) {
            pace.goOn();
        } else {
            pace.rest();
        }
    }

    /// Says how far a collection is: first what is live is found, then some of it is copied.
    private static final class Telling {
        private final Progress progress;
        private final long chunks;
        private long toCopy;
        private long copied;

        Telling(Progress progress, long chunks) {
            this.progress = progress;
            this.chunks = chunks;
        }

        void found(long live) {
            progress.moved("finding what is used", "chunks", live, Math.max(live, chunks));
        }

        void toCopy(long live) {
            toCopy = live;
        }

        void copied(long more) {
            if (more > 0) {
                copied += more;
                progress.moved("packing", "chunks", copied, Math.max(copied, toCopy));
            }
        }
    }

    private List<Hash> heads(Hash table) {
        List<Hash> heads = new ArrayList<>();
        branches.states().forEach(state -> heads.add(state.commit()));
        for (Refs.Ref ref : Refs.load(storage.nodes(), table).list("")) {
            Hash commit = ref.value().commit();
            if (commit != null) {
                heads.add(commit);
            }
        }
        return heads.stream().distinct().toList();
    }

    /// Does something while it is not being found out what is live: refers to a commit that nothing may have
    /// referred to until now, or looks at everything.
    public <T> T excluded(Supplier<T> body) {
        marking.lock();
        try {
            return body.get();
        } finally {
            marking.unlock();
        }
    }

    /// Whether it is being found out what is live, so that [#excluded] would wait.
    public boolean isMarking() {
        return marking.isLocked();
    }

    /// Finds something while it is not being found out what is live, and does something with it while it is kept.
    ///
    /// @param roots what of it to keep
    public <F, T> T keeping(Supplier<F> find, Function<F, List<Roots.Root>> roots, Function<F, T> body) {
        Object keeper = new Object();
        record Kept<K>(K found, Roots.Hold hold) {}
        Kept<F> kept = excluded(() -> {
            F found = find.get();
            return new Kept<>(found, storage.roots().hold(keeper, roots.apply(found)));
        });
        try {
            return body.apply(kept.found());
        } finally {
            kept.hold().release();
            Reference.reachabilityFence(keeper);
        }
    }

    /// As [#keeping(Supplier, Function, Function)], for a commit.
    public <T> T keeping(Supplier<Hash> find, Function<Hash, T> body) {
        return keeping(find, commit -> List.of(new Roots.OfCommit(commit)), body);
    }

    private long storedBytes() {
        return storage.packs().statistics().storedBytes();
    }

    private long fileBytes() {
        StoreStatistics sizes = storage.packs().statistics();
        return sizes.storedBytes() + sizes.indexBytes();
    }
}
