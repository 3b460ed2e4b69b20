package coppice.engine.lock;

import coppice.api.structure.LockStatus;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A lock that somebody has: what all leases of one token share. What is not final is guarded by the table.
/// Moments are in milliseconds since 1970 UTC.
final class Hold {
    /// By when they end.
    static final Comparator<Hold> BY_END =
            Comparator.<Hold>comparingLong(hold -> hold.until).thenComparingLong(hold -> hold.token);

    final String lock;
    final long token;
    private final String owner;
    private final long since;

    private WeakReference<Object> grip;
    private @Nullable Thread thread; // who may have it once more
    private long until;
    private long ttl;
    private int count = 1;
    private boolean isRenewed;
    private boolean isKept;
    private boolean isOver;
    private Runnable whenLost = () -> {};

    /// Gives a lock to one who claims it.
    Hold(long token, long now, Claim claim) {
        this.lock = claim.lock;
        this.token = token;
        this.owner = claim.owner();
        this.since = now;
        this.grip = new WeakReference<>(claim.grip);
        this.thread = claim.thread;
        begin(now, claim);
    }

    /// One that was kept.
    Hold(String lock, KeptLease kept) {
        this.lock = lock;
        this.token = kept.token();
        this.owner = kept.owner();
        this.since = kept.since();
        this.grip = new WeakReference<>(null);
        this.until = kept.until();
        this.ttl = kept.ttl();
        this.isKept = true;
    }

    private void begin(long now, Claim claim) {
        ttl = claim.options.ttl().toMillis();
        until = Math.max(until, now + ttl);
        isRenewed |= claim.options.isRenewed();
        isKept |= claim.options.isKept();
    }

    /// Whether a thread may have it once more.
    boolean isOf(Thread other) {
        return other.equals(thread);
    }

    /// The same thread has it once more.
    void again(long now, Claim claim) {
        count++;
        begin(now, claim);
        share(claim);
    }

    /// Somebody gets hold of it again.
    void resume(Claim claim) {
        if (thread == null) {
            thread = claim.thread;
        }
        share(claim);
    }

    private void share(Claim claim) {
        Object shared = grip.get();
        if (shared == null) {
            grip = new WeakReference<>(claim.grip);
        } else {
            claim.grip = shared;
        }
    }

    /// One lease less.
    ///
    /// @return whether it was the last one
    boolean isLast() {
        count--;
        if (count == 0) {
            thread = null; // nobody enters any more
        }
        return count == 0;
    }

    long until() {
        return until;
    }

    long ttl() {
        return ttl;
    }

    void until(long moment) {
        until = moment;
    }

    boolean isKept() {
        return isKept;
    }

    boolean isOver() {
        return isOver;
    }

    /// Whether it begins anew by itself when its time is over.
    boolean goesOn() {
        return isRenewed && grip.get() != null;
    }

    void whenLost(Runnable told) {
        whenLost = told;
    }

    /// @param isLost whether that is not what its holder wanted
    void end(boolean isLost) {
        isOver = true;
        if (isLost) {
            whenLost.run();
        }
    }

    /// As it is stored.
    KeptLease kept() {
        return new KeptLease(token, since, until, ttl, owner);
    }

    /// As it is shown.
    LockStatus.Held shown() {
        return new LockStatus.Held(
                owner, token, Instant.ofEpochMilli(since), Instant.ofEpochMilli(until), Math.max(1, count), isKept);
    }
}
