package coppice.expression;

import java.util.Locale;
import java.util.regex.Pattern;

/// The types of values other than NULL, in the order in which values of different types sort.
public enum Type {
    /// `TRUE` and `FALSE`.
    BOOLEAN,
    /// Exact decimal numbers.
    NUMBER,
    /// Text.
    TEXT,
    /// JSON arrays.
    ARRAY,
    /// JSON objects.
    OBJECT;

    /// Its name in messages, with its article: `a number`.
    String noun() {
        return (this == ARRAY || this == OBJECT ? "an " : "a ") + name().toLowerCase(Locale.ROOT);
    }

    private static final Pattern NUMBER_TEXT = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

    /// The value of this type that means the same; NULL when there is none.
    Value cast(Value value) {
        return switch (this) {
            case BOOLEAN -> truth(value);
            case NUMBER -> number(value);
            case TEXT -> text(value);
            case ARRAY, OBJECT -> throw new AssertionError(this);
        };
    }

    private static Value truth(Value value) {
        return switch (value) {
            case Value.Bool truth -> truth;
            case Num number
            when number.isLong() && (number.small() == 0 || number.small() == 1) -> Value.of(number.small() == 1);
            case Text text ->
                switch (text.toString().toLowerCase(Locale.ROOT)) {
                    case "true" -> Value.Bool.TRUE;
                    case "false" -> Value.Bool.FALSE;
                    default -> Value.Null.VALUE;
                };
            default -> Value.Null.VALUE;
        };
    }

    private static Value number(Value value) {
        return switch (value) {
            case Num number -> number;
            case Value.Bool truth -> Value.of(truth == Value.Bool.TRUE ? 1 : 0);
            case Text text -> {
                String digits = text.utf8().length > Num.TEXT ? "" : text.toString();
                yield NUMBER_TEXT.matcher(digits).matches() ? Num.parse(digits) : Value.Null.VALUE;
            }
            default -> Value.Null.VALUE;
        };
    }

    private static Value text(Value value) {
        return switch (value) {
            case Text text -> text;
            case Num _ -> Text.of(value.toString());
            case Value.Bool _ -> Text.of(value.toString().toLowerCase(Locale.ROOT));
            default -> Value.Null.VALUE;
        };
    }
}
