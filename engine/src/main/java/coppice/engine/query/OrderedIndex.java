package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.engine.state.SpaceState;
import coppice.projection.IndexShape;
import java.util.Arrays;
import java.util.function.Supplier;

/// An index over the rows that a query is asked of, in the same state.
///
/// @param name for people
/// @param keys the keys of the rows that are in it
/// @param shape what it is ordered by, which rows are left out, and what its entries say
/// @param entries has its entries; asked where the index may be of use
public record OrderedIndex(String name, KeyPattern keys, IndexShape shape, Supplier<SpaceState> entries) {
    /// Whether the rows whose keys fit a pattern are in it, as far as their keys say.
    boolean hasAll(KeyPattern asked) {
        if (keys.equals(KeyPattern.all()) || keys.equals(asked)) {
            return true;
        }
        byte[] from = keys.range().lower();
        byte[] to = keys.range().upper().orElse(null);
        byte[] askedTo = asked.range().upper().orElse(null);
        return keys.isRange()
                && Arrays.compareUnsigned(from, asked.range().lower()) <= 0
                && (to == null || (askedTo != null && Arrays.compareUnsigned(askedTo, to) <= 0));
    }
}
