package coppice.api.structure;

import java.time.Duration;

/// How a [NamedLock] is acquired.
///
/// @param ttl how long who gets it has it: a minute unless said otherwise
/// @param isRenewed whether the lease begins anew by itself; see [#renewed()]
/// @param isKept whether the lease outlives the process; see [#kept()]
/// @param owner what [LockStatus] says of who has it; empty for the process and the thread
public record LockOptions(Duration ttl, boolean isRenewed, boolean isKept, String owner) {
    /// The longest time to have a lock for.
    public static final Duration TTL_MAX = Duration.ofDays(36_500);

    private static final LockOptions DEFAULTS = new LockOptions(Duration.ofMinutes(1), false, false, "");

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when the time is less than a millisecond or more than [#TTL_MAX], the
    ///     owner is longer than 250 characters, or the lease is to be both renewed and kept
    public LockOptions {
        if (ttl.compareTo(Duration.ofMillis(1)) < 0 || ttl.compareTo(TTL_MAX) > 0) {
            throw new IllegalArgumentException(
                    "Who gets a lock has it for 1 ms at least and 36,500 days at most, not for " + ttl);
        }
        if (owner.length() > 250) {
            throw new IllegalArgumentException(
                    "The owner of a lock is told in 250 characters at most, not in " + owner.length());
        }
        if (isRenewed && isKept) {
            throw new IllegalArgumentException(
                    "A lease that outlives the process is not renewed by itself: call renew() in time");
        }
    }

    /// A minute, not renewed, not kept.
    public static LockOptions defaults() {
        return DEFAULTS;
    }

    /// The same with another time.
    public LockOptions withTtl(Duration other) {
        return new LockOptions(other, isRenewed, isKept, owner);
    }

    /// The same with another text for who has it.
    public LockOptions withOwner(String other) {
        return new LockOptions(ttl, isRenewed, isKept, other);
    }

    /// The same, where the lease begins anew by itself whenever its time is over, for as long as the database is
    /// open and something in the program refers to the [Lease]. One that was let go of without being closed ends
    /// with its time, once the garbage collector has noticed.
    public LockOptions renewed() {
        return new LockOptions(ttl, true, isKept, owner);
    }

    /// The same, where the lease outlives the process: it is stored, and there again when the database is opened,
    /// until it is over. [NamedLock#resume] gets hold of it then. Acquiring, renewing and closing it write to the
    /// disk.
    public LockOptions kept() {
        return new LockOptions(ttl, isRenewed, true, owner);
    }
}
