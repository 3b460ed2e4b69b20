package coppice.api.structure;

import java.time.Instant;
import java.util.Optional;

/// A stretch of time: from one moment (inclusive) to another (exclusive), either end open, forwards or backwards.
///
/// @param from the first moment that is meant, if it has a beginning
/// @param to the first moment that is not meant any more, if it has an end
/// @param beyond the id of the event behind which to go on, in the direction of reading; nothing for the beginning
/// @param isReversed whether the latest come first
public record TimeRange(Optional<Instant> from, Optional<Instant> to, Optional<String> beyond, boolean isReversed) {
    private static final TimeRange ALL = new TimeRange(Optional.empty(), Optional.empty(), Optional.empty(), false);

    /// All of time.
    public static TimeRange all() {
        return ALL;
    }

    /// From a moment on.
    public static TimeRange since(Instant moment) {
        return ALL.from(moment);
    }

    /// This, as far as it is not before a moment.
    public TimeRange from(Instant moment) {
        return new TimeRange(Optional.of(moment), to, beyond, isReversed);
    }

    /// This, as far as it is before a moment.
    public TimeRange to(Instant moment) {
        return new TimeRange(from, Optional.of(moment), beyond, isReversed);
    }

    /// What of this comes behind an event, in the direction of reading.
    ///
    /// @param id of the event, which need not be there any more
    public TimeRange beyond(String id) {
        return new TimeRange(from, to, Optional.of(id), isReversed);
    }

    /// The same in the opposite direction, from its beginning.
    public TimeRange reversed() {
        return new TimeRange(from, to, Optional.empty(), !isReversed);
    }
}
