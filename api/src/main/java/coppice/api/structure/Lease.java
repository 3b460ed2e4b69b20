package coppice.api.structure;

import java.time.Duration;
import java.time.Instant;

/// A [NamedLock] that somebody has, for a time. Closing it gives the lock back, and who waits first gets it.
///
/// Safe for use by many threads, and may be closed by another thread than the one that acquired it. No call waits;
/// those on a lease of [LockOptions#kept()] that change something write to the disk.
public interface Lease extends AutoCloseable {
    /// The name of the lock.
    String lock();

    /// The fencing token: greater than those of all leases of the database before this one.
    long token();

    /// When it ends unless it is renewed; when it ended, once it is over.
    Instant until();

    /// Whether it is held now: it was not closed, its time is not over, nobody took it away, and the database is
    /// open.
    boolean isHeld();

    /// Begins its time anew: as long as it was acquired for, from now on.
    ///
    /// @return whether it is held; false when it is over, also if nobody else has the lock
    /// @throws coppice.api.DatabaseException.Closed when the database was closed
    boolean renew();

    /// As [#renew()], for another time from now on, which may end earlier.
    ///
    /// @throws IllegalArgumentException when the time is less than a millisecond, or more than
    ///     [LockOptions#TTL_MAX]
    boolean renew(Duration ttl);

    /// Gives it back. Where the thread had the lock several times, it keeps it until all of these leases are
    /// closed. Does nothing when it is over. Idempotent.
    @Override
    void close();
}
