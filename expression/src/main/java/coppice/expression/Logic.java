package coppice.expression;

import java.util.List;

/// Logic of three values. What is no truth value counts as NULL.
final class Logic {
    private Logic() {}

    static Value and(Value a, Value b) {
        if (a == Value.Bool.FALSE || b == Value.Bool.FALSE) {
            return Value.Bool.FALSE;
        }
        return a == Value.Bool.TRUE && b == Value.Bool.TRUE ? Value.Bool.TRUE : Value.Null.VALUE;
    }

    static Value not(Value value) {
        return value instanceof Value.Bool ? Value.of(value == Value.Bool.FALSE) : Value.Null.VALUE;
    }

    static Value like(Value subject, Value pattern, String escape) {
        return subject instanceof Text text && pattern instanceof Text like
                ? LikePattern.of(like, escape)
                        .map(matcher -> Value.of(matcher.matches(text)))
                        .orElse(Value.Null.VALUE)
                : Value.Null.VALUE;
    }

    /// Whether an item equals the value; NULL among the items equals none.
    static Value contains(Value array, Value item) {
        return array instanceof Value.Arr(List<Value> items) && item != Value.Null.VALUE
                ? Value.of(items.contains(item))
                : Value.Null.VALUE;
    }
}
