package coppice.engine.meter;

import coppice.api.Durability;
import coppice.api.Latency;
import coppice.api.Operation;
import coppice.kernel.platform.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// How long everything takes that one database does.
///
/// ```
/// Meters ── Meter          work that is timed each time ─┐
///        ── SamplingMeter  what is done too often for it ┴─ Histogram ── Buckets
/// ```
public final class Meters {
    private static final int SHARE = 64;

    private final SamplingMeter gets;
    private final SamplingMeter scans;
    private final SamplingMeter writes;
    private final Map<Operation, Meter> others = new EnumMap<>(Operation.class);

    /// Nothing measured yet.
    ///
    /// @param durability whether writes wait for the disk, beside which the clock costs nothing
    public Meters(Clock clock, Durability durability) {
        gets = new SamplingMeter(clock, SHARE);
        scans = new SamplingMeter(clock, SHARE);
        writes = new SamplingMeter(clock, durability instanceof Durability.Sync ? 1 : SHARE);
        for (Operation operation : Operation.values()) {
            switch (operation) {
                case GET, SCAN, WRITE -> {}
                default -> others.put(operation, new Meter(clock));
            }
        }
    }

    /// For [Operation#GET].
    public SamplingMeter gets() {
        return gets;
    }

    /// For [Operation#SCAN].
    public SamplingMeter scans() {
        return scans;
    }

    /// For [Operation#WRITE].
    public SamplingMeter writes() {
        return writes;
    }

    /// For any other operation.
    public Meter of(Operation operation) {
        return Objects.requireNonNull(others.get(operation), "it has a method of its own");
    }

    /// What was measured so far, of operations that were done.
    public Map<Operation, Latency> latencies() {
        Map<Operation, Latency> all = new EnumMap<>(Operation.class);
        all.put(Operation.GET, gets.latency());
        all.put(Operation.SCAN, scans.latency());
        all.put(Operation.WRITE, writes.latency());
        others.forEach((operation, meter) -> all.put(operation, meter.latency()));
        all.values().removeIf(latency -> latency.calls() == 0);
        return all;
    }
}
