package coppice.engine.upkeep;

import coppice.api.DatabaseException;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps work beside the work from being in its way: rests while somebody writes, hurries while nobody does,
/// and ends when the database closes. All threads may write; one at a time works and rests.
///
/// Beside writers it works in short stretches and rests as long after each. What cannot be cut and took long (a sync, a
/// file that goes) may have held up whoever wrote just then: a rest follows in which so many write that it was
/// one in some hundred. An allowance bounds these long rests, and there are none when much has been written meanwhile.
/// So work ends after twice its time and the allowance even beside writers who never pause, and keeps up with fast
/// ones.
public final class Pace {
    /// Less than a durable write takes, about: so long a writer may have to wait for a processor.
    private static final long STRETCH_NANOS = 100_000;

    private static final long LONG_NANOS = 1_000_000;
    private static final long LONG_REST_NANOS = 80_000_000;
    private static final long REST_NANOS_MAX = 2_000_000;

    /// Who wrote so long ago is a writer still.
    private static final long WRITER_NANOS = 20_000_000;

    /// Of what there is, so much may be written while the work has time.
    private static final int GROWTH_SHARE = 8;

    private static final long GROWTH_BYTES_MIN = 4L << 20;
    private static final long ALLOWANCE_NANOS = 30_000_000_000L;
    private static final long ALLOWANCE_BYTES = 1L << 30;

    private final Tasks tasks;
    private final Clock clock;
    private final AtomicLong written = new AtomicLong();
    /// Of whoever rests, one at a time.
    private long seen;

    private long seenAt;
    private long rested;
    private long allowance;
    private long hurryAt;
    private volatile boolean stopped;

    public Pace(Tasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
        this.rested = clock.nanos();
        this.seenAt = rested - WRITER_NANOS;
    }

    /// Says that somebody writes.
    void wrote(long bytes) {
        written.addAndGet(bytes);
    }

    /// How much has been written since the database was opened, in bytes.
    long written() {
        return written.get();
    }

    /// Begins work that has to do with so many bytes. For each GiB, and for the first, it may rest long for half a
    /// minute, as long as no eighth of the bytes has been written meanwhile.
    void begin(long bytes) {
        allowance = Math.max(ALLOWANCE_NANOS, (long) ((double) ALLOWANCE_NANOS * bytes / ALLOWANCE_BYTES));
        hurryAt = written.get() + Math.max(GROWTH_BYTES_MIN, bytes / GROWTH_SHARE);
        rested = clock.nanos();
    }

    /// Called by the background between any two pieces of its work; costs nothing before a stretch is over.
    ///
    /// @throws DatabaseException.Closed when the database is being closed
    void rest() {
        goOn();
        long now = clock.nanos();
        long worked = now - rested;
        if (worked < STRETCH_NANOS) {
            return;
        }
        long all = written.get();
        if (all != seen) {
            seen = all;
            seenAt = now;
        }
        if (now - seenAt < WRITER_NANOS) {
            tasks.sleep(Duration.ofNanos(worked < LONG_NANOS ? worked : longRest(worked)));
        }
        rested = clock.nanos();
    }

    private long longRest(long worked) {
        long rest = written.get() < hurryAt ? Math.min(allowance, LONG_REST_NANOS) : 0;
        allowance -= rest;
        return Math.max(rest, Math.min(worked, REST_NANOS_MAX));
    }

    /// Called instead of [#rest()] while somebody waits for the work.
    ///
    /// @throws DatabaseException.Closed when the database is being closed
    void goOn() {
        if (stopped) {
            throw new DatabaseException.Closed("The database was closed while it was being tidied; it goes on with that"
                    + " when it is open again");
        }
    }

    /// Ends whoever rests from now on.
    void stop() {
        stopped = true;
    }
}
