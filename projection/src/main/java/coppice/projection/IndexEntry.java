package coppice.projection;

import java.util.Arrays;

/// What an entry of an index says.
///
/// @param place where it is in the order of the index: the values of its columns, as
///     [coppice.expression.SortKeyWriter] writes them, and behind them the key of the row
/// @param columnsEnd where in the place the key of the row begins
/// @param stored the members that are kept beside, a JSON object; empty when the index keeps none
public record IndexEntry(byte[] place, int columnsEnd, byte[] stored) {
    /// The values of its columns.
    public byte[] sortKey() {
        return Arrays.copyOf(place, columnsEnd);
    }

    /// Whether its columns have the same values as those of another.
    public boolean hasColumnsOf(IndexEntry other) {
        return Arrays.equals(place, 0, columnsEnd, other.place, 0, other.columnsEnd);
    }

    /// The key of the row.
    public byte[] rowKey() {
        return Arrays.copyOfRange(place, columnsEnd, place.length);
    }
}
