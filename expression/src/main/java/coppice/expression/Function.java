package coppice.expression;

import static coppice.expression.Type.NUMBER;
import static coppice.expression.Type.TEXT;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// The functions there are. All but [#COALESCE] yield NULL when an argument is NULL or of a type they do not take.
public enum Function {
    /// The first argument that is not NULL.
    COALESCE(1, Signature.any()),
    /// NULL when both arguments are equal, else the first.
    NULLIF(2, 2, Signature.any()),
    /// The least of arguments of one type.
    LEAST(1, Signature.any()),
    /// The greatest of arguments of one type.
    GREATEST(1, Signature.any()),
    /// Small letters.
    LOWER(1, 1, Signature.of(TEXT, TEXT)),
    /// Capital letters.
    UPPER(1, 1, Signature.of(TEXT, TEXT)),
    /// Characters of a text, items of an array, members of an object.
    LENGTH(1, 1, new Signature(List.of(EnumSet.of(TEXT, Type.ARRAY, Type.OBJECT)), EnumSet.of(NUMBER))),
    /// Part of a text: from which character, counted from 1, and how many.
    SUBSTRING(2, 3, Signature.of(TEXT, TEXT, NUMBER)),
    /// Without spaces at both ends.
    TRIM(1, 1, Signature.of(TEXT, TEXT)),
    /// With every occurrence of the second text replaced by the third.
    REPLACE(3, 3, Signature.of(TEXT, TEXT)),
    /// Whether the first text begins with the second.
    STARTS_WITH(2, 2, Signature.of(Type.BOOLEAN, TEXT)),
    /// Whether the first text ends with the second.
    ENDS_WITH(2, 2, Signature.of(Type.BOOLEAN, TEXT)),
    /// Without the sign.
    ABS(1, 1, Signature.of(NUMBER, NUMBER)),
    /// Rounded half away from zero, to a number of digits after the point.
    ROUND(1, 2, Signature.of(NUMBER, NUMBER)),
    /// The next whole number below.
    FLOOR(1, 1, Signature.of(NUMBER, NUMBER)),
    /// The next whole number above.
    CEIL(1, 1, Signature.of(NUMBER, NUMBER)),
    /// -1, 0 or 1.
    SIGN(1, 1, Signature.of(NUMBER, NUMBER)),
    /// The year of an ISO date or timestamp, as written, like the parts that follow.
    YEAR(1, 1, Signature.of(NUMBER, TEXT)),
    /// The month, from 1.
    MONTH(1, 1, Signature.of(NUMBER, TEXT)),
    /// The day of the month.
    DAY(1, 1, Signature.of(NUMBER, TEXT)),
    /// The hour; 0 of a date.
    HOUR(1, 1, Signature.of(NUMBER, TEXT)),
    /// The minute.
    MINUTE(1, 1, Signature.of(NUMBER, TEXT)),
    /// The second, with its fraction.
    SECOND(1, 1, Signature.of(NUMBER, TEXT)),
    /// The date of a timestamp.
    DATE(1, 1, Signature.of(TEXT, TEXT)),
    /// The name of a value's type.
    TYPEOF(1, 1, new Signature(List.of(EnumSet.allOf(Type.class)), EnumSet.of(TEXT)));

    /// What a function takes and yields.
    ///
    /// @param parameters the types of the arguments; the last also of all that follow
    /// @param result the types that a result can have
    record Signature(List<Set<Type>> parameters, Set<Type> result) {
        static Signature any() {
            Set<Type> all = EnumSet.allOf(Type.class);
            return new Signature(List.of(all), all);
        }

        static Signature of(Type result, Type... parameters) {
            return new Signature(
                    List.of(parameters).stream().<Set<Type>>map(EnumSet::of).toList(), EnumSet.of(result));
        }

        Set<Type> parameter(int index) {
            return parameters.get(Math.min(index, parameters.size() - 1));
        }
    }

    private static final int MANY = 100;
    private final int min;
    private final int max;

    @SuppressWarnings("ImmutableEnumChecker") // it is: nothing changes what its sets hold
    private final Signature signature;

    Function(int min, Signature signature) {
        this(min, MANY, signature);
    }

    Function(int min, int max, Signature signature) {
        this.min = min;
        this.max = max;
        this.signature = signature;
    }

    Signature signature() {
        return signature;
    }

    /// The function of a name in any case.
    static Optional<Function> named(String name) {
        for (Function function : values()) {
            if (function.name().equalsIgnoreCase(name)) {
                return Optional.of(function);
            }
        }
        return Optional.empty();
    }

    /// How it is written: in small letters.
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean takes(int arguments) {
        return arguments >= min && arguments <= max;
    }

    /// What is wrong with that many arguments.
    String arity(int arguments) {
        String wanted = min == max ? "" + min : max == MANY ? min + " to " + MANY : min + " or " + max;
        return text() + " takes " + wanted + (max == 1 ? " argument" : " arguments") + ", not " + arguments;
    }

    /// The value for arguments, as many as it takes.
    Value of(List<Value> arguments) {
        if (this == COALESCE) {
            return arguments.stream()
                    .filter(value -> value != Value.Null.VALUE)
                    .findFirst()
                    .orElse(Value.Null.VALUE);
        }
        Value first = arguments.getFirst();
        if (this == NULLIF) {
            return first.equals(arguments.getLast()) ? Value.Null.VALUE : first;
        }
        for (Value argument : arguments) {
            if (argument == Value.Null.VALUE) {
                return Value.Null.VALUE;
            }
        }
        return switch (this) {
            case LEAST, GREATEST -> extreme(arguments, this == LEAST ? -1 : 1);
            case LENGTH -> TextFunctions.length(first);
            case TYPEOF -> Value.of(first.type().orElseThrow().name().toLowerCase(Locale.ROOT));
            case ABS, ROUND, FLOOR, CEIL, SIGN ->
                first instanceof Num number ? NumberFunctions.of(this, number, arguments) : Value.Null.VALUE;
            case YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, DATE ->
                first instanceof Text text ? Timestamp.part(this, text) : Value.Null.VALUE;
            default -> first instanceof Text text ? TextFunctions.of(this, text, arguments) : Value.Null.VALUE;
        };
    }

    private static Value extreme(List<Value> values, int sign) {
        Value best = values.getFirst();
        for (Value value : values) {
            if (!value.isLike(best)) {
                return Value.Null.VALUE;
            }
            if (value.order(best) * sign > 0) {
                best = value;
            }
        }
        return best;
    }
}
