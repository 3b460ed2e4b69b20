package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.function.Consumer;

/// Values of which each is there once: a set that branches, merges and travels in time with its branch. Merges
/// never conflict: what either side added is there, and what either side removed is not. To add what is there
/// changes nothing, and so does not keep it from being removed on the other side. Its rows are those of the space
/// of its name.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A value is never `null`. One that cannot be stored is refused with [coppice.api.DatabaseException.Incorrect],
/// and nothing is written then.
@AsyncTwin
public interface SetOf<V> extends SetOfView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncSetOf<V> async() {
        return new AsyncSetOf<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Adds a value.
    ///
    /// @return whether it was not there
    boolean add(V value);

    /// Adds values as one step.
    ///
    /// @return how many were not there
    long addAll(Collection<? extends V> values);

    /// Removes a value.
    ///
    /// @return whether it was there
    boolean remove(V value);

    /// Removes everything, as one step. Costs O(n) and the memory of the keys.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the set, as it may be called again
    void batched(Consumer<SetOf<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. Costs the memory of all of it.
    ///
    /// @return how many items there were
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the set from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<SetChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super SetChange<V>> callback);
}
