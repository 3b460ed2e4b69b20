package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// One value that branches, merges and travels in time with its branch. Where both sides of a merge set it, what
/// was written last stays: [coppice.api.MergePolicy#lastWriterWins()], unless a rule says otherwise. It is one row
/// of the space of its name, in JSON.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A value is never `null`. One that cannot be stored is refused with [coppice.api.DatabaseException.Incorrect].
@AsyncTwin
public interface Register<V> extends RegisterView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncRegister<V> async() {
        return new AsyncRegister<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Sets the value.
    void set(V value);

    /// Sets the value if it is what is expected: has the same stored form, whatever the order of members.
    ///
    /// @param expected nothing to expect that there is none
    /// @return whether it was
    boolean compareAndSet(Optional<V> expected, V value);

    /// Changes the value by a function of it, as one step.
    ///
    /// @param change says what the value becomes, nothing to have none. It is called again when somebody else
    ///     changes it meanwhile, so it must do nothing but compute
    /// @return what it became
    Optional<V> update(Function<Optional<V>, Optional<V>> change);

    /// Has no value any more.
    ///
    /// @return what it was
    Optional<V> clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the register, as it may be called again
    void batched(Consumer<Register<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. The register is what the item says, for both
    /// modes.
    ///
    /// @return how many items there were
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the register from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<RegisterChange<V>> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super RegisterChange<V>> callback);
}
