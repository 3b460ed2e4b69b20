package coppice.engine.transaction;

import coppice.api.DatabaseException;
import coppice.engine.live.LiveBranch;
import coppice.structure.Housekeeping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// When there will be something to tidy up on which branch. Branches whose structures were not used since the
/// database was opened are left alone: what is over is not shown either way.
public final class Dues {
    /// How often it is looked whether something is due.
    public static final Duration PERIOD = Duration.ofSeconds(1);

    private final Map<LiveBranch, Instant> next = new ConcurrentHashMap<>();
    private volatile Instant earliest = Instant.MAX;

    /// A branch's structures are in use: what was left before is due.
    void use(LiveBranch branch) {
        if (next.putIfAbsent(branch, Instant.EPOCH) == null) {
            advance(Instant.EPOCH);
        }
    }

    /// There will be something to tidy up at a moment.
    void add(LiveBranch branch, Instant moment) {
        next.merge(branch, moment, Dues::earlier);
        advance(moment);
    }

    private synchronized void advance(Instant moment) {
        earliest = earlier(earliest, moment);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /// Tidies up what is due. Costs nothing to speak of when nothing is.
    void run(Means means) {
        Instant now = means.access().now();
        if (earliest.isAfter(now)) {
            return;
        }
        synchronized (this) {
            earliest = Instant.MAX;
        }
        for (LiveBranch branch : List.copyOf(next.keySet())) {
            Instant due = next.getOrDefault(branch, Instant.MAX);
            if (!due.isAfter(now)) {
                next.replace(branch, due, Instant.MAX);
                tidy(branch, means);
            }
            advance(next.getOrDefault(branch, Instant.MAX));
        }
    }

    private void tidy(LiveBranch branch, Means means) {
        try {
            Housekeeping.run(new BranchGround(branch, means)).ifPresent(moment -> add(branch, moment));
        } catch (DatabaseException.NotFound deleted) {
            next.remove(branch);
        } catch (DatabaseException failed) {
            // Nobody waits for it. Whoever writes next will hear of what is wrong; it is tried again.
            add(branch, means.access().now().plus(PERIOD));
        }
    }
}
