package coppice.engine.upkeep;

import coppice.engine.live.Reflog;
import coppice.engine.log.RefMove;
import coppice.kernel.platform.Clock;
import java.time.Duration;
import java.util.function.BiPredicate;

/// How long the reflog keeps what no ref names any more.
///
/// @param reflog where refs have been
/// @param needed tells which moves of a ref are gone by, however old they are
/// @param clock what time it is
/// @param period how long an entry is kept
public record Retention(Reflog reflog, BiPredicate<String, RefMove> needed, Clock clock, Duration period) {
    /// Drops the entries that are older; what only they reach is garbage from then on. Returns how many there were.
    long prune() {
        long limit = clock.millis() - period.toMillis();
        return reflog.prune(limit, needed);
    }
}
