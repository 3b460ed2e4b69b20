package coppice.engine.query;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.expression.Num;
import coppice.expression.Text;
import coppice.expression.Value;
import coppice.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values as Java has them.
public final class JavaValues {
    private static final Pattern LONG = Pattern.compile("-?[0-9]{1,19}");

    private JavaValues() {}

    /// The value that is meant by null, a truth value, any number, text, or a list or map of such. Numbers are
    /// exact: a
    /// `double` is what it is written as.
    ///
    /// @throws DatabaseException.Incorrect when it is something else
    public static Value value(@Nullable Object java) {
        return switch (java) {
            case null -> Value.Null.VALUE;
            case String text -> Value.of(text);
            case Value value -> value;
            case Boolean truth -> Value.of(truth);
            case Long number -> Value.of(number);
            case Integer number -> Value.of(number.longValue());
            case Number number -> number(number);
            case CharSequence text -> Value.of(text.toString());
            case List<?> items ->
                new Value.Arr(items.stream().map(JavaValues::value).toList());
            case Map<?, ?> members -> {
                SortedMap<Text, Value> values = new TreeMap<>();
                members.forEach((name, value) -> values.put(Text.of(String.valueOf(name)), value(value)));
                yield new Value.Obj(values);
            }
            default ->
                throw incorrect("A value is null, a boolean, a number, text, or a list or map of such, not a "
                        + java.getClass().getName() + ": convert it first");
        };
    }

    private static Value number(Number number) {
        try {
            return Num.of(new BigDecimal(number.toString()));
        } catch (IllegalArgumentException | ArithmeticException beyond) {
            throw incorrect("The number " + number + " is no value: give one of at most " + Num.DIGITS
                    + " digits and an exponent of at most 9");
        }
    }

    private static DatabaseException incorrect(String message) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_QUERY, message);
    }

    /// What Java has for JSON; null also for numbers that it has nothing for.
    static @Nullable Object java(Json json) {
        return switch (json) {
            case Json.Null() -> null;
            case Json.Bool(boolean truth) -> truth;
            case Json.Num(String digits) -> java(digits);
            case Json.Str(String text) -> text;
            case Json.Arr(List<Json> items) -> {
                List<@Nullable Object> values = new ArrayList<>();
                items.forEach(item -> values.add(java(item)));
                yield Collections.unmodifiableList(values);
            }
            case Json.Obj(Map<String, Json> members) -> java(members);
        };
    }

    /// What Java has for the members of an object, in their order.
    static Map<String, @Nullable Object> java(Map<String, Json> members) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        members.forEach((name, value) -> values.put(name, java(value)));
        return Collections.unmodifiableMap(values);
    }

    private static @Nullable Object java(String digits) {
        try {
            BigDecimal number = new BigDecimal(digits);
            boolean isLong =
                    LONG.matcher(digits).matches() && number.toBigInteger().bitLength() < Long.SIZE;
            if (isLong) {
                return number.longValueExact();
            }
            return number;
        } catch (NumberFormatException | ArithmeticException beyond) {
            return null; // an exponent that is no int
        }
    }
}
