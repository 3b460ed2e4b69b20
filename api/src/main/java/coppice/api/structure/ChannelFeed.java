package coppice.api.structure;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/// One that listens to a [Channel], with a buffer of its own. Iterating over it waits for messages, and ends when
/// it is closed.
///
/// Safe for use by many threads; each message goes to one of them. A wait ends when its thread is interrupted
/// ([coppice.api.DatabaseException.Interrupted]; no message is lost), when this or the database is closed
/// ([coppice.api.DatabaseException.Closed]), and when it was too slow, where that is to
/// [Overflow#FAIL] ([coppice.api.ErrorCode#SLOW_SUBSCRIBER]). Close it when done.
public interface ChannelFeed<M> extends AutoCloseable, Iterable<Message<M>> {
    /// The next message; waits until there is one.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when it does not fit the type; the next call goes on behind
    ///     it
    Message<M> next();

    /// The next message; waits so long at most. Where the limit is not positive it does not wait. Errors as for
    /// [#next()].
    Optional<Message<M>> next(Duration limit);

    /// The next message if there is one; never waits. Errors as for [#next()].
    default Optional<Message<M>> poll() {
        return next(Duration.ZERO);
    }

    /// How many messages were dropped because its buffer was full.
    long dropped();

    /// How many messages wait for it.
    int waiting();

    /// Waits for messages one after the other, until this is closed. Errors as for [#next()].
    @Override
    Iterator<Message<M>> iterator();

    /// Ends it, and whoever waits. What is in the buffer is gone. Idempotent.
    @Override
    void close();
}
