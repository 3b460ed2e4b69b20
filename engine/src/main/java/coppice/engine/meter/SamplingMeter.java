package coppice.engine.meter;

import coppice.api.Latency;
import coppice.kernel.platform.Clock;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts each time that something is done, and times some: for what takes a microsecond or less, where looking at the
/// clock twice would be felt. Safe for all threads.
///
/// Which ones are timed looks random, so that no regular workload is seen from one side only. The counter that decides
/// it is one of several, so that threads are not in each other's way.
public final class SamplingMeter {
    /// What [#begin] returns for what is not timed. No clock shows it while anybody lives.
    private static final long UNTIMED = Long.MIN_VALUE;

    private static final int STRIPES = 32;
    private static final int STRIDE = 16; // longs, so that two counters are not in one cache line, nor in two adjacent
    private static final long GOLDEN = 0x9E3779B97F4A7C15L; // 2^64 over the golden ratio

    private final Clock clock;
    private final int mask;
    private final AtomicLongArray counters = new AtomicLongArray(STRIPES * STRIDE);
    private final Histogram histogram = new Histogram();

    /// @param share one in how many is timed, a power of two
    SamplingMeter(Clock clock, int share) {
        this.clock = clock;
        this.mask = share - 1;
    }

    /// Counts one, and begins to time it if it is its turn.
    ///
    /// @return what [#end] wants
    public long begin() {
        int stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
        long number = counters.getAndIncrement(stripe * STRIDE);
        return isChosen(number) ? clock.nanos() : UNTIMED;
    }

    private boolean isChosen(long number) {
        long mixed = number * GOLDEN;
        mixed = (mixed ^ (mixed >>> 32)) * GOLDEN;
        return ((mixed >>> 32) & mask) == 0;
    }

    /// Takes note of what was begun, if it was its turn.
    public void end(long begun) {
        if (begun != UNTIMED) {
            histogram.add(clock.nanos() - begun);
        }
    }

    Latency latency() {
        long calls = 0;
        for (int stripe = 0; stripe < STRIPES; stripe++) {
            calls += counters.get(stripe * STRIDE);
        }
        return new Latency(calls, histogram.buckets());
    }
}
