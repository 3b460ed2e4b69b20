package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Values in an order of their own, to read: a list.
///
/// An index is 0 for the first, and -1 for the last, -2 for the one before, and so on. Finding one by its index
/// costs O(log n) at any size, after what was written since it was done last; see [coppice.api.SpaceView].
///
/// Every read may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit the type of
/// the values, which it names with the place.
public interface SequenceView<V> {
    /// Its name.
    @Immediate
    String name();

    /// How many values there are. Costs O(log n), and what was written lately once.
    long count();

    /// The value at an index.
    ///
    /// @throws coppice.api.DatabaseException.Incorrect when there is none
    V get(long index);

    /// The first value; nothing when there is none.
    Optional<V> first();

    /// The last value; nothing when there is none.
    Optional<V> last();

    /// The values from one index to before another, in memory, as of one moment. Where the list is shorter, those
    /// that there are; none when the first is not before the second.
    ///
    /// @param from 0 for the beginning; -3 for the third last
    /// @param to may be [Long#MAX_VALUE], for the end; -1 leaves out the last
    List<V> slice(long from, long to);

    /// All values in order, as of one moment, read lazily. Close the stream when it is not read to its end.
    default Stream<V> values() {
        return values(0);
    }

    /// The values from an index to the end; see [#values()]. None when the index is behind the last, all when it
    /// is before the first.
    Stream<V> values(long from);

    /// All values from the last to the first; see [#values()].
    default Stream<V> backward() {
        return backward(-1);
    }

    /// The values from an index to the beginning; see [#values()]. All when the index is behind the last, none
    /// when it is before the first.
    Stream<V> backward(long from);

    /// The index of the first value whose stored form is that of a value, whatever the order of members. Costs
    /// O(n).
    OptionalLong indexOf(V value);

    /// Whether a value is there; see [#indexOf]. Costs O(n).
    default boolean contains(V value) {
        return indexOf(value).isPresent();
    }

    /// The index of the value at a place.
    ///
    /// @param place as a [SequenceChange] names it
    /// @return nothing when it is not there any more
    /// @throws IllegalArgumentException when that is no place
    OptionalLong indexAt(String place);

    /// Writes all values as text, as of one moment: items are objects with `value`. The stream is flushed and
    /// stays open. Costs a read of the list, and the memory of one value.
    ///
    /// @return how many values
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
