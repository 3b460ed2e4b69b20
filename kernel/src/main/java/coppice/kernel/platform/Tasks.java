package coppice.kernel.platform;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts work beside the caller. The kernel starts none of its own accord; whoever opens it decides.
/// Thread-safe.
public interface Tasks {
    /// Starts `body` once, at once. The name shows up in thread dumps.
    Task start(String name, Runnable body);

    /// Starts `body` once, at once, where that is to cost next to nothing: it is short, or waits more than it
    /// works.
    default void startLight(String name, Runnable body) {
        start(name, body);
    }

    /// Runs `body` again and again, `pause` after the end of the round before, the first round after one pause,
    /// until it is stopped or a round throws.
    Task every(String name, Duration pause, Runnable body);

    /// Sleeps. Returns early, the flag kept, when the calling thread is interrupted, and when the calling task
    /// is stopped.
    void sleep(Duration duration);

    /// Runs `body` on the caller and on `workers - 1` tasks at the same time, and returns when all have ended.
    /// What one of them throws is thrown on, the caller's first.
    ///
    /// @param body called by all of them: what there is to do it takes from something they share
    default void together(String name, int workers, Runnable body) {
        together(name, workers, body, body);
    }

    /// As [#together(String, int, Runnable)], where the caller does something else besides.
    ///
    /// @param own what the caller runs
    default void together(String name, int workers, Runnable own, Runnable body) {
        List<Task> others = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            others.add(start(name, body));
        }
        try {
            own.run();
        } finally {
            others.forEach(Task::join);
        }
        others.forEach(Task::joinOrThrow);
    }

    /// Tasks on daemon threads of this machine.
    static Tasks threads() {
        return ThreadTasks.INSTANCE;
    }
}
