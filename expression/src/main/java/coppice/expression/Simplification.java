package coppice.expression;

import coppice.expression.Expression.And;
import coppice.expression.Expression.Between;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Constant;
import coppice.expression.Expression.Contains;
import coppice.expression.Expression.In;
import coppice.expression.Expression.IsMissing;
import coppice.expression.Expression.IsNull;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import java.util.ArrayList;
import java.util.List;

/// Makes simpler expressions that yield the same for every row: computes what is constant, takes NOT inside, and
/// puts AND in AND, and OR in OR, side by side.
final class Simplification {
    /// The longest text that is worth to be computed beforehand, in bytes.
    private static final int LONGEST = 65_536;

    private static final byte[] NOTHING = {};

    private Simplification() {}

    static Expression of(Expression expression) {
        Expression whole = Parts.replaced(expression, Simplification::of);
        return switch (whole) {
            case Constant _, Path _, RowKey _, Parameter _, IsMissing _ -> whole;
            case And(List<Expression> terms) -> terms(terms, Value.Bool.FALSE);
            case Or(List<Expression> terms) -> terms(terms, Value.Bool.TRUE);
            case Not(Expression operand) -> not(operand);
            default -> folded(whole);
        };
    }

    private static Expression folded(Expression whole) {
        for (Expression part : Parts.of(whole)) {
            if (!(part instanceof Constant)) {
                return whole;
            }
        }
        Value value = Evaluator.of(whole).value(NOTHING, NOTHING);
        return value instanceof Text text && text.utf8().length > LONGEST ? whole : new Constant(value);
    }

    /// @param last the value that decides the whole: FALSE for AND, TRUE for OR
    private static Expression terms(List<Expression> terms, Value.Bool last) {
        List<Expression> flat = new ArrayList<>();
        for (Expression term : terms) {
            if (term instanceof And(List<Expression> inner) && last == Value.Bool.FALSE) {
                flat.addAll(inner);
            } else if (term instanceof Or(List<Expression> inner) && last == Value.Bool.TRUE) {
                flat.addAll(inner);
            } else if (term instanceof Not(Not(Expression inner))) {
                flat.add(inner); // what is no truth value is NULL here in any case
            } else {
                flat.add(term);
            }
        }
        if (flat.contains(new Constant(last))) {
            return new Constant(last);
        }
        Expression neutral = new Constant(Logic.not(last));
        List<Expression> left =
                flat.stream().filter(term -> !term.equals(neutral)).distinct().toList();
        if (left.isEmpty()) {
            return neutral;
        }
        if (left.size() == 1) {
            return isTruth(left.getFirst()) ? left.getFirst() : joined(List.of(left.getFirst(), neutral), last);
        }
        return joined(left, last);
    }

    private static Expression joined(List<Expression> terms, Value.Bool last) {
        Expression joined = last == Value.Bool.FALSE ? new And(terms) : new Or(terms);
        return folded(joined);
    }

    private static Expression not(Expression operand) {
        return switch (operand) {
            case Compare(Comparison by, Expression left, Expression right) -> new Compare(by.negated(), left, right);
            case Not(Expression inner) when isTruth(inner) -> inner;
            case And(List<Expression> terms) -> terms(nots(terms), Value.Bool.TRUE);
            case Or(List<Expression> terms) -> terms(nots(terms), Value.Bool.FALSE);
            default -> folded(new Not(operand));
        };
    }

    private static List<Expression> nots(List<Expression> terms) {
        return terms.stream().map(Simplification::not).toList();
    }

    /// Whether all that it can yield is TRUE, FALSE and NULL.
    private static boolean isTruth(Expression expression) {
        return switch (expression) {
            case And _, Or _, Not _, Compare _, Between _, In _, Like _, Contains _, IsNull _, IsMissing _ -> true;
            case Constant(Value value) -> value instanceof Value.Bool || value == Value.Null.VALUE;
            default -> false;
        };
    }
}
