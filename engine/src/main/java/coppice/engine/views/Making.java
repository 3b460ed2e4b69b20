package coppice.engine.views;

import coppice.engine.projection.Ticker;
import coppice.kernel.platform.Clock;

/// The making of a projection that is under way. One thread at a time makes; any look on.
final class Making implements Ticker {
    private static final int BLOCK_SHIFT = 10;

    private final Clock clock;
    private final Runnable check;
    private final long of;
    private final long begun;
    private volatile Seen seen = new Seen(0, 0);
    private long rows;

    private record Seen(long rows, long millis) {}

    /// @param check is called before every so many rows, and may throw to end it
    /// @param of about how many rows there are to look at
    Making(Clock clock, Runnable check, long of) {
        this.clock = clock;
        this.check = check;
        this.of = of;
        this.begun = clock.millis();
    }

    @Override
    public void rows(long count) {
        long before = rows;
        rows = before + count;
        if (before >> BLOCK_SHIFT != rows >> BLOCK_SHIFT) {
            look();
            check.run();
        }
    }

    private void look() {
        seen = new Seen(rows, Math.max(1, clock.millis() - begun));
    }

    /// The rows that were looked at when it is over, each second.
    long finished() {
        look();
        return rate();
    }

    /// The rows that were looked at so far, in blocks.
    long rows() {
        return seen.rows;
    }

    /// About how many rows there are to look at.
    long of() {
        return Math.max(of, seen.rows);
    }

    /// The rows that were looked at so far, each second; 0 before the first block.
    long rate() {
        Seen last = seen;
        return last.rows == 0 ? 0 : last.rows * 1_000 / last.millis;
    }
}
