package coppice.expression;

import java.math.BigDecimal;
import java.util.Arrays;

/// An ISO 8601 date, or a timestamp with optional seconds, fraction and zone: `2026-11-29`, `2026-11-29T06:30Z`,
/// `2026-11-29 06:30:15.250+01:00`. Its parts are those that are written: nothing is moved to another zone.
final class Timestamp {
    private static final int[] DAYS = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    private final byte[] text;
    private int at;

    private Timestamp(byte[] text) {
        this.text = text;
    }

    /// A part of it; NULL when the text is none.
    static Value part(Function part, Text text) {
        return new Timestamp(text.utf8()).part(part);
    }

    private Value part(Function part) {
        int year = digits(4);
        int month = sign('-') ? digits(2) : -1;
        int day = sign('-') ? digits(2) : -1;
        boolean isDate = year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= days(year, month);
        int hour = 0;
        int minute = 0;
        int seconds = at;
        boolean isTime = true;
        if (isDate && at < text.length) {
            isTime = sign('T') || sign('t') || sign(' ');
            hour = digits(2);
            minute = sign(':') ? digits(2) : -1;
            seconds = at + 1;
            isTime &= hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second();
        }
        int end = at;
        if (!isDate || !isTime || !zone() || at != text.length) {
            return Value.Null.VALUE;
        }
        return switch (part) {
            case YEAR -> Value.of(year);
            case MONTH -> Value.of(month);
            case DAY -> Value.of(day);
            case HOUR -> Value.of(hour);
            case MINUTE -> Value.of(minute);
            case SECOND ->
                seconds >= end
                        ? Value.of(0)
                        : Num.tryOf(new BigDecimal(
                                new String(text, seconds, end - seconds, java.nio.charset.StandardCharsets.US_ASCII)));
            case DATE -> Text.ofUtf8(Arrays.copyOf(text, 10));
            default -> throw new AssertionError(part);
        };
    }

    private static int days(int year, int month) {
        boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        return month == 2 && !isLeap ? 28 : DAYS[month - 1];
    }

    private boolean second() {
        if (!sign(':')) {
            return true;
        }
        int second = digits(2);
        if (sign('.')) {
            int from = at;
            while (at < text.length && at - from < 9 && isDigit(text[at])) {
                at++;
            }
            return second >= 0 && second < 60 && at > from;
        }
        return second >= 0 && second < 60;
    }

    private boolean zone() {
        if (at <= 10 || sign('Z') || sign('z')) {
            return true;
        }
        if (sign('+') || sign('-')) {
            int hours = digits(2);
            int minutes = sign(':') ? digits(2) : -1;
            return hours >= 0 && hours <= 18 && minutes >= 0 && minutes < 60;
        }
        return true;
    }

    private boolean sign(char sign) {
        if (at < text.length && text[at] == sign) {
            at++;
            return true;
        }
        return false;
    }

    private int digits(int count) {
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (at >= text.length || !isDigit(text[at])) {
                return -1;
            }
            number = 10 * number + text[at++] - '0';
        }
        return number;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
