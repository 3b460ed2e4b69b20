package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/// Values in an order of their own: a list that branches, merges and travels in time with its branch. Its rows are
/// those of the space of its name, a row for each value in JSON, so types, projections and queries hold for them,
/// and merges go by field.
///
/// Branches that insert at different places merge without conflicts. Where several insert at the same place, all
/// of it is there afterwards, what one of them inserted in a row stays together, and the order is the same
/// whichever side merges. A value that one side changes and the other removes or moves is a conflict of its row.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// Each change costs O(log n) at any size, and there is no limit on how many there are. Where values were inserted
/// between the last two again and again, some hundred times at one place, the values around it get new rows, as
/// many as were inserted in between.
///
/// A value is never `null`. One that cannot be stored, such as `NaN` or half a surrogate pair, is refused with
/// [coppice.api.DatabaseException.Incorrect], as is one that does not fit the types of the branch; nothing is
/// written then.
@AsyncTwin
public interface Sequence<V> extends SequenceView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncSequence<V> async() {
        return new AsyncSequence<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Puts a value behind the last.
    void push(V value);

    /// Puts values behind the last, in their order, as one step.
    void pushAll(Collection<? extends V> values);

    /// Puts a value before the first.
    void prepend(V value);

    /// Puts a value before the one at an index.
    ///
    /// @param index that the value has then, where it is not negative: [#count()] is behind the last, -1 before it
    /// @throws coppice.api.DatabaseException.Incorrect when the list is too short
    void insert(long index, V value);

    /// Puts a value in place of the one at an index. It is the same place: merges compare the values by field.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when there is none
    void set(long index, V value);

    /// Removes the value at an index.
    ///
    /// @return the value
    /// @throws coppice.api.DatabaseException.Incorrect when there is none
    V remove(long index);

    /// Removes the last value.
    ///
    /// @return nothing when there is none
    Optional<V> pop();

    /// Removes the first value. To take many, one after the other, is as quick as to take one: what was removed
    /// costs nobody anything. For several consumers of jobs there is [WorkQueue].
    ///
    /// @return nothing when there is none
    Optional<V> popFirst();

    /// Moves a value: it is removed, and inserted where it has the other index then.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when one of the indexes is not that of a value
    void move(long from, long to);

    /// Removes everything, as one step. Costs O(n) and the memory of the keys.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none. What the body does
    /// with the list that it is given it sees at once, others see it at the end. The quickest way to push many.
    ///
    /// @param body must do nothing but work on the list, as it may be called again, and from one thread
    void batched(Consumer<Sequence<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. With [LoadMode#ADD] it comes behind what is
    /// there. Costs the memory of all of it.
    ///
    /// @return how many values were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the values, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the list from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<SequenceChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super SequenceChange<V>> callback);
}
