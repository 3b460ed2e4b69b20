package coppice.engine.feed;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.feed.ChangeFeed;
import coppice.api.feed.ChangeFilter;
import coppice.api.feed.FeedStart;
import coppice.api.feed.Subscriptions;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Settings;
import coppice.engine.refs.RefResolver;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.upkeep.Checkpoint;
import coppice.engine.upkeep.Compaction;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/// All feeds of a database, by branch. Safe for all threads.
public final class Feeds implements Subscriptions, AutoCloseable {
    private final Storage storage;
    private final Gate gate;
    private final RefResolver refs;
    private final Compaction compaction;
    private final Checkpoint checkpoint;
    private final Shelf shelf;
    private final ReentrantLock opening = new ReentrantLock();
    private final Map<LiveBranch, Lookout> lookouts = new HashMap<>(); // guarded by opening

    public Feeds(
            Storage storage,
            Gate gate,
            RefResolver refs,
            Compaction compaction,
            Checkpoint checkpoint,
            Settings settings) {
        this.storage = storage;
        this.gate = gate;
        this.refs = refs;
        this.compaction = compaction;
        this.checkpoint = checkpoint;
        this.shelf = new Shelf(storage, checkpoint, settings);
        storage.roots().keep(this::roots);
    }

    private List<Roots.Root> roots() {
        List<Lookout> all = locked(() -> new ArrayList<>(lookouts.values()));
        return all.stream().flatMap(lookout -> lookout.roots().stream()).toList();
    }

    private <T> T locked(Supplier<T> body) {
        opening.lock();
        try {
            return body.get();
        } finally {
            opening.unlock();
        }
    }

    /// Follows the spaces of a branch; see [coppice.api.Branch#watch].
    public ChangeFeed watch(LiveBranch branch, ChangeFilter filter, FeedStart from) {
        return watch(branch, Watched.SPACES, filter, from);
    }

    /// Follows the rows of a projection; see [coppice.api.projection.ProjectionView#watch].
    public ChangeFeed watch(LiveBranch branch, WatchedProjection projection, FeedStart from) {
        return watch(branch, projection, projection.filter(), from);
    }

    private ChangeFeed watch(LiveBranch branch, Watched watched, ChangeFilter filter, FeedStart from) {
        RowFilter rows = RowFilter.of(filter);
        if (!(from instanceof FeedStart.Subscription(String name, FeedStart first))) {
            return open(branch, new Feed.Plan(watched, rows, filter.isCoalesced(), Optional.empty()), from);
        }
        if (first instanceof FeedStart.Subscription) {
            throw new IllegalArgumentException("A subscription begins at a place, not at another subscription");
        }
        Feed.Plan plan = new Feed.Plan(watched, rows, filter.isCoalesced(), Optional.of(name));
        shelf.open(name);
        try {
            Optional<Acknowledged> known = shelf.find(name);
            if (known.isPresent()) {
                return resume(branch, plan, known.get());
            }
            Feed feed = open(branch, plan, first);
            return first instanceof FeedStart.Now ? begun(feed, name) : feed;
        } catch (RuntimeException failure) {
            shelf.close(name);
            throw failure;
        }
    }

    /// A new subscription begins here, whatever becomes of this feed of it.
    private Feed begun(Feed feed, String name) {
        try {
            acknowledge(name, feed);
            return feed;
        } catch (RuntimeException failure) {
            feed.close();
            throw failure;
        }
    }

    private Feed open(LiveBranch branch, Feed.Plan plan, FeedStart from) {
        return switch (from) {
            case FeedStart.Now _ -> enter(branch, plan, lookout -> start(now(lookout)));
            case FeedStart.Beginning _ -> enter(branch, plan, this::beginning);
            case FeedStart.Since(String ref) ->
                compaction.keeping(
                        () -> refs.resolve(ref),
                        commit -> enter(branch, plan, _ -> start(storage.stateAt(commit, -1))));
            case FeedStart.After(String token) -> after(branch, plan, Place.read(token));
            case FeedStart.Subscription _ -> throw new IllegalStateException("It was taken apart");
        };
    }

    private static Feed.Start start(BranchState at) {
        return new Feed.Start(at, false, false, at.lsn());
    }

    private BranchState now(Lookout lookout) {
        BranchState shown = lookout.branch().shown();
        return lookout.at(shown.lsn()).orElse(shown);
    }

    private Feed.Start beginning(Lookout lookout) {
        BranchState now = now(lookout);
        Spaces nothing = storage.roots()
                .writing(() -> Spaces.of(storage.nodes(), storage.roots(), Catalog.empty(storage.nodes())));
        return new Feed.Start(BranchState.of(now.commit(), now.committedCatalog(), nothing, -1), true, false, -1);
    }

