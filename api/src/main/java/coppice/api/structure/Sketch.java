package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import coppice.api.feed.FeedStart;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// What is known of values that are added and not kept, in as much room as [SketchOptions] say, however many they
/// are: how many different ones, whether one was among them, how often and which most often, how numbers are
/// spread. It branches, merges and travels in time with its branch.
///
/// Merges never conflict, and cost nothing in exactness: [coppice.api.MergePolicy#sketches()], unless a rule says
/// otherwise. What was counted on either side adds up, each adding once, for cherry-picks and reverts, too; what
/// was seen on either side was seen. Only the options of two sketches that were made under one name on both sides
/// may conflict.
///
/// Safe for use by many threads; holds no state of its own. Got from a branch, each call takes effect as a
/// transaction of its own, one after the other without conflicts, acknowledged as
/// [coppice.api.Options#durability()] says. Got from a transaction, calls take effect with it.
///
/// A value is never `null`. One that cannot be stored, and one that is no finite number where a sketch answers
/// [SketchQuestion#QUANTILES], is refused with [coppice.api.DatabaseException.Incorrect], and nothing is written
/// then. So is the first value that is added to a sketch which was opened without options.
@AsyncTwin
public interface Sketch<V> extends SketchView<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncSketch<V> async() {
        return new AsyncSketch<>(this);
    }

    /// A lock of its name, for those who agree to ask for it; see [Dict#lock()].
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    @Immediate
    NamedLock lock();

    /// Adds a value. Where that changes no answer, nothing is written.
    default void add(V value) {
        addAll(List.of(value));
    }

    /// Adds a value as if it were added so many times.
    ///
    /// @param times 1 or more
    /// @throws IllegalArgumentException when it is less than 1
    /// @throws coppice.api.DatabaseException.Incorrect when the count would be beyond what a `long` holds
    void add(V value, long times);

    /// Adds values as one step, which costs much less than to add one after the other. Costs the memory of all of
    /// their stored forms.
    void addAll(Collection<? extends V> values);

    /// Forgets all that was added, as one step, and keeps the options. Costs as much as it keeps. A merge with a
    /// side that goes on takes off the counts that the cleared side saw, and keeps what the other side adds; when
    /// both sides clear it and go on, what was counted before is taken off twice, so that counts may be too low.
    void clear();

    /// Does several things as one step: all of them take effect, or when the body throws, none.
    ///
    /// @param body must do nothing but work on the sketch, as it may be called again
    void batched(Consumer<Sketch<V>> body);

    /// Reads what [#dump] writes, as one step: all of it or nothing. To add means to have all that either had, so
    /// sketches that were made elsewhere come together in one; [#count()] and counts add up. Costs the memory of
    /// all of it.
    ///
    /// @return how many items there were
    /// @throws IOException when the stream fails
    /// @throws coppice.api.DatabaseException.Incorrect at the first item that is none, which it names, and when
    ///     the options are others
    long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException;

    /// Follows what happens to the sketch from here, or an earlier place, on: which questions have other answers.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction, and as
    ///     [coppice.api.Branch#watch]
    StructureFeed<SketchChange> watch(FeedStart from);

    /// Has a callback told of what happens from here on, one change after the other, from a virtual thread. The
    /// callback may use the database. One that throws is not called any more. When the branch or the database
    /// goes, it ends.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect within a transaction
    Listening on(Consumer<? super SketchChange> callback);
}
