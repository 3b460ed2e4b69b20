package coppice.testing.simulation;

import coppice.kernel.platform.Clock;
import java.time.Duration;

/// Time that passes only when told to. Thread-safe.
public final class SimulatedClock implements Clock {
    private long millis;
    private long nanos;

    /// A clock that shows this wall time.
    public SimulatedClock(long millis) {
        this.millis = millis;
    }

    @Override
    public synchronized long millis() {
        return millis;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    /// Lets time pass.
    public synchronized void pass(Duration duration) {
        nanos += duration.toNanos();
        millis += duration.toMillis();
    }

    /// Sets the wall time off, forwards or backwards, as administrators and time servers do.
    public synchronized void jump(Duration duration) {
        millis += duration.toMillis();
    }
}
