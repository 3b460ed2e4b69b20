package coppice.expression;

import coppice.expression.Expression.And;
import coppice.expression.Expression.Between;
import coppice.expression.Expression.Binary;
import coppice.expression.Expression.Call;
import coppice.expression.Expression.Case;
import coppice.expression.Expression.Cast;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.In;
import coppice.expression.Expression.IsMissing;
import coppice.expression.Expression.IsNull;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Negate;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.Expression.When;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// The expressions directly inside an expression.
final class Parts {
    private Parts() {}

    /// The parts, from left to right. The path of IS MISSING is none.
    static List<Expression> of(Expression whole) {
        List<Expression> parts = new ArrayList<>();
        replaced(whole, part -> {
            parts.add(part);
            return part;
        });
        return parts;
    }

    /// Tells of each path inside, from left to right.
    static void paths(Expression whole, Consumer<Path> told) {
        switch (whole) {
            case Path path -> told.accept(path);
            case IsMissing(Path path) -> told.accept(path);
            default -> of(whole).forEach(part -> paths(part, told));
        }
    }

    /// The same with each part changed.
    static Expression replaced(Expression whole, UnaryOperator<Expression> change) {
        return switch (whole) {
            case Constant _, Path _, RowKey _, Parameter _, IsMissing _ -> whole;
            case And(List<Expression> terms) -> new And(all(terms, change));
            case Or(List<Expression> terms) -> new Or(all(terms, change));
            case Not(Expression operand) -> new Not(change.apply(operand));
            case Compare(Comparison by, Expression left, Expression right) ->
                new Compare(by, change.apply(left), change.apply(right));
            case Between(Expression subject, Expression low, Expression high) ->
                new Between(change.apply(subject), change.apply(low), change.apply(high));
            case In(Expression subject, List<Expression> options) ->
                new In(change.apply(subject), all(options, change));
            case Like(Expression subject, Expression pattern, String escape) ->
                new Like(change.apply(subject), change.apply(pattern), escape);
            case Contains(Expression array, Expression item) -> new Contains(change.apply(array), change.apply(item));
            case IsNull(Expression operand) -> new IsNull(change.apply(operand));
            case Binary(Operator by, Expression left, Expression right) ->
                new Binary(by, change.apply(left), change.apply(right));
            case Negate(Expression operand) -> new Negate(change.apply(operand));
            case Case(List<When> branches, Expression otherwise) ->
                new Case(
                        branches.stream()
                                .map(branch ->
                                        new When(change.apply(branch.condition()), change.apply(branch.result())))
                                .toList(),
                        change.apply(otherwise));
            case Cast(Expression operand, Type type) -> new Cast(change.apply(operand), type);
            case Call(Function function, List<Expression> arguments) -> new Call(function, all(arguments, change));
        };
    }

    private static List<Expression> all(List<Expression> parts, UnaryOperator<Expression> change) {
        return parts.stream().map(change).toList();
    }
}
