package coppice.engine.lock;

import coppice.api.DatabaseException;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.engine.arrival.Alarm;
import coppice.engine.live.Settings;
import coppice.engine.storage.Gate;
import coppice.engine.storage.Storage;
import coppice.engine.terms.Failures;
import coppice.kernel.platform.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// All locks of an open database that somebody has or waits for. Whoever gives a lock back gives it to who waits
/// first; nobody comes between. What has ended is found out when somebody looks, and by an alarm while somebody
/// waits.
final class LockTable {
    private static final long NEVER = Long.MAX_VALUE;

    /// One lock: who has it, and who waits, in the order of coming. There is none that nobody has.
    private static final class Place {
        private @Nullable Hold hold;
        private final LinkedHashSet<Claim> waiting = new LinkedHashSet<>();
    }

    private final Gate gate;
    private final Clock clock;
    private final Tokens tokens;
    private final KeptLeases kept;
    private final Alarm alarm;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final Map<String, Place> places = new HashMap<>();
    private final NavigableSet<Hold> ends = new TreeSet<>(Hold.BY_END);
    private final AtomicInteger waiting = new AtomicInteger(); // read by the alarm without it

    LockTable(Storage storage, Settings settings, Gate gate) {
        this.gate = gate;
        this.clock = storage.clock();
        this.tokens = new Tokens(settings, storage.journal());
        this.kept = new KeptLeases(settings);
        this.alarm = new Alarm(clock, storage.tasks(), () -> waiting.get() > 0, this::tidy);
        kept.load(clock.millis(), this::restore);
    }

    private void restore(String name, KeptLease lease) {
        Hold hold = new Hold(name, lease);
        Place place = new Place();
        place.hold = hold;
        places.put(name, place);
        ends.add(hold);
    }

    /// Does something with the table as it is now.
    private <T> T locked(LongFunction<T> body) {
        lock.lock();
        try {
            return body.apply(settle());
        } finally {
            if (waiting.get() > 0 && !ends.isEmpty()) {
                alarm.at(ends.first().until());
            }
            lock.unlock();
        }
    }

    /// Ends what is over.
    ///
    /// @return now
    private long settle() {
        long now = clock.millis();
        while (!ends.isEmpty() && ends.first().until() <= now) {
            Hold first = ends.removeFirst();
            if (first.goesOn()) {
                first.until(now + first.ttl());
                ends.add(first);
            } else {
                end(first, now, true);
            }
        }
        return now;
    }

    /// Ends one, and gives the lock to who waits first.
    private void end(Hold hold, long now, boolean isLost) {
        ends.remove(hold);
        hold.end(isLost);
        Place place = place(hold);
        if (place.waiting.isEmpty()) {
            places.remove(hold.lock);
            return;
        }
        Claim next = place.waiting.removeFirst();
        waiting.decrementAndGet();
        give(place, next, now);
        LockSupport.unpark(next.thread);
    }

    private Place place(Hold hold) {
        Place place = places.get(hold.lock);
        if (place == null) {
            throw new IllegalStateException("The lock '" + hold.lock + "' is held by nobody");
        }
        return place;
    }

    private void give(Place place, Claim claim, long now) {
        Hold hold = new Hold(tokens.take(), now, claim);
        place.hold = hold;
        claim.hold = hold;
        ends.add(hold);
    }

    /// Gets a lock.
    ///
    /// @param nanos how long to wait; [Long#MAX_VALUE] for ever
    /// @return nothing when the time is over
    Optional<EmbeddedLease> acquire(String name, LockOptions options, long nanos) {
        gate.ensureOpen();
        Failures.guarded(() -> {
            tokens.promise();
            return true;
        });
        Claim claim = new Claim(name, options);
        enter(claim, nanos > 0);
        if (nanos > 0) {
            await(claim, nanos);
        }
        return Optional.ofNullable(claim.hold).map(hold -> {
            store(hold);
            return new EmbeddedLease(this, hold, claim.grip);
        });
    }

    private void enter(Claim claim, boolean waits) {
        locked(now -> {
            gate.ensureOpen();
            Place place = places.computeIfAbsent(claim.lock, _ -> new Place());
            Hold hold = place.hold;
            if (hold == null) {
                give(place, claim, now);
            } else if (hold.isOf(claim.thread)) {
                ends.remove(hold);
                hold.again(now, claim);
                ends.add(hold);
                claim.hold = hold;
            } else if (waits) {
                place.waiting.add(claim);
                waiting.incrementAndGet();
            }
            return true;
        });
    }

    private void await(Claim claim, long nanos) {
        boolean isWanted = false;
        try {
            park(claim, nanos);
            isWanted = true;
        } finally {
            if (!isWanted || claim.hold == null) {
                leave(claim, isWanted);
            }
        }
    }

