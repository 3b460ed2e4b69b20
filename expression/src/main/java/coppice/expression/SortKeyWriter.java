package coppice.expression;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Writes values as bytes that sort, unsigned and from the left, as the values do: what ordered indexes have for
/// keys. No value's bytes begin with another's, so that several in a row sort by the first, then by the second,
/// and so on; equal values have equal bytes. `docs/format/sort-key.md` has the format, [SortKeyReader] reads it.
/// One thread.
///
/// ```java
/// byte[] key = new SortKeyWriter().add(city, ASCENDING).add(age, DESCENDING).bytes();
/// ```
public final class SortKeyWriter {
    private byte[] bytes = new byte[32];
    private int length;
    private int mask;

    /// A writer of an empty key.
    public SortKeyWriter() {}

    /// Adds a value. Costs time and space in proportion to it.
    ///
    /// @throws IllegalArgumentException when it nests deeper than 500 levels, which no document does
    public SortKeyWriter add(Value value, Direction direction) {
        mask = direction == Direction.DESCENDING ? 0xFF : 0;
        write(value, 0);
        return this;
    }

    /// Adds what the keys of all texts begin with that begin with this one. Nothing can be added after it.
    SortKeyWriter addPrefix(Text text) {
        mask = 0;
        put(SortKeyTag.TEXT);
        content(text);
        return this;
    }

    /// How many bytes the key has so far.
    public int length() {
        return length;
    }

    /// The key so far, a copy.
    public byte[] bytes() {
        return Arrays.copyOf(bytes, length);
    }

    /// The key so far with more bytes behind it, a copy; the key itself stays as it is.
    public byte[] followedBy(byte[] more) {
        byte[] whole = Arrays.copyOf(bytes, length + more.length);
        System.arraycopy(more, 0, whole, length, more.length);
        return whole;
    }

    private void put(int b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = (byte) (b ^ mask);
    }

    private void write(Value value, int depth) {
        if (depth > SortKeyTag.DEPTH) {
            throw new IllegalArgumentException(
                    "A value in a key nests at most " + SortKeyTag.DEPTH + " levels deep: this one nests deeper");
        }
        switch (value) {
            case Value.Null.VALUE -> put(SortKeyTag.NULL);
            case Value.Bool truth -> put(truth == Value.Bool.TRUE ? SortKeyTag.TRUE : SortKeyTag.FALSE);
            case Num number -> number(number);
            case Text text -> text(text);
            case Value.Arr(List<Value> items) -> {
                put(SortKeyTag.ARRAY);
                items.forEach(item -> write(item, depth + 1));
                put(SortKeyTag.END);
            }
            case Value.Obj object -> {
                put(SortKeyTag.OBJECT);
                for (Map.Entry<Text, Value> member : object.members().entrySet()) {
                    text(member.getKey());
                    write(member.getValue(), depth + 1);
                }
                put(SortKeyTag.END);
            }
        }
    }

    private void text(Text text) {
        put(SortKeyTag.TEXT);
        content(text);
        put(0);
        put(SortKeyTag.TEXT_END);
    }

    private void content(Text text) {
        for (byte b : text.utf8()) {
            put(b);
            if (b == 0) {
                put(SortKeyTag.TEXT_ZERO);
            }
        }
    }

    private void number(Num number) {
        int sign = number.signum();
        if (sign == 0) {
            put(SortKeyTag.ZERO);
            return;
        }
        put(sign < 0 ? SortKeyTag.NEGATIVE : SortKeyTag.POSITIVE);
        mask ^= sign < 0 ? 0xFF : 0;
        if (number.isLong()) {
            String digits = Long.toString(number.small());
            number(digits.substring(sign < 0 ? 1 : 0), digits.length() - (sign < 0 ? 2 : 1));
        } else {
            BigDecimal decimal = number.decimal();
            number(decimal.unscaledValue().abs().toString(), decimal.precision() - 1 - decimal.scale());
        }
        mask ^= sign < 0 ? 0xFF : 0;
    }

    private void number(String digits, int exponent) {
        if (exponent >= -64 && exponent <= 63) {
            put(SortKeyTag.EXPONENT_ZERO + exponent);
        } else {
            put(exponent < 0 ? SortKeyTag.EXPONENT_SMALL : SortKeyTag.EXPONENT_LARGE);
            for (int shift = 24; shift >= 0; shift -= 8) {
                put(exponent >>> shift);
            }
        }
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        for (int at = 0; at < end; at += 2) {
            int tens = 10 * (digits.charAt(at) - '0');
            put(1 + tens + (at + 1 < end ? digits.charAt(at + 1) - '0' : 0));
        }
        put(0);
    }
}
