package coppice.engine.exchange;

import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import org.jspecify.annotations.Nullable;

/// Makes durable what has arrived so far, now and then and beside the transfer, so that an attempt that is killed
/// leaves something to go on from: each time when 256 MiB more have arrived. Those are brought again in less than a
/// second; and while something is kept, a file system lets nobody else write.
final class Keeping implements AutoCloseable {
    /// So much is brought again at most, by an attempt that goes on with one that was killed.
    private static final long LOST_MAX_BYTES = 256L << 20;

    private final Tasks tasks;
    private final Runnable keep;
    private long keepAt = LOST_MAX_BYTES;
    private @Nullable Task running;

    Keeping(Tasks tasks, Runnable keep) {
        this.tasks = tasks;
        this.keep = keep;
    }

    /// Says how much has arrived.
    ///
    /// @throws RuntimeException what the last time failed with
    void arrived(long bytes) {
        Task last = running;
        boolean free = last == null || last.ended();
        if (free && bytes >= keepAt) {
            if (last != null && last.failure().orElse(null) instanceof RuntimeException failure) {
                throw failure;
            }
            keepAt = bytes + LOST_MAX_BYTES;
            running = tasks.start("coppice-keep", keep);
        }
    }

    /// Waits until nothing runs beside the caller. What failed last will fail again when all is kept.
    @Override
    public void close() {
        Task last = running;
        if (last != null) {
            last.join();
        }
    }
}
