package coppice.engine.exchange;

import coppice.api.Traffic;
import coppice.kernel.exchange.Moved;
import coppice.kernel.exchange.Progress;
import coppice.kernel.platform.Clock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Counts what moves, tells who wants to know, and lets what arrived be made durable now and then; see [Keeping].
public final class Flow implements Progress {
    private final Clock clock;
    private final Consumer<Traffic> listener;
    private final long began;
    private @Nullable Keeping keeping;
    private Moved before = Moved.NOTHING;
    private Moved latest = Moved.NOTHING;
    private long inAll;

    /// @param listener is told from time to time, in the thread that moves
    public Flow(Clock clock, Consumer<Traffic> listener) {
        this.clock = clock;
        this.listener = listener;
        this.began = clock.nanos();
    }

    /// Tells this how much has arrived, from now on.
    void keeping(Keeping keep) {
        keeping = keep;
    }

    @Override
    public void moved(Moved moved, long commits) {
        latest = moved;
        inAll = commits;
        Keeping keep = keeping;
        if (keep != null) {
            keep.arrived(moved.bytes());
        }
        listener.accept(traffic());
    }

    /// Says that an intake is over; another one may follow.
    void ended(Moved moved) {
        before = sum(before, moved);
        latest = Moved.NOTHING;
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
