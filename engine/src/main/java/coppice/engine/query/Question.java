package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.Value;
import java.util.List;

/// What a query asks for, whatever it is asked of: a space, a projection, of this state or another. An immutable
/// value.
///
/// @param keys the keys of the rows that count
/// @param where the condition on which they count, simplified; TRUE for all
/// @param order what they are ordered by, before their keys
/// @param isReversed whether all of the order, keys too, is the opposite
/// @param limit how many rows at most; [Long#MAX_VALUE] for all
/// @param offset how many rows come before the first that is given
/// @param selection what of them is given
record Question(
        KeyPattern keys,
        Expression where,
        List<Order> order,
        boolean isReversed,
        long limit,
        long offset,
        Selection selection) {
    private static final Expression ALL = new Expression.Constant(Value.Bool.TRUE);

    /// What rows are ordered by.
    record Order(Expression by, Direction direction) {
        Order reversed() {
            return new Order(by, opposite(direction));
        }

        @Override
        public String toString() {
            return by + (direction == Direction.DESCENDING ? " DESC" : "");
        }
    }

    Question {
        order = List.copyOf(order);
    }

    /// All rows, by their keys.
    static Question all() {
        return new Question(KeyPattern.all(), ALL, List.of(), false, Long.MAX_VALUE, 0, Selection.NONE);
    }

    Question keys(KeyPattern other) {
        return new Question(other, where, order, isReversed, limit, offset, selection);
    }

    Question and(Expression condition) {
        Expression both = isOfAll() ? condition : new Expression.And(List.of(where, condition));
        return new Question(keys, both.simplified(), order, isReversed, limit, offset, selection);
    }

    Question order(List<Order> other) {
        return new Question(keys, where, other, isReversed, limit, offset, selection);
    }

    Question reversed() {
        return new Question(keys, where, order, !isReversed, limit, offset, selection);
    }

    Question limit(long rows) {
        return new Question(keys, where, order, isReversed, rows, offset, selection);
    }

    Question offset(long rows) {
        return new Question(keys, where, order, isReversed, limit, rows, selection);
    }

    Question select(Selection other) {
        return new Question(keys, where, order, isReversed, limit, offset, other);
    }

    /// The conditions that must all be true; none for all rows.
    List<Expression> conditions() {
        return isOfAll() ? List.of() : where.conjuncts();
    }

    /// Whether no row can count.
    boolean isNever() {
        return where instanceof Expression.Constant && !isOfAll();
    }

    private boolean isOfAll() {
        return where.equals(ALL);
    }

    /// The order that is asked for, reversed where all is.
    List<Order> effectiveOrder() {
        return isReversed ? order.stream().map(Order::reversed).toList() : order;
    }

    /// What it is ordered by, without directions.
    List<Expression> orderedBy() {
        return order.stream().map(Order::by).toList();
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
    }

    /// All of it in one line, the same for equal questions alone.
    @Override
    public String toString() {
        return "keys " + keys.bytes().length + ':' + keys + " where " + where + " order " + order + ' ' + isReversed
                + " limit " + limit + " offset " + offset + " select " + selection;
    }
}
