package coppice.engine;

import coppice.api.Traffic;
import coppice.kernel.exchange.Moved;
import coppice.kernel.exchange.Progress;
import coppice.kernel.platform.Clock;
import java.util.function.Consumer;

/// Counts what moves, tells who wants to know, and lets what arrived be made durable now and then, so that an attempt
/// that is killed leaves something to go on from.
final class Flow implements Progress {
    private static final long KEEP_EVERY_BYTES = 64L << 20;

    private final Clock clock;
    private final Consumer<Traffic> listener;
    private final long began;
    private Runnable keeping = () -> {};
    private long kept;
    private Moved before = Moved.NOTHING;
    private Moved latest = Moved.NOTHING;
    private long inAll;

    Flow(Clock clock, Consumer<Traffic> listener) {
        this.clock = clock;
        this.listener = listener;
        this.began = clock.nanos();
    }

    /// Calls this whenever much has arrived.
    void keeping(Runnable keep) {
        keeping = keep;
    }

    @Override
    public void moved(Moved moved, long commits) {
        latest = moved;
        inAll = commits;
        if (moved.bytes() - kept >= KEEP_EVERY_BYTES) {
            kept = moved.bytes();
            keeping.run();
        }
        listener.accept(traffic());
    }

    /// Says that an intake is over; another one may follow.
    void ended(Moved moved) {
        before = sum(before, moved);
        latest = Moved.NOTHING;
        kept = 0;
        inAll = 0;
    }

    private static Moved sum(Moved a, Moved b) {
        return new Moved(
                a.commits() + b.commits(), a.chunks() + b.chunks(), a.bytes() + b.bytes(), a.visited() + b.visited());
    }

    /// What has moved so far.
    Traffic traffic() {
        Moved all = sum(before, latest);
        return new Traffic(
                all.commits(),
                Math.max(all.commits(), before.commits() + inAll),
                all.chunks(),
                all.bytes(),
                all.visited(),
                clock.nanos() - began);
    }
}
