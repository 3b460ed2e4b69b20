package coppice.cli.render;

import java.util.Locale;

/// Counts, sizes, times and rates as people read them; the same in every locale.
public final class Amounts {
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB", "TiB"};

    private Amounts() {}

    /// `24,657`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `24,657 rows`, `1 row`. The plural is the word with an s.
    public static String count(long number, String word) {
        return count(number) + " " + word + (number == 1 ? "" : "s");
    }

    /// `812 B`, `1.4 MiB`: powers of 1024, three digits.
    public static String bytes(long number) {
        double value = number;
        int unit = 0;
        while (Math.abs(value) >= 999.5 && unit < SIZES.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(number) : digits(value)) + " " + SIZES[unit];
    }

    /// `480 ns`, `3.2 µs`, `1.25 ms`, `2.4 s`, `3 min 20 s`.
    ///
    /// @param nanos a duration in nanoseconds, 0 or more
    public static String time(long nanos) {
        if (nanos < 1_000) {
            return nanos + " ns";
        } else if (nanos < 999_500) {
            return digits(nanos / 1e3) + " µs";
        } else if (nanos < 999_500_000L) {
            return digits(nanos / 1e6) + " ms";
        } else if (nanos < 99_950_000_000L) {
            return digits(nanos / 1e9) + " s";
        }
        long seconds = Math.round(nanos / 1e9);
        return seconds / 60 + " min " + seconds % 60 + " s";
    }

    /// `1.2 M/s`: how many in a second, from a count and a duration in nanoseconds.
    public static String rate(long number, long nanos) {
        double perSecond = number * 1e9 / Math.max(1, nanos);
        if (perSecond >= 999_500) {
            return digits(perSecond / 1e6) + " M/s";
        } else if (perSecond >= 999.5) {
            return digits(perSecond / 1e3) + " k/s";
        }
        return digits(perSecond) + " /s";
    }

    /// `480 MiB/s`: how many bytes in a second, from their number and a duration in nanoseconds.
    public static String byteRate(long number, long nanos) {
        return bytes((long) (number * 1e9 / Math.max(1, nanos))) + "/s";
    }

    private static String digits(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
