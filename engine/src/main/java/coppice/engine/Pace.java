package coppice.engine;

import coppice.api.DatabaseException;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps work beside the work from being in its way: rests while somebody writes, hurries while nobody does,
/// and ends when the database closes. Safe for all threads.
final class Pace {
    private static final Duration REST = Duration.ofMillis(2);

    private final Tasks tasks;
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong seen = new AtomicLong();
    private volatile boolean stopped;

    Pace(Tasks tasks) {
        this.tasks = tasks;
    }

    /// Says that somebody writes.
    void wrote(long bytes) {
        written.addAndGet(bytes);
    }

    /// How much has been written since the database was opened, in bytes.
    long written() {
        return written.get();
    }

    /// Called by the background every millisecond of its work or so.
    ///
    /// @throws DatabaseException.Closed when the database is being closed
    void rest() {
        if (stopped) {
            throw new DatabaseException.Closed("The database was closed while it was being tidied; it goes on with that"
                    + " when it is open again");
        }
        long now = written.get();
        if (seen.getAndSet(now) != now) {
            tasks.sleep(REST);
        }
    }

    /// Ends whoever rests from now on.
    void stop() {
        stopped = true;
    }
}
