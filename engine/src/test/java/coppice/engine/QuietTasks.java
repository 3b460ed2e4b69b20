package coppice.engine;

import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;

/// Tasks on threads, of which none runs by the clock.
class QuietTasks implements Tasks {
    @Override
    public Task start(String name, Runnable body) {
        return Tasks.threads().start(name, body);
    }

    @Override
    public Task every(String name, Duration pause, Runnable body) {
        return Tasks.threads().start(name, () -> {});
    }

    @Override
    public void sleep(Duration duration) {
        Tasks.threads().sleep(duration);
    }
}
