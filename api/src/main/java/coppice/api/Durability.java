package coppice.api;

import java.time.Duration;

/// What it means that a transaction was acknowledged. The order of transactions is kept at every level: after a
/// crash the database holds a prefix of what was committed, never a gap.
public sealed interface Durability {
    /// Acknowledged means on stable storage (`fdatasync` returned). The default.
    Durability SYNC = new Sync();

    /// Nothing is synced before a checkpoint: a crash of the machine may lose everything since then. For tests and
    /// throw-away databases.
    Durability NONE = new None();

    /// Synced in the background: a crash may lose the transactions of the last interval.
    ///
    /// @param period between 1 millisecond and 1 minute
    static Durability interval(Duration period) {
        return new Interval(period);
    }

    /// See [#SYNC].
    record Sync() implements Durability {}

    /// See [#interval(Duration)].
    record Interval(Duration period) implements Durability {
        public Interval {
            if (period.compareTo(Duration.ofMillis(1)) < 0 || period.compareTo(Duration.ofMinutes(1)) > 0) {
                throw new IllegalArgumentException("The interval is " + period + ", it must lie in 1 ms .. 1 min");
            }
        }
    }

    /// See [#NONE].
    record None() implements Durability {}
}
