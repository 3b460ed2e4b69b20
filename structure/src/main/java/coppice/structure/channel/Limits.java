package coppice.structure.channel;

import java.time.Duration;

/// How long to wait.
final class Limits {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private Limits() {}

    /// A limit in nanoseconds: 0 for one that is not positive, [Long#MAX_VALUE] for one that is too long to count.
    static long nanos(Duration limit) {
        if (limit.compareTo(LONGEST) >= 0) {
            return Long.MAX_VALUE;
        }
        return limit.isNegative() ? 0 : limit.toNanos();
    }
}
