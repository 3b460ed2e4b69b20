package coppice.structure.sequence;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.SpaceView;

/// How values of a list are numbered.
final class Indexes {
    private Indexes() {}

    /// How many rows there are. By their ranks: a count that is kept would cost each write.
    static long count(SpaceView rows) {
        return rows.count(Range.all());
    }

    /// An index from the beginning; negative where it is before that.
    static long fromStart(long index, long count) {
        return index < 0 ? index + count : index;
    }

    /// The index of a value that must be there, from the beginning.
    static long within(SpaceView rows, long index, long count) {
        long found = fromStart(index, count);
        if (found < 0 || found >= count) {
            throw outside(rows, index, count);
        }
        return found;
    }

    static DatabaseException outside(SpaceView rows, long index, long count) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INDEX_OUT_OF_RANGE,
                        "There is no index " + index + " in the list '" + rows.name() + "' of " + count
                                + ": use one from 0 to " + count + ", excluding, or from -1 down to -" + count)
                .with("structure", rows.name())
                .with("index", index)
                .with("count", count);
    }
}
