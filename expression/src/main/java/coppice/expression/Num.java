package coppice.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// An exact decimal number of at most 1,000 significant digits, of a magnitude from 10^-999,999,999 to
/// 10^999,999,999. What is beyond is no number here: in documents it counts as NULL, and so does arithmetic that
/// leads there or would need more digits, and in documents what is written with more than 1,100 characters. So no
/// number takes more than a kilobyte, and no operation much time.
public final class Num implements Value {
    /// The most significant digits.
    public static final int DIGITS = 1_000;

    /// The largest power of ten of the first digit.
    static final int EXPONENT = 999_999_999;

    /// The longest that a number may be written.
    static final int TEXT = 1_100;

    private static final MathContext QUOTIENT = MathContext.DECIMAL128;
    private static final BigDecimal MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX = BigDecimal.valueOf(Long.MAX_VALUE);

    /// Counts where `wide` is null.
    private final long small;

    /// Null for whole numbers that are a long; else without trailing zeros.
    private final @Nullable BigDecimal wide;

    private Num(long small, @Nullable BigDecimal wide) {
        this.small = small;
        this.wide = wide;
    }

    /// A whole number.
    public static Num of(long number) {
        return new Num(number, null);
    }

    /// A number.
    ///
    /// @throws IllegalArgumentException when it is beyond the limits
    public static Num of(BigDecimal number) {
        if (!(tryOf(number) instanceof Num result)) {
            throw new IllegalArgumentException(
                    "A number has at most " + DIGITS + " digits and an exponent of at most 9 digits");
        }
        return result;
    }

    /// The number, or NULL when it is beyond the limits.
    public static Value tryOf(BigDecimal number) {
        if (number.signum() == 0) {
            return of(0);
        }
        if (Math.abs(exponent(number)) > EXPONENT) {
            return Null.VALUE;
        }
        BigDecimal bare = number.precision() == 1 ? number : number.stripTrailingZeros();
        if (bare.scale() <= 0 && exponent(bare) <= 18 && bare.compareTo(MIN) >= 0 && bare.compareTo(MAX) <= 0) {
            return of(bare.longValueExact());
        }
        return bare.precision() > DIGITS ? Null.VALUE : new Num(0, bare);
    }

    /// The power of ten of the first digit.
    private static long exponent(BigDecimal number) {
        return (long) number.precision() - 1 - number.scale();
    }

    /// The number that JSON digits are, or NULL when it is beyond the limits.
    static Value parse(String digits) {
        if (digits.length() > TEXT) {
            return Null.VALUE;
        }
        try {
            return tryOf(new BigDecimal(digits));
        } catch (NumberFormatException | ArithmeticException beyond) {
            return Null.VALUE; // an exponent that is no int
        }
    }

    /// Its value.
    public BigDecimal decimal() {
        return wide != null ? wide : BigDecimal.valueOf(small);
    }

    /// The power of ten of its first digit; 0 for zero.
    public long exponent() {
        return signum() == 0 ? 0 : exponent(decimal());
    }

    /// Whether it is a whole number that fits a long.
    public boolean isLong() {
        return wide == null;
    }

    /// The whole number that it is where [#isLong].
    long small() {
        return small;
    }

    int signum() {
        return wide != null ? wide.signum() : Long.signum(small);
    }

    int compare(Num other) {
        return wide == null && other.wide == null
                ? Long.compare(small, other.small)
                : decimal().compareTo(other.decimal());
    }

    Value plus(Num other) {
        if (wide == null && other.wide == null) {
            long sum = small + other.small;
            if (((small ^ sum) & (other.small ^ sum)) >= 0) {
                return of(sum);
            }
        }
        return aligns(decimal(), other.decimal()) ? tryOf(decimal().add(other.decimal())) : Null.VALUE;
    }

    Value minus(Num other) {
        return other.negated() instanceof Num negative ? plus(negative) : Null.VALUE;
    }

    Value times(Num other) {
        if (wide == null && other.wide == null) {
            long high = Math.multiplyHigh(small, other.small);
            long low = small * other.small;
            if (high == low >> 63) {
                return of(low);
            }
        }
        BigDecimal mine = decimal();
        BigDecimal theirs = other.decimal();
        boolean fits = Math.abs(exponent(mine) + exponent(theirs)) <= EXPONENT + 1L
                && Math.abs((long) mine.scale() + theirs.scale()) <= Integer.MAX_VALUE;
        return fits ? tryOf(mine.multiply(theirs)) : Null.VALUE;
    }

    /// Exact where at most 34 digits tell the quotient, else rounded half to even to 34; NULL by zero.
    Value over(Num other) {
        if (other.signum() == 0) {
            return Null.VALUE;
        }
        if (wide == null && other.wide == null && other.small != -1 && small % other.small == 0) {
            return of(small / other.small);
        }
        try {
            return tryOf(decimal().divide(other.decimal(), QUOTIENT));
        } catch (ArithmeticException beyond) {
            return Null.VALUE;
        }
    }

    Value remainder(Num other) {
        if (other.signum() == 0) {
            return Null.VALUE;
        }
        if (wide == null && other.wide == null) {
            return of(other.small == -1 ? 0 : small % other.small);
        }
        BigDecimal mine = decimal();
        BigDecimal theirs = other.decimal();
        return aligns(mine, theirs) ? tryOf(mine.remainder(theirs)) : Null.VALUE;
    }

    Value negated() {
        return wide == null && small != Long.MIN_VALUE
                ? of(-small)
                : tryOf(decimal().negate());
    }

    /// Rounded to that many digits after the point, or before it where negative.
    Value rounded(int places, RoundingMode mode) {
        if ((wide == null && places >= 0) || decimal().scale() <= places) {
            return this;
        }
        if (exponent(decimal()) < -(long) places - 1 && mode == RoundingMode.HALF_UP) {
            return of(0);
        }
        return exponent(decimal()) < -1 && places == 0
                ? of(mode == RoundingMode.FLOOR ? Math.min(0, signum()) : Math.max(0, signum()))
                : tryOf(decimal().setScale(places, mode));
    }

    /// Whether all digits from the first of either to the last of either are few enough to write them side by side.
    private static boolean aligns(BigDecimal a, BigDecimal b) {
        if (a.signum() == 0 || b.signum() == 0) {
            return true;
        }
        long first = Math.max(exponent(a), exponent(b));
        long last = Math.min(-(long) a.scale(), -(long) b.scale());
        return first - last <= 2L * DIGITS;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Num number
                && small == number.small
                && (wide == null ? number.wide == null : wide.equals(number.wide));
    }

    @Override
    public int hashCode() {
        return wide == null ? Long.hashCode(small) : wide.hashCode();
    }

    /// The shortest exact digits, a JSON number: all of them up to 40 characters, else with an exponent.
    @Override
    public String toString() {
        if (wide == null) {
            return Long.toString(small);
        }
        boolean isShort = wide.scale() >= 0 ? wide.scale() < 40 : exponent(wide) < 40;
        return isShort ? wide.toPlainString() : wide.toString();
    }
}
