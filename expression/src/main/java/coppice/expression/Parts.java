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

    /// Tells of each parameter inside, from left to right.
    static void parameters(Expression whole, Consumer<Parameter> told) {
        if (whole instanceof Parameter parameter) {
            told.accept(parameter);
        } else {
            of(whole).forEach(part -> parameters(part, told));
        }
    }

    /// The same with each part changed. Two steps with few variables each, and loops: this calls itself as deep as
    /// expressions nest, javac gives each variable of a pattern a place of its own on the stack, and a stream takes
    /// ten frames.
    static Expression replaced(Expression whole, UnaryOperator<Expression> change) {
        return switch (whole) {
            case Constant _, Path _, RowKey _, Parameter _, IsMissing _ -> whole;
            case And and -> new And(all(and.terms(), change));
            case Or or -> new Or(all(or.terms(), change));
            case Not not -> new Not(change.apply(not.operand()));
            case IsNull isNull -> new IsNull(change.apply(isNull.operand()));
            case Negate negate -> new Negate(change.apply(negate.operand()));
            case Cast cast -> new Cast(change.apply(cast.operand()), cast.type());
            case Call call -> new Call(call.function(), all(call.arguments(), change));
            case Binary _, Compare _, Contains _, Between _, In _, Like _, Case _ -> ofSeveral(whole, change);
        };
    }

    private static Expression ofSeveral(Expression whole, UnaryOperator<Expression> change) {
        return switch (whole) {
            case Binary binary -> new Binary(binary.by(), change.apply(binary.left()), change.apply(binary.right()));
            case Compare compare ->
                new Compare(compare.by(), change.apply(compare.left()), change.apply(compare.right()));
            case Contains contains -> new Contains(change.apply(contains.array()), change.apply(contains.item()));
            case Between between ->
                new Between(change.apply(between.subject()), change.apply(between.low()), change.apply(between.high()));
            case In in -> new In(change.apply(in.subject()), all(in.options(), change));
            case Like like -> new Like(change.apply(like.subject()), change.apply(like.pattern()), like.escape());
            case Case cases -> {
                List<When> branches = new ArrayList<>();
                for (When branch : cases.branches()) {
                    branches.add(new When(change.apply(branch.condition()), change.apply(branch.result())));
                }
                yield new Case(branches, change.apply(cases.otherwise()));
            }
            default -> throw new AssertionError(whole.getClass());
        };
    }

    private static List<Expression> all(List<Expression> parts, UnaryOperator<Expression> change) {
        List<Expression> all = new ArrayList<>(parts.size());
        for (Expression part : parts) {
            all.add(change.apply(part));
        }
        return all;
    }
}
