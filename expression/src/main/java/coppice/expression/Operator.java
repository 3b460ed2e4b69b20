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
}
