package coppice.api.feed;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;

/// Follows the rows of a branch: what was added, removed and modified, position by position.
///
/// Each position is told at most once and in order, all changes of a transaction in one batch. Whatever a feed has
/// told, put together, is the state at its position, as far as it fits the filter: nothing is left out, unless a
/// batch says so with its kind.
///
/// A feed holds no queue. The states that it has not told yet are kept while they are few: the latest 1,000
/// transactions of the branch and 16 MiB of writes. Who stays behind further is told the net change of all that
/// in one batch of the kind [ChangeBatch.Kind#SEVERAL]. A feed that waits costs no thread of its own, and writers
/// a look-up for each row that they write to a branch where somebody waits.
///
/// ```java
/// try (ChangeFeed feed = branch.watch(ChangeFilter.of("users").keys("user:*"), FeedStart.now())) {
///     while (true) {
///         ChangeBatch batch = feed.next();
///         batch.changes().forEach(this::apply);
///     }
/// }
/// ```
///
/// Safe for use by many threads; each batch goes to one of them. When the branch is deleted or gets another name,
/// the feed tells what came before and then ends: every call for more throws
/// [coppice.api.DatabaseException.NotFound]. Close it when done: until then it keeps the state that it has told.
public interface ChangeFeed extends AutoCloseable {
    /// The next batch; waits until there is one.
    ///
    /// @throws coppice.api.DatabaseException.NotFound when the branch is gone, and everything before is told
    /// @throws coppice.api.DatabaseException.Closed when the feed or the database was closed
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted while it waits
    ChangeBatch next();

    /// As [#next()], but waits no longer than this.
    ///
    /// @return nothing when the time is over
    Optional<ChangeBatch> next(Duration limit);

    /// The next batch if there is one. Errors as for [#next()].
    Optional<ChangeBatch> poll();

    /// A text to go on from behind everything that was told, and what was found not to fit the filter since; see
    /// [ChangeBatch#token].
    String token();

    /// Remembers, durably, that a batch and everything before it are done with: the subscription of this feed
    /// goes on behind it. Costs nothing to speak of where the batch ends at a commit, else what was written since
    /// the last checkpoint and three syncs: so do it now and then, not for each batch.
    ///
    /// @param batch from this feed
    /// @throws IllegalStateException when the feed is of no subscription, or the batch of another feed
    void acknowledge(ChangeBatch batch);

    /// Remembers, durably, that everything that was told is done with, and what was found not to fit the filter
    /// since; see [#acknowledge(ChangeBatch)]. Where nothing was looked at yet, nothing is remembered.
    ///
    /// @throws IllegalStateException when the feed is of no subscription
    void acknowledge();

    /// Hands the batches to one subscriber, as many as it asks for, from a virtual thread that is there only
    /// while there is something to hand over. A subscriber that asks for nothing is a feed that is not read. It
    /// ends with an error, as [#next()] does, or when it is cancelled, which closes the feed.
    ///
    /// @return a second subscriber is refused with an [IllegalStateException]
    Flow.Publisher<ChangeBatch> publisher();

    /// Ends the feed, and whoever waits in [#next()]. Idempotent.
    @Override
    void close();
}
