package coppice.engine;

import coppice.kernel.platform.Clock;
import java.time.Duration;

/// How long the reflog keeps what no ref names any more.
///
/// @param reflog where refs have been
/// @param settings hold the unfinished merges, which go by entries of it, however old these are
/// @param clock what time it is
/// @param period how long an entry is kept
record Retention(Reflog reflog, Settings settings, Clock clock, Duration period) {
    /// Drops the entries that are older; what only they reach is garbage from then on. Returns how many there were.
    long prune() {
        long limit = clock.millis() - period.toMillis();
        return reflog.prune(limit, (ref, move) -> MergeStates.goesBy(settings, ref, move));
    }
}
