package coppice.engine.feed;

import coppice.api.Range;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Watching;
import coppice.engine.log.LogRecord;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceDifference;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What there is for a branch that is followed: its latest states, the feeds, and who of them waits.
///
/// Feeds that wait hold no state and no thread of ours. A writer looks up whether somebody waits for one of its
/// keys, a lookup for each length of prefix; if so, and when readers see the state, a light task starts, finds
/// the keys that changed once for all, and wakes those who want them. It rests a moment between two looks, and
/// ends when there is nothing for anybody.
///
/// Locks are taken in this order: a feed's turn, this one's lot, the trail.
final class Lookout implements Watching {
    /// Between two looks. Who waits is told so much later at most, if somebody else was told just before.
    private static final Duration REST = Duration.ofNanos(500_000);

    private final LiveBranch branch;
    private final Tasks tasks;
    private final Trail trail = new Trail();
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();
    private final ReentrantLock waiting = new ReentrantLock();
    private final AtomicBoolean looking = new AtomicBoolean();
    /// Changed under `waiting` and the trail's monitor; either is enough to read it.
    private final Lot lot = new Lot();

    /// Up to where there is nothing for those who wait; null when nobody does. Guarded by the trail's monitor.
    private @Nullable BranchState seen;

    /// Whether there may be something behind that. Set under the trail's monitor.
    private volatile boolean concerned;

    private volatile @Nullable Supplier<RuntimeException> end;
    private volatile int waiters;

    Lookout(LiveBranch branch, Tasks tasks) {
        this.branch = branch;
        this.tasks = tasks;
    }

    LiveBranch branch() {
        return branch;
    }

    Set<Feed> feeds() {
        return feeds;
    }

    /// The state of a position if it is known.
    Optional<BranchState> at(long lsn) {
        return trail.at(lsn);
    }

    /// Puts earlier states in front of those that are known, if there is room for them.
    ///
    /// @return whether they are known now
    boolean learn(List<Trail.Step> earlier) {
        return trail.prepend(earlier);
    }

    @Override
    public void recorded(LogRecord entry, BranchState next, int bytes) {
        synchronized (trail) {
            boolean isWatched = waiters > 0 && !concerned;
            if (isWatched && concerns(LogRecord.written(entry), LogRecord.isQuiet(entry))) {
                concerned = true;
            } else if (isWatched) {
                seen = next;
                if (waiters == feeds.size()) {
                    trail.restart(next); // nobody has anything left to look at
                    return;
                }
            }
            trail.add(entry, next, bytes);
        }
    }

    /// Whether somebody who waits may have to be told.
    private boolean concerns(Optional<List<SpaceWrites>> writes, boolean isQuiet) {
        return !isQuiet && (writes.isEmpty() || concerns(writes.get()));
    }

