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
import coppice.expression.Expression.Item;
import coppice.expression.Expression.Like;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Negate;
import coppice.expression.Expression.Not;
import coppice.expression.Expression.Or;
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.Expression.Step;
import coppice.expression.Expression.When;
import java.util.Iterator;
import java.util.List;

/// Writes canonical text: keywords in capitals, functions in small letters, no parentheses that are not needed.
final class Printer {
    /// How tightly the parts of the grammar bind.
    private static final int OR = 0;

    private static final int AND = 1;
    private static final int NOT = 2;
    private static final int PREDICATE = 3;
    private static final int CONCATENATION = 4;
    private static final int SUM = 5;
    private static final int PRODUCT = 6;
    private static final int UNARY = 7;
    private static final int PRIMARY = 8;

    private final StringBuilder out = new StringBuilder();

    private Printer() {}

    static String print(Expression expression) {
        Printer printer = new Printer();
        printer.write(expression);
        return printer.out.toString();
    }

    private static int strength(Expression expression) {
        return switch (expression) {
            case Or _ -> OR;
            case And _ -> AND;
            case Not(Expression operand) -> isNegatable(operand) ? PREDICATE : NOT;
            case Compare _, Between _, In _, Like _, Contains _, IsNull _, IsMissing _ -> PREDICATE;
            case Binary binary -> strength(binary.by());
            case Negate _ -> UNARY;
            case Constant(Value value) -> value instanceof Num number && number.signum() < 0 ? UNARY : PRIMARY;
            case Path _, RowKey _, Parameter _, Case _, Cast _, Call _ -> PRIMARY;
        };
    }

    private static int strength(Operator operator) {
        return switch (operator) {
            case CONCATENATE -> CONCATENATION;
            case PLUS, MINUS -> SUM;
            case TIMES, DIVIDE, REMAINDER -> PRODUCT;
        };
    }

    /// Whether NOT is written inside: `a NOT IN (1)`.
    private static boolean isNegatable(Expression operand) {
        return operand instanceof Between
                || operand instanceof In
                || operand instanceof Like
                || operand instanceof Contains
                || operand instanceof IsNull
                || operand instanceof IsMissing;
    }

    private void at(int least, Expression expression) {
        boolean isBare = strength(expression) >= least;
        out.append(isBare ? "" : "(");
        write(expression);
        out.append(isBare ? "" : ")");
    }

    private void write(Expression expression) {
        switch (expression) {
            case Or(List<Expression> terms) -> join(terms, " OR ", AND);
            case And(List<Expression> terms) -> join(terms, " AND ", NOT);
            case Not(Expression operand) -> {
                if (isNegatable(operand)) {
                    predicate(operand, "NOT ");
                } else {
                    out.append("NOT ");
                    at(NOT, operand);
                }
            }
            case Compare(Comparison by, Expression left, Expression right) -> {
                at(CONCATENATION, left);
                out.append(' ').append(by.sign()).append(' ');
                at(CONCATENATION, right);
            }
            case Between _, In _, Like _, Contains _, IsNull _, IsMissing _ -> predicate(expression, "");
            case Binary(Operator by, Expression left, Expression right) -> {
                at(strength(by), left);
                out.append(' ').append(by.sign()).append(' ');
                at(strength(by) + 1, right);
            }
            case Negate(Expression operand) -> {
                boolean isNumber = operand instanceof Constant(Value value) && value instanceof Num;
                out.append('-');
                at(isNumber ? PRIMARY + 1 : UNARY, operand);
            }
            case Constant(Value value) -> constant(value);
            case Path(List<Step> steps) -> path(steps);
            case RowKey() -> out.append("$key");
            case Parameter(String name) ->
                out.append(Character.isDigit(name.charAt(0)) ? '?' : ':').append(name);
            case Case(List<When> branches, Expression otherwise) -> cases(branches, otherwise);
            case Cast(Expression operand, Type type) -> {
                out.append("CAST(");
                write(operand);
                out.append(" AS ").append(type).append(')');
            }
            case Call(Function function, List<Expression> arguments) -> {
                out.append(function.text()).append('(');
                join(arguments, ", ", OR);
                out.append(')');
            }
        }
    }

    private void predicate(Expression expression, String not) {
        switch (expression) {
            case Between(Expression subject, Expression low, Expression high) -> {
                word(subject, not + "BETWEEN");
                at(CONCATENATION, low);
                out.append(" AND ");
                at(CONCATENATION, high);
            }
            case In(Expression subject, List<Expression> options) -> {
                word(subject, not + "IN");
                out.append('(');
                join(options, ", ", OR);
                out.append(')');
            }
            case Like(Expression subject, Expression pattern, String escape) -> {
                word(subject, not + "LIKE");
                at(CONCATENATION, pattern);
                out.append(escape.isEmpty() ? "" : " ESCAPE '" + escape.replace("'", "''") + "'");
            }
            case Contains(Expression array, Expression item) -> {
                word(array, not + "CONTAINS");
                at(CONCATENATION, item);
            }
            case IsNull(Expression operand) -> {
                at(CONCATENATION, operand);
                out.append(" IS ").append(not).append("NULL");
            }
            case IsMissing(Path path) -> {
                write(path);
                out.append(" IS ").append(not).append("MISSING");
            }
            default -> throw new AssertionError(expression.getClass());
        }
    }

    private void word(Expression subject, String word) {
        at(CONCATENATION, subject);
        out.append(' ').append(word).append(' ');
    }

    private void join(List<Expression> parts, String between, int least) {
        Iterator<Expression> rest = parts.iterator();
        at(least, rest.next());
        while (rest.hasNext()) {
            out.append(between);
            at(least, rest.next());
        }
    }

    private void constant(Value value) {
        switch (value) {
            case Value.Null.VALUE -> out.append("NULL");
            case Value.Bool truth -> out.append(truth);
            case Num number -> out.append(number);
            case Text text -> quote(text);
            case Value.Arr _, Value.Obj _ -> {
                out.append("JSON ");
                quote(value);
            }
        }
    }

    private void quote(Value value) {
        out.append('\'').append(value.toString().replace("'", "''")).append('\'');
    }

    private void path(List<Step> steps) {
        if (steps.isEmpty() || steps.getFirst() instanceof Item) {
            out.append("$value");
        }
        boolean isFirst = !steps.isEmpty() && steps.getFirst() instanceof Member;
        for (Step step : steps) {
            switch (step) {
                case Member(String name) -> {
                    out.append(isFirst ? "" : ".").append(Names.written(name, isFirst));
                    isFirst = false;
                }
                case Item(int index) -> out.append('[').append(index).append(']');
            }
        }
    }

    private void cases(List<When> branches, Expression otherwise) {
        out.append("CASE");
        for (When branch : branches) {
            out.append(" WHEN ");
            write(branch.condition());
            out.append(" THEN ");
            write(branch.result());
        }
        if (!otherwise.equals(new Constant(Value.Null.VALUE))) {
            out.append(" ELSE ");
            write(otherwise);
        }
        out.append(" END");
    }
}
