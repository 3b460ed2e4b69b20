package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.api.Range;
import coppice.projection.IndexShape;
import java.util.Arrays;
import java.util.List;

/// What an index is in every state: what questions ask of it, worked out once. Immutable.
public final class IndexTraits {
    private final String name;
    private final KeyPattern keys;
    private final boolean isOfAllKeys;
    private final IndexShape shape;
    private final Coverage coverage;
    private final List<Condition> filter;

    /// @param name for people
    /// @param keys the keys of the rows that are in it
    /// @param shape what it is ordered by, which rows are left out, and what its entries say
    public IndexTraits(String name, KeyPattern keys, IndexShape shape) {
        this.name = name;
        this.keys = keys;
        this.isOfAllKeys = keys.equals(KeyPattern.all());
        this.shape = shape;
        this.coverage = Coverage.of(shape);
        this.filter = shape.filter().stream()
                .flatMap(filter -> filter.conjuncts().stream())
                .map(Condition::of)
                .toList();
    }

    String name() {
        return name;
    }

    IndexShape shape() {
        return shape;
    }

    /// What its entries say of rows.
    Coverage coverage() {
        return coverage;
    }

    /// The conditions that are true of all rows in it, besides those on keys.
    List<Condition> filter() {
        return filter;
    }

    /// Whether the rows whose keys fit a pattern are those that it has, as far as keys say.
    boolean isOf(KeyPattern asked) {
        return keys.equals(asked);
    }

    /// Whether the rows that are asked for are in it, as far as their keys say.
    ///
    /// @param asked what their keys fit
    /// @param ranges where they are
    boolean hasAll(KeyPattern asked, List<Range> ranges) {
        return isOfAllKeys || keys.hasAll(asked) || ranges.stream().allMatch(this::hasAll);
    }

    private boolean hasAll(Range range) {
        if (isOfOneKey(range)) {
            return keys.fits(range.lower());
        }
        Range mine = keys.range();
        return keys.isRange()
                && Arrays.compareUnsigned(mine.lower(), range.lower()) <= 0
                && (mine.upper().isEmpty()
                        || (range.upper().isPresent()
                                && Arrays.compareUnsigned(
                                                range.upper().get(),
                                                mine.upper().get())
                                        <= 0));
    }

    private static boolean isOfOneKey(Range range) {
        byte[] key = range.lower();
        return key.length > 0
                && range.upper().isPresent()
                && Arrays.equals(range.upper().get(), Arrays.copyOf(key, key.length + 1));
    }
}
