package coppice.expression;

/// How two values are compared.
public enum Comparison {
    /// Equal.
    EQUAL("="),
    /// Not equal.
    UNEQUAL("<>"),
    /// Less.
    LESS("<"),
    /// Less or equal.
    AT_MOST("<="),
    /// Greater.
    GREATER(">"),
    /// Greater or equal.
    AT_LEAST(">=");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /// How it is written.
    public String sign() {
        return sign;
    }

    /// What holds exactly when this does, with the sides exchanged.
    public Comparison flipped() {
        return switch (this) {
            case EQUAL, UNEQUAL -> this;
            case LESS -> GREATER;
            case AT_MOST -> AT_LEAST;
            case GREATER -> LESS;
            case AT_LEAST -> AT_MOST;
        };
    }

    /// What is TRUE exactly when this is FALSE, and NULL when this is.
    public Comparison negated() {
        return switch (this) {
            case EQUAL -> UNEQUAL;
            case UNEQUAL -> EQUAL;
            case LESS -> AT_LEAST;
            case AT_MOST -> GREATER;
            case GREATER -> AT_MOST;
            case AT_LEAST -> LESS;
        };
    }

    /// TRUE, FALSE or NULL: NULL when a side is NULL. Values of different types are unequal and have no order: NULL.
    public Value of(Value left, Value right) {
        if (left == Value.Null.VALUE || right == Value.Null.VALUE) {
            return Value.Null.VALUE;
        }
        if (this == EQUAL || this == UNEQUAL) {
            return Value.of(left.equals(right) == (this == EQUAL));
        }
        if (!left.isLike(right)) {
            return Value.Null.VALUE;
        }
        int order = left.order(right);
        return Value.of(
                switch (this) {
                    case LESS -> order < 0;
                    case AT_MOST -> order <= 0;
                    case GREATER -> order > 0;
                    case AT_LEAST -> order >= 0;
                    case EQUAL, UNEQUAL -> throw new AssertionError(this);
                });
    }
}
