package coppice.engine.arrival;

import coppice.api.DatabaseException;
import coppice.kernel.platform.Clock;
import coppice.structure.ground.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Threads in a line, parked until they are woken, in the order in which they came. To come, to go and to wake the
/// first costs the same however many there are, so that a hundred thousand may wait.
///
/// Whoever is woken looks, and answers for what he was woken for: if he goes without it, or knows that there is
/// more, the next one is woken. So for everything that is there, somebody is awake. What came while nobody was
/// parked is remembered for who is about to park.
public final class Waiters {
    /// To wait for as long as it takes.
    public static final long FOR_EVER = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final Waiter ends = new Waiter(0); // a ring: the first is next to it, the last before it
    private long numbers;
    private boolean missed;
    private final AtomicInteger members = new AtomicInteger();

    /// One who waits. Its links are guarded by the lock.
    public static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final long number;
        private volatile boolean isAwake = true;
        private @Nullable Waiter before;
        private @Nullable Waiter behind;

        private Waiter(long number) {
            this.number = number;
        }

        /// Whether it is his turn to look.
        public boolean isAwake() {
            return isAwake;
        }
    }

    /// Nobody.
    public Waiters() {
        ends.before = ends;
        ends.behind = ends;
    }

    /// Whether nobody is here.
    public boolean isEmpty() {
        return members.get() == 0;
    }

    /// Comes. Where others are parked, so is this one.
    public Waiter enter() {
        lock.lock();
        try {
            Waiter waiter = new Waiter(++numbers);
            members.incrementAndGet();
            if (ends.behind != ends) {
                park(waiter);
            }
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /// Found nothing: is parked again at his place, unless something came meanwhile.
    public void rest(Waiter waiter) {
        lock.lock();
        try {
            if (missed) {
                missed = false;
            } else {
                park(waiter);
            }
        } finally {
            lock.unlock();
        }
    }

    private void park(Waiter waiter) {
        Waiter next = ends;
        while (before(next) != ends && before(next).number > waiter.number) {
            next = before(next);
        }
        Waiter last = before(next);
        waiter.before = last;
        waiter.behind = next;
        last.behind = waiter;
        next.before = waiter;
        waiter.isAwake = false;
    }

    private static Waiter before(Waiter waiter) {
        return Objects.requireNonNull(waiter.before);
    }

    /// Takes one out of those who are parked.
    private static void unlink(Waiter waiter) {
        Waiter last = before(waiter);
        Waiter next = Objects.requireNonNull(waiter.behind);
        last.behind = next;
        next.before = last;
        waiter.before = null;
        waiter.behind = null;
        waiter.isAwake = true;
    }

    /// Goes.
    ///
    /// @param answers whether what he was woken for needs nobody else
    /// @return who is awake because of this, to unpark
    public List<Thread> leave(Waiter waiter, boolean answers) {
        lock.lock();
        try {
            members.decrementAndGet();
            if (!waiter.isAwake) {
                unlink(waiter);
                return List.of();
            }
            return answers ? List.of() : first(1);
        } finally {
            lock.unlock();
        }
    }

    /// Wakes the first ones: something came for so many.
    ///
    /// @return who they are, to unpark
    public List<Thread> wake(long count) {
        lock.lock();
        try {
            return first(count);
        } finally {
            lock.unlock();
        }
    }

    /// Comes, and looks until there is something.
    ///
    /// @param nanos how long to wait at most; [Long#MAX_VALUE] for ever
    /// @param check fails when there is no use in waiting; called before each wait
    /// @param look called when it is this one's turn, and again when it was woken
    /// @return nothing when the time is over
    public <T> Optional<T> await(long nanos, Clock clock, Runnable check, Supplier<Line.Look<T>> look) {
        long begun = nanos == FOR_EVER ? 0 : clock.nanos();
        Waiter waiter = enter();
        boolean answers = false;
        try {
            while (isWoken(waiter, begun, nanos, clock, check)) {
                Line.Look<T> seen = look.get();
                if (seen.found().isPresent()) {
                    answers = !seen.hasMore();
                    return seen.found();
                }
                rest(waiter);
            }
            return Optional.empty();
        } finally {
            leave(waiter, answers).forEach(LockSupport::unpark);
        }
    }

    /// Waits until it is somebody's turn.
    ///
    /// @return false when the time is over before
    public boolean isWoken(Waiter waiter, long begun, long nanos, Clock clock, Runnable check) {
        while (!waiter.isAwake()) {
            check.run();
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new DatabaseException.Interrupted(
                        "The thread was interrupted while it waited in a line: nothing was done");
            }
            long left = nanos == FOR_EVER ? FOR_EVER : nanos - (clock.nanos() - begun);
            if (left <= 0) {
                return false;
            }
            park(waiter, left);
        }
        return true;
    }

    /// Parks unless he is awake by now: a check may wait for a lock, and take up what was to unpark him here. So
    /// nothing stands between this look and the parking.
    private void park(Waiter waiter, long nanos) {
        if (waiter.isAwake()) {
            return;
        }
        if (nanos == FOR_EVER) {
            LockSupport.park(this);
        } else {
            LockSupport.parkNanos(this, nanos);
        }
    }

    private List<Thread> first(long count) {
        List<Thread> woken = new ArrayList<>(1);
        for (long left = count; left > 0; left--) {
            Waiter first = Objects.requireNonNull(ends.behind);
            if (first == ends) {
                missed = members.get() > 0;
                break;
            }
            unlink(first);
            woken.add(first.thread);
        }
        return woken;
    }
}
