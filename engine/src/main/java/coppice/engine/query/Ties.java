package coppice.engine.query;

import coppice.expression.SortKeyReader;
import coppice.projection.IndexColumn;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// What rows come in the order of: the first columns of an index, but not all that the answer is ordered by.
/// Immutable.
///
/// @param columns the first ones of the index
record Ties(List<IndexColumn> columns) {
    /// The part of the sort key of an entry that has the values of the columns.
    byte[] values(byte[] sortKey) {
        SortKeyReader reader = new SortKeyReader(sortKey, 0);
        for (IndexColumn column : columns) {
            reader.skip(column.direction());
        }
        return Arrays.copyOf(sortKey, reader.position());
    }

    /// Whether an entry has the same values.
    static boolean isEqual(byte[] values, byte[] sortKey) {
        return sortKey.length >= values.length && Arrays.equals(values, 0, values.length, sortKey, 0, values.length);
    }

    @Override
    public String toString() {
        return columns.stream().map(column -> column.expression().toString()).collect(Collectors.joining(", "));
    }
}
