package coppice.engine.feed;

import coppice.api.Range;
import coppice.engine.live.LiveBranch;
import coppice.engine.live.Watching;
import coppice.engine.log.LogRecord;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceDifference;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.ArrayList;
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
/// Feeds that wait hold no state and no thread of ours. When readers see a new state and somebody waits, a light
/// task starts, finds the keys that changed once for all, and wakes those who want them; it rests a moment
/// between two looks, and ends when nothing happens any more. So a writer pays one look at whether somebody
/// waits, and now and then the start of that task.
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
    /// Guarded by `waiting`, like the next two.
    private final Lot lot = new Lot();

    /// Up to where it was looked for those who wait; null when nobody does.
    private @Nullable BranchState seen;

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
        trail.add(entry, next, bytes);
    }

    @Override
    public void represented(BranchState next) {
        trail.represent(next);
    }

    @Override
    public void shown() {
        if (waiters > 0 && !looking.get()) {
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
                rest();
                looking.set(false);
                if (isUpToDate() || !looking.compareAndSet(false, true)) {
                    return;
                }
            }
        }
    }

    private boolean isUpToDate() {
        waiting.lock();
        try {
            BranchState last = seen;
            return waiters == 0
                    || last == null
                    || last.lsn() >= branch.lastShown().lsn();
        } finally {
            waiting.unlock();
        }
    }

    /// Keeps no more states than somebody may ask for.
    private void rest() {
        waiting.lock();
        try {
            BranchState last = seen;
            if (lot.size() == feeds.size() && last != null && last.lsn() == trail.lastLsn()) {
                trail.trim();
            }
        } finally {
            waiting.unlock();
        }
    }

    private void advance() {
        waiting.lock();
        try {
            BranchState shown = branch.lastShown();
            if (seen != null && shown.lsn() > seen.lsn()) {
                advance(seen, shown);
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
        seen = lot.size() == 0 ? null : after;
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
        BranchState last = seen;
        if (last != null) {
            lot.all().forEach(feed -> wake(feed, last));
        }
    }

    private void wake(Feed feed, BranchState at) {
        if (lot.remove(feed)) {
            waiters = lot.size();
            seen = waiters == 0 ? null : seen;
            feed.wake(at);
        }
    }

    /// Lets a feed wait, unless there may be something for it already: then it is to look itself.
    ///
    /// @param at where it is
    boolean park(Feed feed, BranchState at) {
        waiting.lock();
        try {
            if (end != null) {
                return false;
            }
            if (seen != null && at.lsn() > seen.lsn()) {
                advance(seen, at);
            }
            if (seen == null) {
                seen = at;
            } else if (seen.lsn() > at.lsn()) {
                return false;
            }
            feed.parked();
            lot.add(feed);
            waiters = lot.size();
        } finally {
            waiting.unlock();
        }
        if (branch.lastShown().lsn() > at.lsn()) {
            look();
        }
        return true;
    }

    /// Ends the waiting of a feed, if it still waits.
    void unpark(Feed feed) {
        waiting.lock();
        try {
            BranchState last = seen;
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
            BranchState last = seen;
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
            BranchState last = seen;
            if (last != null) {
                all.addAll(last.roots());
            }
            synchronized (trail) {
                all.addAll(trail.roots());
                feeds.forEach(feed -> all.addAll(feed.roots()));
            }
        } finally {
            waiting.unlock();
        }
        return all;
    }
}
