package coppice.kernel.store;

import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Runs every task to its end before its start returns, so that a test sees the same order each time.
final class InlineTasks implements Tasks {
    @Override
    public Task start(String name, Runnable body) {
        RuntimeException failure = null;
        try {
            body.run();
        } catch (RuntimeException e) {
            failure = e;
        }
        return new Ended(failure);
    }

    @Override
    public Task every(String name, Duration pause, Runnable body) {
        throw new UnsupportedOperationException("No store repeats tasks");
    }

    @Override
    public void sleep(Duration duration) {
        throw new UnsupportedOperationException("No store sleeps");
    }

    private record Ended(@Nullable RuntimeException cause) implements Task {
        @Override
        public void stop() {}

        @Override
        public void join() {}

        @Override
        public boolean join(Duration limit) {
            return true;
        }

        @Override
        public void interrupt() {}

        @Override
        public boolean ended() {
            return true;
        }

        @Override
        public Optional<Throwable> failure() {
            return Optional.ofNullable(cause);
        }
    }
}
