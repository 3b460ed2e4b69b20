package coppice.engine.lock;

import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/// The API's face of a lock that somebody has.
final class EmbeddedLease implements Lease {
    private final LockTable table;
    private final Hold hold;

    @SuppressWarnings("unused") // to be referred to is all it is for
    private final Object grip;

    private final AtomicBoolean isClosed = new AtomicBoolean();

    EmbeddedLease(LockTable table, Hold hold, Object grip) {
        this.table = table;
        this.hold = hold;
        this.grip = grip;
    }

    /// Has somebody told when it is over without having been closed; he must not wait.
    void whenLost(Runnable told) {
        table.whenLost(hold, told);
    }

    @Override
    public String lock() {
        return hold.lock;
    }

    @Override
    public long token() {
        return hold.token;
    }

    @Override
    public Instant until() {
        return Instant.ofEpochMilli(table.until(hold));
    }

    @Override
    public boolean isHeld() {
        return !isClosed.get() && table.isHeld(hold);
    }

    @Override
    public boolean renew() {
        return !isClosed.get() && table.renew(hold, 0);
    }

    @Override
    public boolean renew(Duration ttl) {
        long millis = LockOptions.defaults().withTtl(ttl).ttl().toMillis();
        return !isClosed.get() && table.renew(hold, millis);
    }

    @Override
    public void close() {
        if (!isClosed.getAndSet(true)) {
            table.release(hold);
        }
    }

    @Override
    public String toString() {
        return "lease " + hold.token + " of lock '" + hold.lock + "'";
    }
}
