package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collector;

/// What happened, by when it happened: a log that branches, merges and travels in time with its branch. Its rows
/// are those of the space of its name, keys beginning with the moment as text, values in JSON; so types,
/// projections (which are its indexes by field) and queries hold for them. Branches that append merge without
/// conflicts.
///
/// Moments are of the years 0 to 9999. Any number of events may have the same one. Events may be appended in any
/// order of moments; those of the same moment sort in the order of being appended.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A value is never `null`. One that cannot be stored is refused with [coppice.api.DatabaseException.Incorrect],
/// as is one that does not fit the types of the branch; nothing is written then.
@AsyncTwin
public interface EventLog<V> extends EventLogView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncEventLog<V> async() {
        return new AsyncEventLog<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Appends what happens now, by the clock of the machine in milliseconds.
    Event<V> append(V value);

    /// Appends what happened at a moment.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when the moment is not of the years 0 to 9999
    Event<V> append(V value, Instant at);

    /// Appends what happens now, as one step, in the order given.
    List<Event<V>> appendAll(Collection<? extends V> values);

    /// Removes an event.
    ///
    /// @return whether it was there
    boolean remove(String id);

    /// Removes what happened before a moment, as one step. Costs O(n) of that and the memory of the ids.
    ///
    /// @return how many events there were
    long trim(Instant before);

    /// How long events stay: for ever, unless [#retain] said otherwise.
    Retention retention();

    /// Says how long events stay, from here on. It is kept with the log, and versioned with it.
    void retain(Retention retention);

    /// Removes everything, as one step. Costs O(n) and the memory of the ids.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the log, as it may be called again
    void batched(Consumer<EventLog<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. Events keep their ids. An item without `id`
    /// is appended as a new event, at the moment `at` if it has one. Costs the memory of all of it.
    ///
    /// @return how many events were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the values, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows the log from here, or an earlier place, on: what is appended, in the order of being appended,
    /// whatever the moments say. To begin with [FeedStart#beginning()] tells first what is there.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<LogChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super LogChange<V>> callback);

    /// Says something of the latest events, again and again. Holds the events of one window in memory.
    ///
    /// @param window what happened so long ago at most
    /// @param period how often something is said
    /// @param aggregator of the events of a window, in order, such as [java.util.stream.Collectors#counting()]
    /// @throws IllegalArgumentException when the window or the period is less than a millisecond
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    <R> LiveAggregate<R> live(Duration window, Duration period, Collector<? super Event<V>, ?, R> aggregator);
}
