package coppice.engine.meter;

import coppice.kernel.platform.Clock;

/// Time that a test lets pass, for one thread.
final class ManualClock implements Clock {
    private long nanos = -5; // a real one may be anywhere, too

    void pass(long more) {
        nanos += more;
    }

    @Override
    public long millis() {
        return nanos / 1_000_000;
    }

    @Override
    public long nanos() {
        return nanos;
    }
}
