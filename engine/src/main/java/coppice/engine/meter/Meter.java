package coppice.engine.meter;

import coppice.api.Latency;
import coppice.kernel.platform.Clock;
import java.util.List;
import java.util.function.Supplier;

/// Times one kind of work, each time it is done: for what takes a microsecond or more. Safe for all threads.
public final class Meter {
    private final Clock clock;
    private final Histogram histogram = new Histogram();

    Meter(Clock clock) {
        this.clock = clock;
    }

    /// Begins to time.
    ///
    /// @return what [#end] wants
    public long begin() {
        return clock.nanos();
    }

    /// Takes note of what was begun. What failed is not taken note of.
    public void end(long begun) {
        histogram.add(clock.nanos() - begun);
    }

    /// Does something and takes note of how long it took.
    public <T> T time(Supplier<T> body) {
        long begun = begin();
        T result = body.get();
        end(begun);
        return result;
    }

    Latency latency() {
        List<Latency.Bucket> buckets = histogram.buckets();
        return new Latency(buckets.stream().mapToLong(Latency.Bucket::count).sum(), buckets);
    }
}