    private boolean concerns(List<SpaceWrites> writes) { // by plain loops: each writer comes by here
        for (SpaceWrites one : writes) {
            if (lot.hasAny(one.space(), one.keys())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void represented(BranchState next) {
        trail.represent(next);
    }

    @Override
    public void shown() {
        if (concerned && !looking.get()) {
            look();
        }
    }

    @Override
    public void ended(Optional<String> newName) {
        end(() -> Endings.gone(branch.name(), newName));
    }

    /// Ends all feeds, once each has told what is before the end.
    void end(Supplier<RuntimeException> reason) {
        waiting.lock();
        try {
            end = reason;
            wakeAll();
        } finally {
            waiting.unlock();
        }
    }

    private void look() {
        if (looking.compareAndSet(false, true)) {
            tasks.startLight("coppice-lookout", this::lookOut);
        }
    }

    private void lookOut() {
        while (true) {
            advance();
            tasks.sleep(REST);
            if (isUpToDate()) {
                looking.set(false);
                if (isUpToDate() || !looking.compareAndSet(false, true)) {
                    return;
                }
            }
        }
    }

    private boolean isUpToDate() {
        synchronized (trail) {
            BranchState last = seen;
            return !concerned
                    || last == null
                    || last.lsn() >= branch.lastShown().lsn();
        }
    }

    private void advance() {
        waiting.lock();
        try {
            BranchState shown = branch.lastShown();
            BranchState last = seen();
            if (last != null && shown.lsn() > last.lsn()) {
                advance(last, shown);
            }
        } finally {
            waiting.unlock();
        }
    }

    private void advance(BranchState before, BranchState after) {
        Set<Feed> woken = new LinkedHashSet<>();
        try {
            Stretch way = trail.way(before, after.lsn(), true).orElseGet(() -> Stretch.between(before, after));
            for (String space : way.names(Watched.SPACES)) {
                find(way, space, woken);
            }
        } catch (RuntimeException _) {
            woken.addAll(lot.all()); // whoever looks himself meets what is wrong
        }
        for (Feed feed : woken) {
            wake(feed, before);
        }
        synchronized (trail) {
            seen = lot.size() == 0 ? null : after;
            concerned = false;
            if (seen != null) {
                Optional<Stretch> rest = trail.way(after, trail.lastLsn(), true);
                concerned = rest.map(
                                way -> way.legs().orElseThrow().stream().anyMatch(leg -> concerns(leg.writes(), false)))
                        .orElse(true);
                seen = concerned ? after : rest.orElseThrow().after();
            }
        }
    }

    private @Nullable BranchState seen() {
        synchronized (trail) {
            return seen;
        }
    }

    private void find(Stretch way, String space, Set<Feed> found) {
        Lot.InSpace there = lot.in(space);
        if (there.isEmpty()) {
            return;
        }
        var keys = way.keys(Watched.SPACES, space);
        if (keys.isPresent()) {
            keys.get().forEach(key -> there.find(key, found));
            return;
        }
        SpaceDifference difference =
                SpaceDifference.of(way.before().space(space), way.after().space(space), Range.all());
        while (found.size() < lot.size() && difference.next()) {
            there.find(difference.key(), found);
        }
    }

    private void wakeAll() {
        BranchState last = seen();
        if (last != null) {
            lot.all().forEach(feed -> wake(feed, last));
        }
    }

    private void wake(Feed feed, BranchState at) {
        synchronized (trail) {
            if (!lot.remove(feed)) {
                return;
            }
            waiters = lot.size();
            seen = waiters == 0 ? null : seen;
            concerned &= waiters > 0;
            feed.wake(at);
        }
    }

    /// Lets a feed wait, unless it was closed or there may be something for it already: then it is to look itself.
    ///
    /// @param at where it is
    boolean park(Feed feed, BranchState at) {
        waiting.lock();
        try {
            if (end != null || feed.isClosed()) { // who closes it wakes only who waits already
                return false;
            }
            BranchState last = seen();
            if (last != null && at.lsn() > last.lsn()) {
                advance(last, at);
            }
            synchronized (trail) {
                parkAt(feed, at);
            }
        } finally {
            waiting.unlock();
        }
        if (concerned && branch.lastShown().lsn() > at.lsn()) {
            look();
        }
        return true;
    }

    /// With both locks held. What came since it looked was not looked at for it yet.
    private void parkAt(Feed feed, BranchState at) {
        Optional<Stretch> rest = trail.way(at, trail.lastLsn(), true);
        boolean isNews = rest.map(way -> way.legs().orElseThrow().stream().anyMatch(leg -> isNews(feed, leg)))
                .orElse(true);
        feed.parked();
        lot.add(feed);
        waiters = lot.size();
        BranchState last = seen;
        if (isNews) {
            concerned = true;
            seen = last == null || at.lsn() < last.lsn() ? at : last;
        } else if (last == null) {
            seen = rest.orElseThrow().after();
        }
    }

    private static boolean isNews(Feed feed, Stretch.Leg leg) {
        Interest interest = feed.interest();
        return leg.writes()
                .map(all -> all.stream()
                        .filter(one -> interest.fitsSpace(one.space()))
                        .anyMatch(one -> Arrays.stream(one.keys()).anyMatch(interest.keys()::fits)))
                .orElse(true);
    }

    /// Ends the waiting of a feed, if it still waits.
    void unpark(Feed feed) {
        waiting.lock();
        try {
            BranchState last = seen();
            if (last != null) {
                wake(feed, last);
            }
        } finally {
            waiting.unlock();
        }
    }

    /// Looks at where a feed is that may wait, while it stays there or is kept by somebody else.
    <T> T place(Feed feed, Function<BranchState, T> look) {
        waiting.lock();
        try {
            BranchState last = seen();
            BranchState own = feed.at();
            return look.apply(own != null || last == null ? Objects.requireNonNull(own) : last);
        } finally {
            waiting.unlock();
        }
    }

    /// What a feed has to look at next, and takes it there.
    ///
    /// @return nothing when it is at the end of what may be seen
    Optional<Stretch> take(Feed feed, BranchState at, boolean isCoalesced) {
        synchronized (trail) {
            BranchState shown = branch.lastShown();
            Supplier<RuntimeException> over = end;
            long last = over == null ? shown.lsn() : Math.max(shown.lsn(), trail.lastLsn());
            if (last <= at.lsn()) {
                if (over != null) {
                    throw over.get();
                }
                return Optional.empty();
            }
            BranchState newest = trail.at(last).orElse(shown);
            Stretch way = trail.way(at, last, isCoalesced).orElseGet(() -> Stretch.between(at, newest));
            feed.taken(way.after());
            return Optional.of(way);
        }
    }

    /// Everything on disk that feeds and the states here may need.
    List<Roots.Root> roots() {
        List<Roots.Root> all = new ArrayList<>();
        waiting.lock();
        try {
            synchronized (trail) {
                BranchState last = seen;
                if (last != null) {
                    all.addAll(last.roots());
                }
                all.addAll(trail.roots());
                feeds.forEach(feed -> all.addAll(feed.roots()));
            }
        } finally {
            waiting.unlock();
        }
        return all;
    }
}