    private Feed after(LiveBranch branch, Feed.Plan plan, Place place) {
        if (place.branchMadeAt() != branch.createdAt()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TOKEN,
                            "The token is of another branch than '" + branch.name()
                                    + "', perhaps an earlier one of that name: begin now or at the beginning")
                    .with("branch", branch.name());
        }
        if (place.lsn() < 0) {
            return enter(branch, plan, this::beginning);
        }
        return compaction.keeping(
                () -> Optional.of(place.commit())
                        .filter(commit ->
                                place.isCommit() && storage.nodes().chunks().contains(commit)),
                found -> found.<List<Roots.Root>>map(commit -> List.of(new Roots.OfCommit(commit)))
                        .orElse(List.of()),
                found -> enter(
                        branch,
                        plan,
                        lookout -> known(lookout, place.lsn(), place.commit())
                                .orElseGet(() -> found.map(
                                                commit -> start(storage.stateAt(commit, past(branch, place.lsn()))))
                                        .orElseGet(() -> gap(lookout, place.lsn())))));
    }

    /// A position of this branch that can be gone back to exactly.
    private Optional<Feed.Start> known(Lookout lookout, long lsn, Hash commit) {
        if (lsn > lookout.branch().shown().lsn()) {
            return Optional.empty();
        }
        return lookout.at(lsn)
                .or(() -> Rewind.to(lsn, commit, lookout, storage, checkpoint))
                .filter(state -> state.commit().equals(commit))
                .map(Feeds::start);
    }

    /// A position that the branch has passed: the one given, unless it is from a future that was undone by
    /// restoring an older copy.
    private static long past(LiveBranch branch, long lsn) {
        return lsn < branch.shown().lsn() ? lsn : -1;
    }

    private Feed.Start gap(Lookout lookout, long since) {
        return new Feed.Start(now(lookout), false, true, since);
    }

    private Feed resume(LiveBranch branch, Feed.Plan plan, Acknowledged place) {
        if (place.branchMadeAt() != branch.createdAt() && !place.branch().equals(branch.name())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TOKEN,
                            "The subscription follows the branch '" + place.branch() + "', not '" + branch.name()
                                    + "': take another name, or drop it first")
                    .with("branch", place.branch());
        }
        return enter(
                branch,
                plan,
                lookout -> known(lookout, place.lsn(), place.commit())
                        .orElseGet(
                                () -> shelf.isThere(place) ? start(state(branch, place)) : gap(lookout, place.lsn())));
    }

    private BranchState state(LiveBranch branch, Acknowledged place) {
        Hash committed = storage.history().read(place.commit()).catalog();
        Spaces working = Spaces.load(storage.nodes(), storage.roots(), place.working());
        return BranchState.of(place.commit(), committed, working, past(branch, place.lsn()));
    }

    private Feed enter(LiveBranch branch, Feed.Plan plan, Function<Lookout, Feed.Start> start) {
        gate.ensureOpen();
        return locked(() -> {
            branch.shown();
            Lookout lookout = lookouts.computeIfAbsent(branch, this::lookout);
            try {
                branch.settle(); // so that what readers see is a state that the lookout knows
                branch.shown();
                Feed feed = new Feed(this, lookout, plan, start.apply(lookout), storage, gate);
                lookout.feeds().add(feed);
                return feed;
            } finally {
                tidy(lookout);
            }
        });
    }

    private Lookout lookout(LiveBranch branch) {
        Lookout lookout = new Lookout(branch, storage.tasks());
        branch.watchedBy(lookout);
        return lookout;
    }

    private void tidy(Lookout lookout) {
        if (lookout.feeds().isEmpty()) {
            lookout.branch().unwatchedBy(lookout);
            lookouts.remove(lookout.branch());
        }
    }

    /// Takes a feed out.
    ///
    /// @return whether it was in
    boolean leave(Feed feed) {
        boolean was = locked(() -> {
            boolean removed = feed.lookout().feeds().remove(feed);
            if (removed) {
                tidy(feed.lookout());
            }
            return removed;
        });
        if (was) {
            feed.plan().subscription().ifPresent(shelf::close);
        }
        return was;
    }

    /// The token of a state.
    String token(LiveBranch branch, BranchState state) {
        if (state.lsn() > storage.journal().durable()) {
            storage.journal().await(state.lsn());
        }
        return Place.of(branch.createdAt(), state).token();
    }

    /// Remembers that a subscription has acknowledged where its feed is.
    void acknowledge(String name, Feed feed) {
        Object keeper = new Object();
        try {
            BranchState state = feed.lookout().place(feed, at -> {
                storage.roots().hold(keeper, at.roots());
                return at;
            });
            if (state.lsn() >= 0) {
                acknowledge(name, feed.lookout().branch(), state);
            }
        } finally {
            Reference.reachabilityFence(keeper);
        }
    }

    /// Remembers what a subscription has acknowledged.
    void acknowledge(String name, LiveBranch branch, BranchState state) {
        shelf.put(name, branch, state);
    }

    @Override
    public List<Subscription> all() {
        gate.ensureOpen();
        return shelf.all();
    }

    @Override
    public void drop(String name) {
        gate.ensureOpen();
        shelf.drop(name);
    }

    /// Ends all feeds, and whoever waits for them. The gate is closed by then.
    @Override
    public void close() {
        List<Lookout> all = locked(() -> new ArrayList<>(lookouts.values()));
        all.forEach(lookout -> lookout.end(() -> {
            gate.ensureOpen();
            return Endings.closed();
        }));
    }
}
