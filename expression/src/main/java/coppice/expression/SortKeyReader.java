package coppice.expression;

import coppice.json.JsonRow;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads what [SortKeyWriter] has written, and nothing else. One thread.
public final class SortKeyReader {
    private final byte[] bytes;
    private int at;
    private int mask;

    /// A reader of a key, which it does not change.
    ///
    /// @param from where the first value begins
    public SortKeyReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /// Where the next value begins, or the end.
    public int position() {
        return at;
    }

    /// Whether there is another byte.
    public boolean hasMore() {
        return at < bytes.length;
    }

    /// The next value.
    ///
    /// @throws IllegalArgumentException when no writer has written this in this direction: names the byte
    public Value next(Direction direction) {
        mask = direction == Direction.DESCENDING ? 0xFF : 0;
        return value(take(), 0);
    }

    /// Goes past the next value without reading it: checks no more of it than it takes to find its end.
    ///
    /// @throws IllegalArgumentException when there is no such end: names the byte
    public void skip(Direction direction) {
        mask = direction == Direction.DESCENDING ? 0xFF : 0;
        skip(take());
    }

    private void skip(int tag) {
        switch (tag) {
            case SortKeyTag.NULL, SortKeyTag.FALSE, SortKeyTag.TRUE, SortKeyTag.ZERO -> {}
            case SortKeyTag.POSITIVE -> skipNumber();
            case SortKeyTag.NEGATIVE -> {
                mask ^= 0xFF;
                skipNumber();
                mask ^= 0xFF;
            }
            case SortKeyTag.TEXT -> skipText();
            case SortKeyTag.ARRAY, SortKeyTag.OBJECT -> skipNested();
            default -> throw noValue(tag);
        }
    }

    private void skipNumber() {
        int first = take();
        if (first == SortKeyTag.EXPONENT_SMALL || first == SortKeyTag.EXPONENT_LARGE) {
            at = Math.min(at + Integer.BYTES, bytes.length);
        }
        while (take() != 0) {}
    }

    private void skipText() {
        int last = take();
        int next = take();
        while (last != 0 || next != SortKeyTag.TEXT_END) {
            last = next;
            next = take();
        }
    }

    /// The names of members are texts, so that objects are skipped as arrays are. Nothing on the stack: nobody has
    /// checked how deep it is.
    private void skipNested() {
        for (int depth = 1; depth > 0; ) {
            int tag = take();
            if (tag == SortKeyTag.END) {
                depth--;
            } else if (tag == SortKeyTag.ARRAY || tag == SortKeyTag.OBJECT) {
                depth++;
            } else {
                skip(tag);
            }
        }
    }

    private IllegalArgumentException noValue(int tag) {
        return wrong(String.format(java.util.Locale.ROOT, "no value begins with %02x", tag));
    }

    private int take() {
        if (at == bytes.length) {
            throw wrong("the key ends early");
        }
        return (bytes[at++] ^ mask) & 0xFF;
    }

    private IllegalArgumentException wrong(String problem) {
        return new IllegalArgumentException(
                "This is no sort key: " + problem + ", at byte " + at + " of " + bytes.length);
    }

    private Value value(int tag, int depth) {
        if (depth > SortKeyTag.DEPTH) {
            throw wrong("it nests deeper than " + SortKeyTag.DEPTH + " levels");
        }
        return switch (tag) {
            case SortKeyTag.NULL -> Value.Null.VALUE;
            case SortKeyTag.FALSE -> Value.Bool.FALSE;
            case SortKeyTag.TRUE -> Value.Bool.TRUE;
            case SortKeyTag.ZERO -> Num.of(0);
            case SortKeyTag.POSITIVE -> number(1);
            case SortKeyTag.NEGATIVE -> {
                mask ^= 0xFF;
                Value number = number(-1);
                mask ^= 0xFF;
                yield number;
            }
            case SortKeyTag.TEXT -> text();
            case SortKeyTag.ARRAY -> array(depth);
            case SortKeyTag.OBJECT -> object(depth);
            default -> throw noValue(tag);
        };
    }

    private Value array(int depth) {
        List<Value> items = new ArrayList<>();
        for (int tag = take(); tag != SortKeyTag.END; tag = take()) {
            items.add(value(tag, depth + 1));
        }
        return new Value.Arr(items);
    }

    private Value object(int depth) {
        SortedMap<Text, Value> members = new TreeMap<>();
        for (int tag = take(); tag != SortKeyTag.END; tag = take()) {
            if (tag != SortKeyTag.TEXT) {
                throw wrong("a member begins with its name");
            }
            Text name = text();
            if (!members.isEmpty() && members.lastKey().compareTo(name) >= 0) {
                throw wrong("members are sorted by name");
            }
            members.put(name, value(take(), depth + 1));
        }
        return new Value.Obj(members);
    }

    private Text text() {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        while (true) {
            int b = take();
            if (b == 0) {
                int next = take();
                if (next == SortKeyTag.TEXT_END) {
                    break;
                }
                if (next != SortKeyTag.TEXT_ZERO) {
                    throw wrong("00 in a text is followed by 01 or ff");
                }
            }
            utf8.write(b);
        }
        return JsonRow.text(utf8.toByteArray()).map(Text::of).orElseThrow(() -> wrong("a text is UTF-8"));
    }

    private Value number(int sign) {
        int exponent = exponent();
        StringBuilder digits = new StringBuilder();
        for (int pair = take(); pair != 0; pair = take()) {
            if (pair > 100 || (digits.isEmpty() && pair < 11) || digits.length() >= Num.DIGITS) {
                throw wrong("these are no digits of a number");
            }
            digits.append((char) ('0' + (pair - 1) / 10)).append((char) ('0' + (pair - 1) % 10));
        }
        int length = digits.length();
        if (length == 0 || (digits.charAt(length - 1) == '0' && digits.charAt(length - 2) == '0')) {
            throw wrong("the last digits are not 0");
        }
        BigDecimal whole = new BigDecimal(new BigInteger(digits.toString()), length - 1);
        BigDecimal number = whole.scaleByPowerOfTen(exponent);
        return Num.of(sign < 0 ? number.negate() : number);
    }

    private int exponent() {
        int first = take();
        if (first >= SortKeyTag.EXPONENT_ZERO - 64 && first <= SortKeyTag.EXPONENT_ZERO + 63) {
            return first - SortKeyTag.EXPONENT_ZERO;
        }
        int exponent = (take() << 24) | (take() << 16) | (take() << 8) | take();
        boolean isRight = first == SortKeyTag.EXPONENT_LARGE
                ? exponent > 63 && exponent <= Num.EXPONENT
                : first == SortKeyTag.EXPONENT_SMALL && exponent < -64 && exponent >= -Num.EXPONENT;
        if (!isRight) {
            throw wrong("this is no exponent");
        }
        return exponent;
    }
}
