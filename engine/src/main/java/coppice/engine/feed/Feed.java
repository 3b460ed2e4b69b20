package coppice.engine.feed;

import coppice.api.feed.ChangeBatch;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.RowChange;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A feed: a state of the branch up to which everything was told. What to tell next is found when somebody asks.
/// While it waits it holds no state: its [Lookout] knows up to where there is nothing for it.
final class Feed implements ChangeFeed {
    /// What a feed follows, and how.
    ///
    /// @param subscription the name of the durable subscription that it goes on with
    record Plan(Watched watched, RowFilter filter, boolean isCoalesced, Optional<String> subscription) {}

    /// Where a feed begins.
    ///
    /// @param at what is told already
    /// @param isBeginning whether that is nothing, and what is there is told first
    /// @param isGap whether what happened before is not known
    /// @param since behind which position it begins
    record Start(BranchState at, boolean isBeginning, boolean isGap, long since) {}

    private final Feeds feeds;
    private final Lookout lookout;
    private final Plan plan;
    private final Storage storage;
    private final Gate gate;
    private final FeedPublisher publisher;
    /// Whose turn it is to look, or to wait.
    private final ReentrantLock turn = new ReentrantLock();
    /// Guarded by the turn.
    private @Nullable Start start;

    private volatile @Nullable BranchState at;
    private volatile @Nullable BranchState taken;
    private volatile boolean waits;
    private volatile boolean closed;
    private volatile Runnable waker = () -> {};

    Feed(Feeds feeds, Lookout lookout, Plan plan, Start start, Storage storage, Gate gate) {
        this.feeds = feeds;
        this.lookout = lookout;
        this.plan = plan;
        this.storage = storage;
        this.gate = gate;
        this.start = start;
        this.at = start.at();
        this.publisher = new FeedPublisher(this, storage.tasks());
    }

    Lookout lookout() {
        return lookout;
    }

    Plan plan() {
        return plan;
    }

    /// What it waits for.
    Interest interest() {
        return plan.filter().interest();
    }

    /// Up to where it has told everything; null while it waits.
    @Nullable
    BranchState at() {
        return at;
    }

    /// Takes note of what it looks at, so that it is kept.
    void taken(BranchState state) {
        taken = state;
    }

    /// Takes note that it waits.
    void parked() {
        waits = true;
        at = null;
    }

    /// Takes note that it waits no longer.
    ///
    /// @param state up to which there is nothing for it
    void wake(BranchState state) {
        at = state;
        waits = false;
        waker.run();
    }

    /// Everything on disk that it may need.
    List<Roots.Root> roots() {
        List<Roots.Root> all = new ArrayList<>();
        for (BranchState state : new BranchState[] {at, taken}) {
            if (state != null) {
                all.addAll(state.roots());
            }
        }
        return all;
    }

    @Override
    public ChangeBatch next() {
        return next(Long.MAX_VALUE).orElseThrow();
    }

    @Override
    public Optional<ChangeBatch> next(Duration limit) {
        return next(Math.max(0, TimeUnit.NANOSECONDS.convert(limit)));
    }