    /// Waits until the lock is his, or the time is over.
    private void park(Claim claim, long nanos) {
        long begun = nanos == NEVER ? 0 : clock.nanos();
        while (claim.hold == null) {
            gate.ensureOpen();
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new DatabaseException.Interrupted("The thread was interrupted while it waited for the lock '"
                        + claim.lock + "': it was not acquired");
            }
            if (nanos == NEVER) {
                LockSupport.park(this);
                continue;
            }
            long left = nanos - (clock.nanos() - begun);
            if (left <= 0) {
                return;
            }
            LockSupport.parkNanos(this, left);
        }
    }

    /// Waits no longer. What was given to him meanwhile is the next one's, unless he wants it.
    private void leave(Claim claim, boolean isWanted) {
        locked(now -> {
            Hold hold = claim.hold;
            Place place = places.get(claim.lock);
            if (hold == null) {
                if (place != null && place.waiting.remove(claim)) {
                    waiting.decrementAndGet();
                }
            } else if (!isWanted && !hold.isOver()) {
                end(hold, now, false);
            }
            return true;
        });
    }

    /// Has a lease outlive the process, if it is to.
    private void store(Hold hold) {
        Optional<KeptLease> lease = locked(_ -> hold.isKept() ? Optional.of(hold.kept()) : Optional.empty());
        if (lease.isEmpty()) {
            return;
        }
        try {
            kept.put(hold.lock, lease.get());
        } catch (RuntimeException failure) {
            locked(now -> over(hold, now, true));
            throw Failures.translated(failure);
        }
        if (locked(_ -> hold.isOver())) {
            forget(hold); // it ended while it was written
        }
    }

    private boolean over(Hold hold, long now, boolean isLost) {
        if (!hold.isOver()) {
            end(hold, now, isLost);
        }
        return true;
    }

    private void forget(Hold hold) {
        Failures.guarded(() -> {
            kept.remove(hold.lock, hold.token);
            return true;
        });
    }

    /// Gives one lease back.
    void release(Hold hold) {
        boolean isForgotten = locked(now -> {
            if (hold.isOver() || !hold.isLast()) {
                return false;
            }
            if (!hold.isKept()) {
                end(hold, now, false);
            }
            return hold.isKept();
        });
        if (isForgotten) {
            try {
                forget(hold);
            } finally {
                locked(now -> over(hold, now, false));
            }
        }
    }

    /// Takes a lock away.
    ///
    /// @return whether somebody had it
    boolean forceRelease(String name) {
        Optional<Hold> found = locked(_ -> held(name));
        found.ifPresent(hold -> {
            if (hold.isKept()) {
                forget(hold);
            }
            locked(now -> over(hold, now, true));
        });
        return found.isPresent();
    }

    private Optional<Hold> held(String name) {
        gate.ensureOpen();
        return Optional.ofNullable(places.get(name)).map(place -> place.hold);
    }

    /// Gets hold of a lease that is held still.
    Optional<EmbeddedLease> resume(String name, long token) {
        Claim claim = new Claim(name, LockOptions.defaults());
        return locked(_ -> held(name).filter(hold -> hold.token == token).map(hold -> {
            hold.resume(claim);
            return new EmbeddedLease(this, hold, claim.grip);
        }));
    }

    /// Begins the time of one anew.
    ///
    /// @param millis how long; 0 for as long as it was acquired for
    boolean renew(Hold hold, long millis) {
        gate.ensureOpen();
        boolean isHeld = locked(now -> {
            if (!hold.isOver()) {
                ends.remove(hold);
                hold.until(now + (millis == 0 ? hold.ttl() : millis));
                ends.add(hold);
            }
            return !hold.isOver();
        });
        if (isHeld) {
            store(hold);
        }
        return isHeld;
    }

    boolean isHeld(Hold hold) {
        return locked(_ -> !hold.isOver());
    }

    long until(Hold hold) {
        return locked(_ -> hold.until());
    }

    /// Has somebody told when a lease is over that was not given back; at once when it is. He must not wait.
    void whenLost(Hold hold, Runnable told) {
        locked(_ -> {
            if (hold.isOver()) {
                told.run();
            } else {
                hold.whenLost(told);
            }
            return true;
        });
    }

    LockStatus status(String name) {
        return locked(_ -> {
            gate.ensureOpen();
            Place place = places.get(name);
            return place == null ? new LockStatus(name, Optional.empty(), 0) : shown(name, place);
        });
    }

    private static LockStatus shown(String name, Place place) {
        return new LockStatus(name, Optional.ofNullable(place.hold).map(Hold::shown), place.waiting.size());
    }

    List<LockStatus> all() {
        return locked(_ -> {
            gate.ensureOpen();
            return places.entrySet().stream()
                    .map(entry -> shown(entry.getKey(), entry.getValue()))
                    .sorted(Comparator.comparing(LockStatus::name))
                    .toList();
        });
    }

    /// Ends what is over, and lets go of the alarm if nobody needs it.
    void tidy() {
        locked(_ -> true);
        alarm.tidy();
    }

    /// Ends everything. The gate is closed by then, so that nobody comes after.
    void close() {
        alarm.end();
        lock.lock();
        try {
            for (Place place : places.values()) {
                Optional.ofNullable(place.hold).ifPresent(hold -> hold.end(true));
                place.waiting.forEach(claim -> LockSupport.unpark(claim.thread));
            }
            places.clear();
            ends.clear();
            waiting.set(0);
        } finally {
            lock.unlock();
        }
    }
}
