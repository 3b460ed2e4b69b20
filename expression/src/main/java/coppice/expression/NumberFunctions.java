package coppice.expression;

import java.math.RoundingMode;
import java.util.List;

/// Functions of a number.
final class NumberFunctions {
    private NumberFunctions() {}

    static Value of(Function function, Num number, List<Value> arguments) {
        return switch (function) {
            case ABS -> number.signum() < 0 ? number.negated() : number;
            case SIGN -> Value.of(number.signum());
            case FLOOR -> number.rounded(0, RoundingMode.FLOOR);
            case CEIL -> number.rounded(0, RoundingMode.CEILING);
            case ROUND -> round(number, arguments);
            default -> throw new AssertionError(function);
        };
    }

    private static Value round(Num number, List<Value> arguments) {
        if (arguments.size() == 1) {
            return number.rounded(0, RoundingMode.HALF_UP);
        }
        boolean isPlaces =
                arguments.get(1) instanceof Num places && places.isLong() && Math.abs(places.small()) <= Num.DIGITS;
        return isPlaces
                ? number.rounded((int) ((Num) arguments.get(1)).small(), RoundingMode.HALF_UP)
                : Value.Null.VALUE;
    }
}
