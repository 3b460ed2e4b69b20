package coppice.engine;

import coppice.api.DatabaseException;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps work beside the work from being in its way: rests while somebody writes, hurries while nobody does,
/// and ends when the database closes. It rests no longer than it has worked, so that work ends after twice its time
/// even beside a writer who never pauses. Safe for all threads.
final class Pace {
    private static final long REST_NANOS_MIN = 100_000;
    private static final long REST_NANOS_MAX = 2_000_000;

    private final Tasks tasks;
    private final Clock clock;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private volatile long rested;
    private volatile boolean stopped;

    Pace(Tasks tasks, Clock clock) {
        this.tasks = tasks;
        this.clock = clock;
        this.rested = clock.nanos();
    }

    /// Says that somebody writes.
    void wrote(long bytes) {
        written.addAndGet(bytes);
    }

    /// How much has been written since the database was opened, in bytes.
    long written() {
        return written.get();
    }

    /// Called by the background every millisecond of its work or so, one at a time.
    ///
    /// @throws DatabaseException.Closed when the database is being closed
    void rest() {
        if (stopped) {
            throw new DatabaseException.Closed("The database was closed while it was being tidied; it goes on with that"
                    + " when it is open again");
        }
        long now = written.get();
        long worked = clock.nanos() - rested;
        if (seen.getAndSet(now) != now) {
            tasks.sleep(Duration.ofNanos(Math.clamp(worked, REST_NANOS_MIN, REST_NANOS_MAX)));
        }
        rested = clock.nanos();
    }

    /// Ends whoever rests from now on.
    void stop() {
        stopped = true;
    }
}
