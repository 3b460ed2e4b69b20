package coppice.kernel.platform;

/// Time, as handed in from outside. Thread-safe.
public interface Clock {
    /// Milliseconds since 1970-01-01 UTC. May jump in either direction.
    long millis();

    /// Nanoseconds since an arbitrary moment; never goes back.
    long nanos();

    /// The machine's clock.
    static Clock system() {
        return SystemClock.INSTANCE;
    }
}
