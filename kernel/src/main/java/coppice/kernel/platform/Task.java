package coppice.kernel.platform;

import java.time.Duration;
import java.util.Optional;

/// Work running beside its starter. Thread-safe.
public interface Task {
    /// Asks the task to end: a repeating one starts no further round, and a [Tasks#sleep] in it returns at
    /// once. Does not wait.
    void stop();

    /// Waits until the task has ended, however often the caller is interrupted meanwhile (the flag is kept).
    void join();

    /// As [#join()], for so long at most.
    ///
    /// @return whether the task has ended
    boolean join(Duration limit);

    /// As [#join()], and throws what made the task end early.
    default void joinOrThrow() {
        join();
        switch (failure().orElse(null)) {
            case Error error -> throw error;
            case RuntimeException failure -> throw failure;
            case null, default -> {}
        }
    }

    /// Interrupts what the task is doing: its thread's interrupt flag is set. Does not wait.
    void interrupt();

    /// Whether the task has ended.
    boolean ended();

    /// What made the task end early, if anything did.
    Optional<Throwable> failure();
}
