package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// Values by key: a map that branches, merges and travels in time with its branch. Its rows are those of the space
/// of its name, values in JSON, so types, projections and queries hold for them, and merges go by field.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A value is never `null`. One that cannot be stored, such as `NaN` or half a surrogate pair, is refused with
/// [coppice.api.DatabaseException.Incorrect], as is one that does not fit the types of the branch; nothing is
/// written then.
@AsyncTwin
public interface Dict<V> extends DictView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncDict<V> async() {
        return new AsyncDict<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; it holds up nobody else. It is that of the database
    /// for structures of this name, on whatever branch, and not to be had from within a transaction.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// How its values are encrypted.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when they are not
    @Immediate
    Encryption encryption();

    /// Sets the value of a key, with no end of its lifetime.
    void put(String key, V value);

    /// Sets the value of a key for a time, counted from here on.
    ///
    /// @throws IllegalArgumentException when the time is not positive
    void put(String key, V value, Duration lifetime);

    /// Sets the value of a key that is absent.
    ///
    /// @return the value that is there already, and stays
    Optional<V> putIfAbsent(String key, V value);

    /// As [#putIfAbsent(String, Object)], for a time.
    ///
    /// @throws IllegalArgumentException when the time is not positive
    Optional<V> putIfAbsent(String key, V value, Duration lifetime);

    /// Changes the value of a key by a function of it, as one step. An entry that was there keeps the end of its
    /// lifetime.
    ///
    /// @param change of the value, nothing when the key is absent; says what it becomes, nothing to remove the
    ///     key. It is called again when somebody else changes the key meanwhile, so it must do nothing but compute
    /// @return what it became
    Optional<V> compute(String key, Function<Optional<V>, Optional<V>> change);

    /// Sets the value of a key if its value is what is expected: has the same stored form, whatever the order of
    /// members. An entry that was there keeps the end of its lifetime.
    ///
    /// @param expected nothing to expect that the key is absent
    /// @param value nothing to remove the key
    /// @return whether it was
    boolean compareAndSet(String key, Optional<V> expected, Optional<V> value);

    /// Removes a key.
    ///
    /// @return whether it was there
    boolean remove(String key);

    /// Removes a key.
    ///
    /// @return the value it had
    Optional<V> pop(String key);

    /// Removes everything, as one step. Costs O(n) and the memory of the keys.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none. What the body does
    /// with the dict that it is given it sees at once, others see it at the end.
    ///
    /// @param body must do nothing but work on the dict, as it may be called again
    void batched(Consumer<Dict<V>> body);

    /// Reads what [#dump] writes, with its lifetimes, as one step: all of it or nothing. Entries whose lifetime is
    /// over are left out; of two items for one key the later one counts. Costs the memory of all of it.
    ///
    /// @return how many entries were put
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none or does not fit the type of
    ///     the values, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the dict from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<DictChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super DictChange<V>> callback);
}
