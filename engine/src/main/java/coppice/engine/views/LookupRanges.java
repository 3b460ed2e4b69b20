package coppice.engine.views;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.projection.Lookup;
import coppice.engine.query.JavaValues;
import coppice.expression.Bounds;
import coppice.expression.Comparison;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.KeyRange;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Where what a lookup finds lies, in the order of columns: as ranges of sort keys.
final class LookupRanges {
    private static final Expression COLUMN = Expression.Path.of("column");

    private LookupRanges() {}

    /// The ranges, in order.
    ///
    /// @param columns in which directions they sort
    /// @throws DatabaseException.Incorrect when there are not so many columns
    static List<KeyRange> of(List<Direction> columns, Lookup lookup) {
        int equal = lookup.values().size();
        boolean isBounded = lookup.low().isPresent() || lookup.high().isPresent();
        int asked = equal + (isBounded ? 1 : 0);
        if (asked > columns.size()) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_QUERY,
                    "The lookup is about " + asked + " columns, and there are " + columns.size()
                            + ": leave out the last values");
        }
        SortKeyWriter writer = new SortKeyWriter();
        for (int i = 0; i < equal; i++) {
            writer.add(JavaValues.value(lookup.values().get(i)), columns.get(i));
        }
        byte[] prefix = writer.bytes();
        if (!isBounded) {
            return List.of(prefix.length == 0 ? KeyRange.ALL : KeyRange.beginningWith(prefix));
        }
        List<KeyRange> ranges = new ArrayList<>();
        for (KeyRange range : bounded(lookup)) {
            KeyRange directed = columns.get(equal) == Direction.DESCENDING ? range.descending() : range;
            ranges.add(new KeyRange(joined(prefix, directed.from()), joined(prefix, directed.to())));
        }
        return ranges;
    }

    /// What the bounds say of the column: nothing of other types than theirs is within.
    private static List<KeyRange> bounded(Lookup lookup) {
        List<Expression> terms = new ArrayList<>();
        lookup.low()
                .ifPresent(bound ->
                        terms.add(term(bound, bound.isInclusive() ? Comparison.AT_LEAST : Comparison.GREATER)));
        lookup.high()
                .ifPresent(bound -> terms.add(term(bound, bound.isInclusive() ? Comparison.AT_MOST : Comparison.LESS)));
        Expression condition = terms.size() == 1 ? terms.getFirst() : new Expression.And(terms);
        return Bounds.of(condition).map(Bounds::ranges).orElseGet(List::of);
    }

    private static Expression term(Lookup.Bound bound, Comparison by) {
        Value value = JavaValues.value(bound.value());
        return new Expression.Compare(by, COLUMN, new Expression.Constant(value));
    }

    private static byte[] joined(byte[] prefix, byte[] rest) {
        byte[] all = Arrays.copyOf(prefix, prefix.length + rest.length);
        System.arraycopy(rest, 0, all, prefix.length, rest.length);
        return all;
    }

    /// A place as the end of those before it.
    static Optional<KeyRange> rest(KeyRange range, byte[] place, boolean isReversed) {
        byte[] from = isReversed ? range.from() : later(range.from(), Arrays.copyOf(place, place.length + 1));
        byte[] to = isReversed ? earlier(range.to(), place) : range.to();
        return Arrays.compareUnsigned(from, to) < 0 ? Optional.of(new KeyRange(from, to)) : Optional.empty();
    }

    private static byte[] later(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) > 0 ? one : other;
    }

    private static byte[] earlier(byte[] one, byte[] other) {
        return Arrays.compareUnsigned(one, other) < 0 ? one : other;
    }
}
