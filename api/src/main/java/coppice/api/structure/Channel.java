package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import java.time.Duration;
import java.util.Optional;

/// Messages for those who listen now. A channel belongs to the database as a whole and to the process that has it
/// open: it is in memory, on no branch, in no version and in no transaction. What is published while nobody
/// listens, and is not kept as history, is gone. Messages that must not be lost belong into an [EventLog] or a
/// [WorkQueue].
///
/// **Order**: all subscribers of a channel get its messages in the order of their ids. Ids of different channels
/// have an order, too, but one that listens to several may get them in another.
///
/// **Slow subscribers** do not hold up anybody: each has a buffer of its own, and [Overflow] says what becomes of
/// a message when that is full. Only where a subscriber asks for [Overflow#BLOCK] does publishing wait for it.
///
/// A value is stored and read as that of a [Dict], so each reader has an object of its own, and what cannot be
/// stored is refused before anybody gets it. It is stored once, and read by each subscriber on its own thread.
///
/// A channel is there while somebody listens or it keeps a history; its type is that of those who use it then.
/// Safe for use by many threads; holds no state of its own.
@AsyncTwin
public interface Channel<M> extends ChannelView<M> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncChannel<M> async() {
        return new AsyncChannel<>(this);
    }

    /// Hands a message to all who listen now: it is in their buffers when this returns. Costs about a microsecond,
    /// and as much for each that is woken.
    ///
    /// Waits where a subscriber that is to [Overflow#BLOCK] has its buffer full; nothing was published when the
    /// wait is ended by an interrupt ([coppice.api.DatabaseException.Interrupted]).
    ///
    /// @return its id
    /// @throws coppice.api.DatabaseException.Incorrect when the value cannot be stored
    long publish(M value);

    /// As [#publish(Object)], and waits so long at most. Where the limit is not positive it does not wait.
    ///
    /// @return its id; nothing when it was not published because a subscriber had no room
    Optional<Long> publish(M value, Duration limit);

    /// Says what is kept from here on for those who subscribe later. It is forgotten when the database is closed.
    @Immediate
    void keep(ChannelHistory history);

    /// Who listens, and what is kept.
    @Immediate
    ChannelStatus status();
}
