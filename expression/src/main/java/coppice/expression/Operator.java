package coppice.expression;

/// What makes one value of two.
public enum Operator {
    /// Sum.
    PLUS("+"),
    /// Difference.
    MINUS("-"),
    /// Product.
    TIMES("*"),
    /// Quotient, to 34 digits.
    DIVIDE("/"),
    /// Remainder, with the sign of the left side.
    REMAINDER("%"),
    /// One text after the other; numbers and truth values become text.
    CONCATENATE("||");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    /// How it is written.
    public String sign() {
        return sign;
    }

    /// What it makes of two values: NULL when one is NULL or of another type, by zero, and beyond the limits.
    public Value of(Value left, Value right) {
        if (this == CONCATENATE) {
            return Type.TEXT.cast(left) instanceof Text head && Type.TEXT.cast(right) instanceof Text tail
                    ? TextFunctions.concatenated(head, tail)
                    : Value.Null.VALUE;
        }
        if (!(left instanceof Num a) || !(right instanceof Num b)) {
            return Value.Null.VALUE;
        }
        return switch (this) {
            case PLUS -> a.plus(b);
            case MINUS -> a.minus(b);
            case TIMES -> a.times(b);
            case DIVIDE -> a.over(b);
            case REMAINDER -> a.remainder(b);
            case CONCATENATE -> throw new AssertionError(this);
        };
    }
}
