package coppice.api.structure;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Flow;

/// Follows what happens to a structure: a [coppice.api.feed.ChangeFeed] of its rows, in the terms of the structure.
/// What one transaction changed comes together; nothing is left out, unless a change says so.
///
/// Safe for use by many threads. Close it when done.
///
/// @param <C> what happened to one part of it
public interface StructureFeed<C> extends AutoCloseable {
    /// What happened next; waits until something has.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when the branch is gone, and everything before is told
    /// @throws coppice.api.DatabaseException.Closed when the feed or the database was closed
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted while it waits
    List<C> next();

    /// As [#next()], but waits no longer than this.
    ///
    /// @return nothing when the time is over
    Optional<List<C>> next(Duration limit);

    /// What happened next, if anything has. Errors as for [#next()].
    Optional<List<C>> poll();

    /// A text to go on from behind everything that was told, with [coppice.api.feed.FeedStart#after]: also after
    /// the database was closed.
    String token();

    /// Hands what happens to one subscriber, as much as it asks for; see
    /// [coppice.api.feed.ChangeFeed#publisher()].
    Flow.Publisher<List<C>> publisher();

    /// Ends the feed, and whoever waits in [#next()]. Idempotent.
    @Override
    void close();
}
