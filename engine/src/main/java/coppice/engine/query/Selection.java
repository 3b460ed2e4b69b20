package coppice.engine.query;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.expression.Expression;
import coppice.expression.JointEvaluator;
import coppice.json.Json;
import java.util.List;

/// What is given of rows. Immutable; equal where the columns are.
final class Selection {
    /// Whole documents.
    static final Selection NONE = new Selection(List.of());

    private final List<Column> columns;
    private final List<Expression> expressions;
    private final List<byte[]> names;
    private final JointEvaluator evaluator;

    /// What is given of a row, and what it is called.
    record Column(String name, Expression expression) {}

    Selection(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.expressions = columns.stream().map(Column::expression).toList();
        this.names = columns.stream()
                .map(column -> (Json.of(column.name()).text() + ':').getBytes(UTF_8))
                .toList();
        this.evaluator = JointEvaluator.of(expressions);
    }

    /// Whether documents are given as they are.
    boolean isNone() {
        return columns.isEmpty();
    }

    List<Column> columns() {
        return columns;
    }

    List<Expression> expressions() {
        return expressions;
    }

    /// The beginning of each member, as JSON, in UTF-8.
    List<byte[]> names() {
        return names;
    }

    /// Tells the values of documents.
    JointEvaluator evaluator() {
        return evaluator;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Selection that && columns.equals(that.columns);
    }

    @Override
    public int hashCode() {
        return columns.hashCode();
    }

    /// All of it in one line, the same for equal ones alone.
    @Override
    public String toString() {
        return columns.stream()
                .map(column -> column.expression() + " AS " + column.name().length() + ':' + column.name())
                .toList()
                .toString();
    }
}
