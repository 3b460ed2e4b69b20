package coppice.engine.exchange;

import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import org.jspecify.annotations.Nullable;

/// Makes durable what has arrived so far, now and then and beside the transfer, so that an attempt that is killed
/// leaves something to go on from, and little is left to be synced at the end.
final class Keeping implements AutoCloseable {
    private static final long EVERY_BYTES = 32L << 20;

    private final Tasks tasks;
    private final Runnable keep;
    private long kept;
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
        if (free && bytes - kept >= EVERY_BYTES) {
            if (last != null && last.failure().orElse(null) instanceof RuntimeException failure) {
                throw failure;
            }
            kept = bytes;
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
