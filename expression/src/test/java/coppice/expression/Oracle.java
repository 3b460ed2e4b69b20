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
import coppice.json.JsonRow;
import java.util.List;
import java.util.Optional;

/// What an expression yields for a document that is a tree already: the plainest way to evaluate, to compare with.
record Oracle(byte[] key, Optional<Value> document) {
    Value value(Expression expression) {
        return switch (expression) {
            case Constant(Value value) -> value;
            case Path path -> find(path).orElse(Value.Null.VALUE);
            case RowKey() -> JsonRow.text(key).map(Value::of).orElse(Value.Null.VALUE);
            case Parameter _ -> throw new AssertionError(expression);
            case And(List<Expression> terms) -> and(terms);
            case Or(List<Expression> terms) ->
                Logic.not(and(terms.stream().<Expression>map(Not::new).toList()));
            case Not(Expression operand) -> Logic.not(value(operand));
            case Compare(Comparison by, Expression left, Expression right) -> by.of(value(left), value(right));
            case Between(Expression subject, Expression low, Expression high) ->
                Logic.and(
                        Comparison.AT_LEAST.of(value(subject), value(low)),
                        Comparison.AT_MOST.of(value(subject), value(high)));
            case In(Expression subject, List<Expression> options) -> in(value(subject), options);
            case Like(Expression subject, Expression pattern, String escape) ->
                Logic.like(value(subject), value(pattern), escape);
            case Contains(Expression array, Expression item) -> Logic.contains(value(array), value(item));
            case IsNull(Expression operand) -> Value.of(value(operand) == Value.Null.VALUE);
            case IsMissing(Path path) -> Value.of(find(path).isEmpty());
            case Binary(Operator by, Expression left, Expression right) -> by.of(value(left), value(right));
            case Negate(Expression operand) ->
                value(operand) instanceof Num number ? number.negated() : Value.Null.VALUE;
            case Case(List<When> branches, Expression otherwise) -> cases(branches, otherwise);
            case Cast(Expression operand, Type type) -> type.cast(value(operand));
            case Call(Function function, List<Expression> arguments) ->
                function.of(arguments.stream().map(this::value).toList());
        };
    }

    private Value and(List<Expression> terms) {
        Value result = Value.Bool.TRUE;
        for (Expression term : terms) {
            result = Logic.and(result, value(term));
        }
        return result;
    }

    private Value in(Value subject, List<Expression> options) {
        Value isNone = Value.Bool.TRUE;
        for (Expression option : options) {
            isNone = Logic.and(isNone, Comparison.UNEQUAL.of(subject, value(option)));
        }
        return Logic.not(isNone);
    }

    private Value cases(List<When> branches, Expression otherwise) {
        for (When branch : branches) {
            if (value(branch.condition()) == Value.Bool.TRUE) {
                return value(branch.result());
            }
        }
        return value(otherwise);
    }

    private Optional<Value> find(Path path) {
        Optional<Value> found = document;
        for (Step step : path.steps()) {
            found = found.flatMap(whole -> part(whole, step));
        }
        return found;
    }

    private static Optional<Value> part(Value whole, Step step) {
        return switch (step) {
            case Member(String name) ->
                whole instanceof Value.Obj object
                        ? Optional.ofNullable(object.members().get(Text.of(name)))
                        : Optional.empty();
            case Item(int index) ->
                whole instanceof Value.Arr(List<Value> items) && index < items.size()
                        ? Optional.of(items.get(index))
                        : Optional.empty();
        };
    }
}
