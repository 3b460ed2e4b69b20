package coppice.api.structure;

import java.util.concurrent.Flow;

/// What is said of the latest events of an [EventLog], again and again.
///
/// Safe for use by many threads. Close it when done.
///
/// @param <R> what is said
public interface LiveAggregate<R> extends AutoCloseable {
    /// What can be said now. Does not wait.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when the branch is gone
    /// @throws coppice.api.DatabaseException.Closed when this or the database was closed
    R current();

    /// What can be said at the end of the period; waits until then. Periods that nobody asked for are left out.
    /// Errors as for [#current()].
    ///
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted while it waits
    R next();

    /// Says it to a subscriber at the end of each period for which it asks; see [#next()].
    Flow.Publisher<R> publisher();

    /// Ends it, and whoever waits in [#next()]. Idempotent.
    @Override
    void close();
}
