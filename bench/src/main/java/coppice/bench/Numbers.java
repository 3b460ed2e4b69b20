package coppice.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Numbers as people read them.
final class Numbers {
    private static final MathContext THREE_DIGITS = new MathContext(3);

    private Numbers() {}

    /// Three digits that count, and no exponent.
    static String show(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS);
        if (rounded.abs().compareTo(BigDecimal.valueOf(1000)) >= 0) {
            return String.format(Locale.ROOT, "%,d", rounded.longValue());
        }
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /// The median, and in parentheses the smallest and the largest value when there are several.
    static String show(Spread spread, String unit) {
        String median = show(spread.median()) + unit;
        return spread.count() == 1 ? median : median + " (" + show(spread.min()) + "–" + show(spread.max()) + ")";
    }

    /// A count of rows: 10M, 200k.
    static String rows(long records) {
        if (records >= 1_000_000 && records % 1_000_000 == 0) {
            return records / 1_000_000 + "M";
        }
        return records >= 1_000 && records % 1_000 == 0 ? records / 1_000 + "k" : Long.toString(records);
    }
}
