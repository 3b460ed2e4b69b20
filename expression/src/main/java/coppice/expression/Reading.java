package coppice.expression;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads values out of JSON that [Scan] has found to be right.
final class Reading {
    private static final int LONG_DIGITS = 18;
    private static final byte[] REPLACEMENT = {(byte) 0xEF, (byte) 0xBF, (byte) 0xBD};

    private final byte[] text;
    private int at;

    Reading(byte[] text, int from) {
        this.text = text;
        this.at = from;
    }

    /// The value that begins here; then stands behind it.
    Value value() {
        return switch (text[at]) {
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            case 't' -> word(Value.Bool.TRUE, 4);
            case 'f' -> word(Value.Bool.FALSE, 5);
            case 'n' -> word(Value.Null.VALUE, 4);
            default -> number();
        };
    }

    private Value word(Value value, int length) {
        at += length;
        return value;
    }

    private void space() {
        while (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t') {
            at++;
        }
    }

    private Value array() {
        List<Value> items = new ArrayList<>();
        while (isMore(']')) {
            items.add(value());
        }
        return new Value.Arr(items);
    }

    private Value object() {
        SortedMap<Text, Value> members = new TreeMap<>();
        while (isMore('}')) {
            Text name = string();
            space();
            at++; // the colon
            space();
            members.put(name, value());
        }
        return new Value.Obj(members);
    }

    /// Goes on from an opening sign, or from behind an element, to the next element or behind the closing sign.
    private boolean isMore(char close) {
        space();
        boolean isOpen = text[at] == (close == ']' ? '[' : '{');
        if (isOpen || text[at] == ',') {
            at++;
            space();
        }
        boolean isEnd = text[at] == close;
        at += isEnd ? 1 : 0;
        return !isEnd;
    }

    private Value number() {
        int from = at;
        boolean isNegative = text[at] == '-';
        at += isNegative ? 1 : 0;
        long whole = 0;
        int first = at;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            whole = 10 * whole + (text[at++] - '0');
        }
        boolean isWhole = at == text.length || (text[at] != '.' && text[at] != 'e' && text[at] != 'E');
        if (isWhole && at - first <= LONG_DIGITS) {
            return Num.of(isNegative ? -whole : whole);
        }
        while (at < text.length && isNumeric(text[at])) {
            at++;
        }
        return Num.parse(new String(text, from, at - from, ISO_8859_1));
    }

    private static boolean isNumeric(byte b) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'e' || b == 'E' || b == '+' || b == '-';
    }

    /// The string that begins here.
    Text string() {
        int from = ++at;
        while (text[at] != '"' && text[at] != '\\') {
            at++;
        }
        return text[at] == '"' ? Text.ofUtf8(Arrays.copyOfRange(text, from, at++)) : escaped(from);
    }

    /// The same when there are escapes, which never get longer.
    private Text escaped(int from) {
        int end = at;
        while (text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        byte[] plain = Arrays.copyOfRange(text, from, end);
        int length = at - from;
        while (at < end) {
            byte b = text[at++];
            if (b != '\\') {
                plain[length++] = b;
                continue;
            }
            byte sign = text[at++];
            if (sign == 'u') {
                length = character(plain, length);
            } else {
                plain[length++] = plain(sign);
            }
        }
        at = end + 1;
        return Text.ofUtf8(Arrays.copyOf(plain, length));
    }

    private static byte plain(byte sign) {
        return switch (sign) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> sign;
        };
    }

    /// Writes the character whose four hexadecimal digits follow, with those of its other half.
    private int character(byte[] into, int from) {
        int point = hex();
        if (Character.isHighSurrogate((char) point) && text[at] == '\\' && text[at + 1] == 'u') {
            int here = at;
            at += 2;
            int low = hex();
            if (Character.isLowSurrogate((char) low)) {
                point = Character.toCodePoint((char) point, (char) low);
            } else {
                at = here;
            }
        }
        int length = from;
        if (point < 0x80) {
            into[length++] = (byte) point;
        } else if (point < 0x800) {
            into[length++] = (byte) (0xC0 | (point >> 6));
            into[length++] = (byte) (0x80 | (point & 0x3F));
        } else if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            System.arraycopy(REPLACEMENT, 0, into, length, REPLACEMENT.length);
            length += REPLACEMENT.length;
        } else {
            if (point < 0x10000) {
                into[length++] = (byte) (0xE0 | (point >> 12));
            } else {
                into[length++] = (byte) (0xF0 | (point >> 18));
                into[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
            }
            into[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
            into[length++] = (byte) (0x80 | (point & 0x3F));
        }
        return length;
    }

    private int hex() {
        int number = 0;
        for (int end = at + 4; at < end; at++) {
            number = (16 * number) + Character.digit(text[at], 16);
        }
        return number;
    }
}
