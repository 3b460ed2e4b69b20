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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;

/// Makes code of expressions.
final class Compilation {
    private final Wanted wanted;
    private final List<Expression> given;

    Compilation(Wanted wanted) {
        this(wanted, List.of());
    }

    /// @param given what rows have the values of without reading
    Compilation(Wanted wanted, List<Expression> given) {
        this.wanted = wanted;
        this.given = given;
    }

    Code code(Expression expression) {
        int number = given.indexOf(expression);
        return number < 0 ? computed(expression) : row -> row.given(number);
    }

    private Code computed(Expression expression) {
        return switch (expression) {
            case Constant(Value value) -> _ -> value;
            case Path path -> {
                int number = wanted.number(path);
                yield row -> row.part(number);
            }
            case RowKey() -> Row::key;
            case Parameter _ -> throw new IllegalArgumentException(Binding.unbound(expression));
            case And(List<Expression> terms) -> until(Value.Bool.FALSE, codes(terms));
            case Or(List<Expression> terms) -> until(Value.Bool.TRUE, codes(terms));
            case Not(Expression operand) -> {
                Code code = code(operand);
                yield row -> Logic.not(code.value(row));
            }
            case Compare(Comparison by, Expression left, Expression right) -> joined(left, right, by::of);
            case Between between -> between(between);
            case In in -> in(in);
            case Like like -> like(like);
            case Contains(Expression array, Expression item) -> joined(array, item, Logic::contains);
            case IsNull(Path path)
            when !given.contains(path) -> {
                int number = wanted.number(path);
                yield row -> Value.of(row.isNull(number));
            }
            case IsNull(Expression operand) -> {
                Code code = code(operand);
                yield row -> Value.of(code.value(row) == Value.Null.VALUE);
            }
            case IsMissing(Path path) -> {
                int number = wanted.number(path);
                yield row -> Value.of(row.isMissing(number));
            }
            case Binary(Operator by, Expression left, Expression right) -> joined(left, right, by::of);
            case Negate(Expression operand) -> {
                Code code = code(operand);
                yield row -> code.value(row) instanceof Num number ? number.negated() : Value.Null.VALUE;
            }
            case Case(List<When> branches, Expression otherwise) -> cases(branches, code(otherwise));
            case Cast(Expression operand, Type type) -> {
                Code code = code(operand);
                yield row -> type.cast(code.value(row));
            }
            case Call(Function function, List<Expression> arguments) -> {
                Code[] codes = codes(arguments);
                yield row -> function.of(
                        Arrays.stream(codes).map(code -> code.value(row)).toList());
            }
        };
    }

    private Code joined(Expression left, Expression right, BinaryOperator<Value> join) {
        Code first = code(left);
        Code second = code(right);
        return row -> join.apply(first.value(row), second.value(row));
    }

    private Code[] codes(List<Expression> expressions) {
        return expressions.stream().map(this::code).toArray(Code[]::new);
    }

    /// AND, which ends at the first FALSE, and OR, which ends at the first TRUE.
    private static Code until(Value.Bool last, Code[] terms) {
        Value.Bool other = last == Value.Bool.TRUE ? Value.Bool.FALSE : Value.Bool.TRUE;
        return row -> {
            Value result = other;
            for (Code term : terms) {
                Value value = term.value(row);
                if (value == last) {
                    return last;
                }
                result = value == other ? result : Value.Null.VALUE;
            }
            return result;
        };
    }

    private Code between(Between between) {
        Code subject = code(between.subject());
        Code low = code(between.low());
        Code high = code(between.high());
        return row -> {
            Value value = subject.value(row);
            return Logic.and(
                    Comparison.AT_LEAST.of(value, low.value(row)), Comparison.AT_MOST.of(value, high.value(row)));
        };
    }

    /// Constants are looked up, however many there are; other options are computed one by one.
    private Code in(In in) {
        Code subject = code(in.subject());
        Set<Value> constants = new HashSet<>();
        List<Code> others = new ArrayList<>();
        for (Expression option : in.options()) {
            if (option instanceof Constant(Value value)) {
                constants.add(value);
            } else {
                others.add(code(option));
            }
        }
        Value otherwise = constants.remove(Value.Null.VALUE) ? Value.Null.VALUE : Value.Bool.FALSE;
        return row -> {
            Value value = subject.value(row);
            if (value == Value.Null.VALUE) {
                return value;
            }
            Value result = constants.contains(value) ? Value.Bool.TRUE : otherwise;
            for (int i = 0; i < others.size() && result != Value.Bool.TRUE; i++) {
                Value isEqual = Comparison.EQUAL.of(value, others.get(i).value(row));
                result = isEqual == Value.Bool.FALSE ? result : isEqual;
            }
            return result;
        };
    }

    private Code like(Like like) {
        Code subject = code(like.subject());
        if (like.pattern() instanceof Constant(Value constant) && constant instanceof Text text) {
            Optional<LikePattern> pattern = LikePattern.of(text, like.escape());
            return row -> subject.value(row) instanceof Text value && pattern.isPresent()
                    ? Value.of(pattern.get().matches(value))
                    : Value.Null.VALUE;
        }
        Code pattern = code(like.pattern());
        return row -> Logic.like(subject.value(row), pattern.value(row), like.escape());
    }

    private Code cases(List<When> branches, Code otherwise) {
        Code[] conditions = codes(branches.stream().map(When::condition).toList());
        Code[] results = codes(branches.stream().map(When::result).toList());
        return row -> {
            for (int i = 0; i < conditions.length; i++) {
                if (conditions[i].value(row) == Value.Bool.TRUE) {
                    return results[i].value(row);
                }
            }
            return otherwise.value(row);
        };
    }
}
