package coppice.testing.simulation;

import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Tasks that run when told to, on the thread that tells them, in the order of their start: the same order every
/// time.
///
/// A task also runs when somebody joins it. Sleeping lets the clock go on and takes no time. For one thread, and
/// for programs that do not wait for a task by other means than [Task#join()].
public final class SimulatedTasks implements Tasks {
    private final SimulatedClock clock;
    private final List<Once> waiting = new ArrayList<>();
    private final List<Repeated> repeated = new ArrayList<>();

    /// Tasks that live by this clock.
    public SimulatedTasks(SimulatedClock clock) {
        this.clock = clock;
    }

    @Override
    public Task start(String name, Runnable body) {
        Once task = new Once(body);
        waiting.add(task);
        return task;
    }

    @Override
    public Task every(String name, Duration pause, Runnable body) {
        Repeated task = new Repeated(pause, body);
        repeated.add(task);
        return task;
    }

    @Override
    public void sleep(Duration duration) {
        clock.pass(duration);
    }

    /// Runs what was started and has not run yet.
    public void run() {
        while (!waiting.isEmpty()) {
            waiting.getFirst().run();
        }
    }

    /// Lets time pass and runs whatever is due by then, rounds of repeating tasks included.
    public void pass(Duration duration) {
        long end = clock.nanos() + duration.toNanos();
        run();
        for (Repeated next = earliest(end); next != null; next = earliest(end)) {
            clock.pass(Duration.ofNanos(Math.max(0, next.due - clock.nanos())));
            next.round();
            run();
        }
        clock.pass(Duration.ofNanos(Math.max(0, end - clock.nanos())));
    }

    private @Nullable Repeated earliest(long end) {
        Repeated first = null;
        for (Repeated task : repeated) {
            if (task.due <= end && (first == null || task.due < first.due)) {
                first = task;
            }
        }
        return first;
    }

    private abstract class Tracked implements Task {
        private boolean over;
        private @Nullable Throwable thrown;

        final void attempt(Runnable body) {
            try {
                body.run();
            } catch (RuntimeException | Error e) {
                thrown = e;
                over = true;
            }
        }

        final void end() {
            over = true;
        }

        /// Whether it ended before the limit, by the clock that went on meanwhile.
        @Override
        public final boolean join(Duration limit) {
            long begun = clock.nanos();
            join();
            return clock.nanos() - begun <= limit.toNanos();
        }

        /// Comes too late: whoever could call it waits for the end.
        @Override
        public final void interrupt() {}

        @Override
        public final boolean ended() {
            return over;
        }

        @Override
        public final Optional<Throwable> failure() {
            return Optional.ofNullable(thrown);
        }
    }

    private final class Once extends Tracked {
        private final Runnable body;

        Once(Runnable body) {
            this.body = body;
        }

        void run() {
            if (waiting.remove(this)) {
                attempt(body);
                end();
            }
        }

        @Override
        public void stop() {}

        @Override
        public void join() {
            run();
        }
    }

    private final class Repeated extends Tracked {
        private final Duration pause;
        private final Runnable body;
        private long due;

        Repeated(Duration pause, Runnable body) {
            this.pause = pause;
            this.body = body;
            this.due = clock.nanos() + pause.toNanos();
        }

        void round() {
            attempt(body);
            due = clock.nanos() + pause.toNanos();
            if (ended()) {
                repeated.remove(this);
            }
        }

        @Override
        public void stop() {
            repeated.remove(this);
            end();
        }

        @Override
        public void join() {
            if (!ended()) {
                throw new IllegalStateException("Nothing would ever end this task: stop it first");
            }
        }
    }
}
