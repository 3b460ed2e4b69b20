package coppice.structure.ground;

import java.util.Optional;
import java.util.function.Supplier;

/// Where those wait who found nothing in a space of a branch: one behind the other, each parked. Whoever waits
/// longest is woken when there is something for him; nobody looks again by himself.
///
/// For this, keys of the space begin with a byte that says what the row means: [#READY] for what is there to be
/// taken by one of them, [#DELAYED] and [#LEASED] for what will be from a moment on, which follows in eight
/// bytes, in milliseconds since 1970 UTC.
public interface Line {
    /// The first byte of keys of what is there.
    byte READY = 'r';

    /// The first byte of keys of what will be there.
    byte DELAYED = 'w';

    /// The first byte of keys of what somebody has for a time.
    byte LEASED = 'l';

    /// What a look found.
    ///
    /// @param found nothing to wait
    /// @param hasMore whether there was something for another one
    /// @param next when there may be something if nothing comes, in milliseconds since 1970 UTC;
    ///     [Long#MAX_VALUE] for never
    record Look<T>(Optional<T> found, boolean hasMore, long next) {}

    /// Looks until there is something.
    ///
    /// @param nanos how long to wait at most; [Long#MAX_VALUE] for ever
    /// @param look called when it is this one's turn, and again when it was woken
    /// @return nothing when the time is over
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted. Nothing was taken then
    <T> Optional<T> await(long nanos, Supplier<Look<T>> look);
}
