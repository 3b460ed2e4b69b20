package coppice.engine.query;

import coppice.api.KeyPattern;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query asks for, whatever it is asked of: a space, a projection, of this state or another. An immutable
/// value.
///
/// @param keys the keys of the rows that count
/// @param where the condition on which they count, simplified; TRUE for all
/// @param order what they are ordered by, before their keys
/// @param isReversed whether all of the order, keys too, is the opposite
/// @param limit how many rows at most; [Long#MAX_VALUE] for all
/// @param offset how many rows come before the first that is given
/// @param columns what of them is given; nothing for their documents
record Question(
        KeyPattern keys,
        Expression where,
        List<Order> order,
        boolean isReversed,
        long limit,
        long offset,
        List<Column> columns) {
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

    /// What is given of a row, and what it is called.
    record Column(String name, Expression expression) {}

    Question {
        order = List.copyOf(order);
        columns = List.copyOf(columns);
    }

    /// All rows, by their keys.
    static Question all() {
        return new Question(KeyPattern.all(), ALL, List.of(), false, Long.MAX_VALUE, 0, List.of());
    }

    Question keys(KeyPattern other) {
        return new Question(other, where, order, isReversed, limit, offset, columns);
    }

    Question and(Expression condition) {
        Expression both = new Expression.And(List.of(where, condition)).simplified();
        return new Question(keys, both, order, isReversed, limit, offset, columns);
    }

    Question order(List<Order> other) {
        return new Question(keys, where, other, isReversed, limit, offset, columns);
    }

    Question reversed() {
        return new Question(keys, where, order, !isReversed, limit, offset, columns);
    }

    Question limit(long rows) {
        return new Question(keys, where, order, isReversed, rows, offset, columns);
    }

    Question offset(long rows) {
        return new Question(keys, where, order, isReversed, limit, rows, columns);
    }

    Question columns(List<Column> other) {
        return new Question(keys, where, order, isReversed, limit, offset, other);
    }

    /// The conditions that must all be true; none for all rows.
    List<Expression> conditions() {
        return where.equals(ALL) ? List.of() : where.conjuncts();
    }

    /// Whether no row can count.
    boolean isNever() {
        return where instanceof Expression.Constant && !where.equals(ALL);
    }

    /// What the keys of rows must fit besides being in the range of keys; null where nothing.
    @Nullable
    KeyPattern pattern() {
        return keys.isRange() ? null : keys;
    }

    /// The order that is asked for, reversed where all is.
    List<Order> effectiveOrder() {
        return isReversed ? order.stream().map(Order::reversed).toList() : order;
    }

    private static Direction opposite(Direction direction) {
        return direction == Direction.ASCENDING ? Direction.DESCENDING : Direction.ASCENDING;
    }

    /// All of it in one line, the same for equal questions alone.
    @Override
    public String toString() {
        List<String> given = new ArrayList<>();
        columns.forEach(
                column -> given.add(column.expression() + " AS " + column.name().length() + ':' + column.name()));
        return "keys " + keys.bytes().length + ':' + keys + " where " + where + " order " + order + ' ' + isReversed
                + " limit " + limit + " offset " + offset + " select " + given;
    }
}
