package coppice.engine.query;

import coppice.expression.Bounds;
import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Path;
import coppice.expression.Value;
import java.util.Optional;

/// A condition, and what it says about one operand.
///
/// @param expression the condition
/// @param comparison the same, where it is a path alone the comparison that this stands for
/// @param bounds what it says; nothing where it is of no kind that says something
record Condition(Expression expression, Expression comparison, Optional<Bounds> bounds) {
    static Condition of(Expression expression) {
        Expression comparison = switch (expression) {
            case Path path -> new Compare(Comparison.EQUAL, path, new Constant(Value.of(true)));
            case Not(Path path) -> new Compare(Comparison.EQUAL, path, new Constant(Value.of(false)));
            default -> expression;
        };
        return new Condition(expression, comparison, Bounds.of(comparison));
    }
}
