package coppice.engine.lock;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Candidacy;
import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import coppice.api.structure.LockStatus;
import coppice.api.structure.NamedLock;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.Optional;

/// The API's face of a lock.
record EmbeddedLock(LockTable table, Tasks tasks, String name, LockOptions options) implements NamedLock {
    private static final long FOR_EVER = Long.MAX_VALUE;

    @Override
    public NamedLock with(LockOptions other) {
        return new EmbeddedLock(table, tasks, name, other);
    }

    @Override
    public Lease acquire() {
        return held(FOR_EVER).orElseThrow(); // it waits until there is one
    }

    @Override
    public Lease acquire(Duration limit) {
        return tryAcquire(limit).orElseThrow(this::busy);
    }

    private DatabaseException busy() {
        LockStatus status = status();
        String who = status.held()
                .map(held -> held.owner() + " has it until " + held.until())
                .orElse("it is free again now");
        return new DatabaseException.Busy(
                        ErrorCode.LOCK_HELD,
                        "The lock '" + name + "' was not to be had in time: " + who
                                + ". Wait longer, or take it away with forceRelease()")
                .with("lock", name);
    }

    @Override
    public Optional<Lease> tryAcquire(Duration limit) {
        return held(nanos(limit)).map(lease -> lease);
    }

    private Optional<EmbeddedLease> held(long nanos) {
        return table.acquire(name, options, nanos);
    }

    private static long nanos(Duration limit) {
        boolean isLong = limit.compareTo(Duration.ofNanos(FOR_EVER)) >= 0;
        return isLong ? FOR_EVER : limit.isNegative() ? 0 : limit.toNanos();
    }

    @Override
    public Optional<Lease> resume(long token) {
        return table.resume(name, token).map(lease -> lease);
    }

    @Override
    public boolean forceRelease() {
        return table.forceRelease(name);
    }

    @Override
    public LockStatus status() {
        return table.status(name);
    }

    @Override
    public Candidacy lead(Leading leading) {
        LockOptions renewed = new LockOptions(options.ttl(), true, false, options.owner());
        EmbeddedCandidacy candidacy = new EmbeddedCandidacy(
                () -> table.acquire(name, renewed, FOR_EVER).orElseThrow(), leading);
        tasks.startLight("coppice-leader", candidacy);
        return candidacy;
    }
}
