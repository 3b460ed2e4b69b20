package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.function.Consumer;

/// A number that is counted up and down, and branches, merges and travels in time with its branch. What both sides
/// of a merge counted adds up: [coppice.api.MergePolicy#counts()], unless a rule says otherwise. The same holds
/// for cherry-picks and reverts. It is one row of the space of its name.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
@AsyncTwin
public interface Counter extends CounterView {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncCounter async() {
        return new AsyncCounter(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Adds to it; takes off what is negative.
    ///
    /// @return what it is then
    /// @throws coppice.api.DatabaseException.Incorrect when that is beyond what a `long` holds
    long add(long amount);

    /// Adds 1; see [#add].
    default long increment() {
        return add(1);
    }

    /// Takes off 1; see [#add].
    default long decrement() {
        return add(-1);
    }

    /// Takes off what it is, so that it is 0.
    ///
    /// @return what it was, also where that is beyond what a `long` holds
    BigInteger reset();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the counter, as it may be called again
    void batched(Consumer<Counter> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. The counter is what the item says, for both
    /// modes.
    ///
    /// @return how many items there were
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none, which it names
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the counter from here, or an earlier place, on.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<CounterChange> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super CounterChange> callback);
}
