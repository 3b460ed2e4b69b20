package coppice.expression;

import coppice.expression.Expression.And;
import coppice.expression.Expression.Between;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.In;
import coppice.expression.Expression.IsNull;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a condition says about one operand that an index may have: where it is TRUE, the operand's sort key is in one
/// of the ranges.
///
/// @param operand what the condition is about: a path, or any other expression that is no constant
/// @param isOfItems whether the ranges are about an item of the operand, which is an array, instead of itself
/// @param ranges in order, not touching; none when the condition is never TRUE
/// @param isExact whether the condition is TRUE wherever the key is in a range; otherwise it must be asked as well
public record Bounds(Expression operand, boolean isOfItems, List<KeyRange> ranges, boolean isExact) {
    /// Copies the ranges.
    public Bounds {
        ranges = List.copyOf(ranges);
    }

    /// What a condition says, if it is of a kind that says something. Give it simplified.
    public static Optional<Bounds> of(Expression condition) {
        return switch (condition) {
            case Compare(Comparison by, Expression operand, Constant(Value value)) -> comparison(operand, by, value);
            case Compare(Comparison by, Constant(Value value), Expression operand) ->
                comparison(operand, by.flipped(), value);
            case Between(Expression operand, Constant(Value low), Constant(Value high)) -> between(operand, low, high);
            case In(Expression operand, List<Expression> options) -> in(operand, options);
            case Like like -> like(like);
            case Contains(Expression array, Constant(Value item)) ->
                Optional.of(new Bounds(
                        array, true, item == Value.Null.VALUE ? List.of() : List.of(KeyRange.of(item)), true));
            case IsNull(Expression operand) -> exact(operand, List.of(KeyRange.NULL));
            case Not(IsNull(Expression operand)) -> exact(operand, List.of(KeyRange.ANYTHING));
            case Or(List<Expression> terms) -> or(terms);
            case And(List<Expression> terms) -> and(terms);
            default -> Optional.empty();
        };
    }

    private static Optional<Bounds> exact(Expression operand, List<KeyRange> ranges) {
        return operand instanceof Constant
                ? Optional.empty()
                : Optional.of(new Bounds(operand, false, KeyRange.union(ranges), true));
    }

    private static Optional<Bounds> comparison(Expression operand, Comparison by, Value value) {
        return exact(operand, value == Value.Null.VALUE ? List.of() : KeyRange.of(by, value));
    }

    private static Optional<Bounds> between(Expression operand, Value low, Value high) {
        if (low == Value.Null.VALUE || high == Value.Null.VALUE || !low.isLike(high)) {
            return exact(operand, List.of());
        }
        return exact(
                operand,
                List.of(new KeyRange(KeyRange.of(low).from(), KeyRange.of(high).to())));
    }

    private static Optional<Bounds> in(Expression operand, List<Expression> options) {
        List<KeyRange> ranges = new ArrayList<>();
        for (Expression option : options) {
            if (!(option instanceof Constant(Value value))) {
                return Optional.empty();
            }
            if (value != Value.Null.VALUE) {
                ranges.add(KeyRange.of(value));
            }
        }
        return exact(operand, ranges);
    }

    private static Optional<Bounds> like(Like like) {
        if (!(like.pattern() instanceof Constant(Value value)) || like.subject() instanceof Constant) {
            return Optional.empty();
        }
        Optional<LikePattern> pattern =
                value instanceof Text text ? LikePattern.of(text, like.escape()) : Optional.empty();
        if (pattern.isEmpty()) {
            return exact(like.subject(), List.of());
        }
        Text prefix = pattern.get().prefix();
        KeyRange range = pattern.get().isPlain() ? KeyRange.of(prefix) : KeyRange.ofPrefix(prefix);
        boolean isExact = pattern.get().isPlain() || pattern.get().isPrefix();
        return Optional.of(new Bounds(like.subject(), false, List.of(range), isExact));
    }

    /// Of one operand, any of the ranges.
    private static Optional<Bounds> or(List<Expression> terms) {
        List<Bounds> all = terms.stream().flatMap(term -> of(term).stream()).toList();
        if (all.size() < terms.size() || !isOfOne(all)) {
            return Optional.empty();
        }
        Bounds first = all.getFirst();
        List<KeyRange> ranges = all.stream().flatMap(one -> one.ranges.stream()).toList();
        boolean isExact = all.stream().allMatch(Bounds::isExact);
        return Optional.of(new Bounds(first.operand, first.isOfItems, KeyRange.union(ranges), isExact));
    }

    /// Of one operand, what is in a range of each. Two conditions on items may hold for different items: nothing.
    private static Optional<Bounds> and(List<Expression> terms) {
        List<Bounds> all = terms.stream().flatMap(term -> of(term).stream()).toList();
        if (all.isEmpty() || !isOfOne(all) || all.getFirst().isOfItems) {
            return Optional.empty();
        }
        List<KeyRange> ranges = all.getFirst().ranges;
        for (Bounds bounds : all) {
            ranges = ranges.stream()
                    .flatMap(range -> bounds.ranges.stream().flatMap(other -> range.and(other).stream()))
                    .toList();
        }
        boolean isExact = all.size() == terms.size() && all.stream().allMatch(Bounds::isExact);
        return Optional.of(new Bounds(all.getFirst().operand, false, KeyRange.union(ranges), isExact));
    }

    private static boolean isOfOne(List<Bounds> all) {
        Bounds first = all.getFirst();
        return all.stream().allMatch(one -> one.operand.equals(first.operand) && one.isOfItems == first.isOfItems);
    }
}
