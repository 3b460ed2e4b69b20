package coppice.kernel.platform;

import java.time.Duration;

/// Starts work beside the caller. The kernel starts none of its own accord; whoever opens it decides.
/// Thread-safe.
public interface Tasks {
    /// Starts `body` once, at once. The name shows up in thread dumps.
    Task start(String name, Runnable body);

    /// Runs `body` again and again, `pause` after the end of the round before, the first round after one pause,
    /// until it is stopped or a round throws.
    Task every(String name, Duration pause, Runnable body);

    /// Sleeps. Returns early, the flag kept, when the calling thread is interrupted, and when the calling task
    /// is stopped.
    void sleep(Duration duration);

    /// Tasks on daemon threads of this machine.
    static Tasks threads() {
        return ThreadTasks.INSTANCE;
    }
}