    private Optional<ChangeBatch> next(long nanos) {
        long begun = storage.clock().nanos();
        try {
            if (!turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException _) {
            throw Endings.interrupted();
        }
        try {
            Thread thread = Thread.currentThread();
            waker = () -> LockSupport.unpark(thread);
            Optional<ChangeBatch> found = find();
            while (found.isEmpty()) {
                if (park() && !waited(begun, nanos)) {
                    return find();
                }
                found = find();
            }
            return found;
        } finally {
            turn.unlock();
        }
    }

    /// Waits until it is woken.
    ///
    /// @return whether it was, and not the time over
    private boolean waited(long begun, long nanos) {
        while (waits) {
            if (Thread.interrupted()) {
                lookout.unpark(this);
                throw Endings.interrupted();
            }
            long left = nanos - (storage.clock().nanos() - begun);
            if (left <= 0) {
                lookout.unpark(this);
                return false;
            }
            LockSupport.parkNanos(this, left);
        }
        return true;
    }

    private boolean park() {
        return lookout.park(this, Objects.requireNonNull(at));
    }

    @Override
    public Optional<ChangeBatch> poll() {
        if (!turn.tryLock()) {
            return Optional.empty(); // whoever has the turn gets what comes
        }
        try {
            return find();
        } finally {
            turn.unlock();
        }
    }

    /// Looks, or else has itself woken.
    ///
    /// @param wake called when there may be something
    /// @return nothing while there is nothing; it waits then
    Optional<ChangeBatch> pollOrWait(Runnable wake) {
        turn.lock();
        try {
            Optional<ChangeBatch> found = find();
            while (found.isEmpty()) {
                waker = wake;
                if (park()) {
                    return found;
                }
                found = find();
            }
            return found;
        } finally {
            turn.unlock();
        }
    }

    private Optional<ChangeBatch> find() {
        try {
            if (waits) {
                lookout.unpark(this);
            }
            while (true) {
                gate.ensureOpen();
                if (closed) {
                    throw Endings.closed();
                }
                BranchState from = Objects.requireNonNull(at);
                Start first = start;
                if (first != null && first.isGap()) {
                    start = null;
                    return Optional.of(new Batch(this, ChangeBatch.Kind.GAP, "", first.since(), from, List.of()));
                }
                Optional<Stretch> way = lookout.take(this, from, plan.isCoalesced());
                if (way.isEmpty()) {
                    return Optional.empty();
                }
                Optional<Batch> batch = batch(way.get(), first);
                start = null;
                at = way.get().after();
                taken = null;
                if (batch.isPresent()) {
                    return Optional.of(batch.get());
                }
            }
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        }
    }

    private Optional<Batch> batch(Stretch way, @Nullable Start first) {
        ChangeBatch.Kind kind;
        if (first != null && first.isBeginning()) {
            kind = ChangeBatch.Kind.CONTENT;
        } else {
            kind = way.action().isEmpty() ? ChangeBatch.Kind.SEVERAL : ChangeBatch.Kind.CHANGE;
        }
        Optional<Iterable<RowChange>> changes =
                Comparison.changes(way, plan.watched(), plan.filter(), gate, storage.roots());
        return changes.map(found -> {
            Batch batch = new Batch(this, kind, way.action(), way.before().lsn(), way.after(), found);
            if (plan.subscription().isPresent()) {
                storage.roots().hold(batch, way.after().roots()); // it may be acknowledged much later
            }
            return batch;
        });
    }

    @Override
    public String token() {
        return token(lookout.place(this, state -> state));
    }

    /// The token of a state of the branch.
    String token(BranchState state) {
        gate.ensureOpen();
        return feeds.token(lookout.branch(), state);
    }

    private String subscription() {
        return plan.subscription()
                .orElseThrow(() -> new IllegalStateException(
                        "The feed is of no subscription: open it with FeedStart.subscription(name) to acknowledge"));
    }

    @Override
    public void acknowledge() {
        String name = subscription();
        gate.ensureOpen();
        feeds.acknowledge(name, this);
    }

    @Override
    public void acknowledge(ChangeBatch batch) {
        String name = subscription();
        if (!(batch instanceof Batch mine) || mine.feed() != this) {
            throw new IllegalStateException("The batch is of another feed: acknowledge it there");
        }
        gate.ensureOpen();
        feeds.acknowledge(name, lookout.branch(), mine.after());
    }

    @Override
    public Flow.Publisher<ChangeBatch> publisher() {
        return publisher;
    }

    /// Whether it waits for something to tell.
    boolean isWaiting() {
        return waits;
    }

    /// Whether it was closed.
    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        if (feeds.leave(this)) {
            closed = true;
            lookout.unpark(this);
            publisher.closed();
        }
    }
}
