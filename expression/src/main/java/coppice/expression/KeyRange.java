package coppice.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A range of sort keys.
///
/// @param from the first byte string that is in it
/// @param to the first after it
public record KeyRange(byte[] from, byte[] to) {
    private static final HexFormat HEX = HexFormat.of();

    /// All keys: none begins with FF.
    public static final KeyRange ALL = new KeyRange(new byte[0], tag(0xFF));

    /// All keys but that of NULL.
    static final KeyRange ANYTHING = new KeyRange(tag(SortKeyTag.NULL + 1), tag(SortKeyTag.OBJECT + 1));

    /// The keys of NULL.
    static final KeyRange NULL = new KeyRange(tag(SortKeyTag.NULL), tag(SortKeyTag.NULL + 1));

    private static byte[] tag(int tag) {
        return new byte[] {(byte) tag};
    }

    private static byte[] key(Value value) {
        return new SortKeyWriter().add(value, Direction.ASCENDING).bytes();
    }

    /// All that begins with some bytes, one of which is not FF: with a sort key, say.
    public static KeyRange beginningWith(byte[] prefix) {
        return new KeyRange(prefix, after(prefix));
    }

    /// The keys of a value, alone or with more behind it.
    static KeyRange of(Value value) {
        return beginningWith(key(value));
    }

    /// The keys of texts that begin with one.
    static KeyRange ofPrefix(Text prefix) {
        return beginningWith(new SortKeyWriter().addPrefix(prefix).bytes());
    }

    /// The keys of the values that compare so with a value that is not NULL.
    static List<KeyRange> of(Comparison comparison, Value value) {
        KeyRange exact = of(value);
        return switch (comparison) {
            case EQUAL -> List.of(exact);
            case UNEQUAL -> List.of(new KeyRange(ANYTHING.from, exact.from), new KeyRange(exact.to, ANYTHING.to));
            case LESS -> List.of(new KeyRange(ofTypeOf(value).from, exact.from));
            case AT_MOST -> List.of(new KeyRange(ofTypeOf(value).from, exact.to));
            case GREATER -> List.of(new KeyRange(exact.to, ofTypeOf(value).to));
            case AT_LEAST -> List.of(new KeyRange(exact.from, ofTypeOf(value).to));
        };
    }

    private static KeyRange ofTypeOf(Value value) {
        return switch (value.type().orElseThrow()) {
            case BOOLEAN -> new KeyRange(tag(SortKeyTag.FALSE), tag(SortKeyTag.TRUE + 1));
            case NUMBER -> new KeyRange(tag(SortKeyTag.NEGATIVE), tag(SortKeyTag.POSITIVE + 1));
            case TEXT -> new KeyRange(tag(SortKeyTag.TEXT), tag(SortKeyTag.TEXT + 1));
            case ARRAY -> new KeyRange(tag(SortKeyTag.ARRAY), tag(SortKeyTag.ARRAY + 1));
            case OBJECT -> new KeyRange(tag(SortKeyTag.OBJECT), tag(SortKeyTag.OBJECT + 1));
        };
    }

    /// The first byte string after all that begin with one, which has a byte other than FF.
    private static byte[] after(byte[] prefix) {
        int end = prefix.length;
        while (prefix[end - 1] == (byte) 0xFF) {
            end--;
        }
        byte[] after = Arrays.copyOf(prefix, end);
        after[end - 1]++;
        return after;
    }

    /// The same values' range where they sort descending.
    public KeyRange descending() {
        return new KeyRange(after(complement(to)), after(complement(from)));
    }

    private static byte[] complement(byte[] bytes) {
        byte[] complement = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            complement[i] = (byte) ~bytes[i];
        }
        return complement;
    }

    /// Where the texts of this range lie among byte strings, as UTF-8, when it has only texts: from the first up
    /// to, not in it, a later byte string. Others may lie there too.
    public Optional<KeyRange> texts() {
        boolean isOfTexts = from.length > 0
                && from[0] == SortKeyTag.TEXT
                && Arrays.compareUnsigned(to, tag(SortKeyTag.TEXT + 1)) <= 0;
        if (!isOfTexts) {
            return Optional.empty();
        }
        byte[] end = to[0] == SortKeyTag.TEXT ? text(to, 1) : new byte[] {(byte) 0xFF};
        return Optional.of(new KeyRange(text(from, 0), end));
    }

    /// The text in a bound.
    ///
    /// @param more how many bytes 00 to put behind it where it ends in the bound
    private static byte[] text(byte[] bound, int more) {
        byte[] text = new byte[bound.length];
        int length = 0;
        for (int at = 1; at < bound.length; at++) {
            if (bound[at] == 0) {
                if (at + 1 == bound.length || (bound[at + 1] & 0xFF) != SortKeyTag.TEXT_ZERO) {
                    return Arrays.copyOf(Arrays.copyOf(text, length), length + more);
                }
                at++;
                length++;
            } else {
                text[length++] = bound[at];
            }
        }
        return Arrays.copyOf(text, length);
    }

    /// Whether it has the keys of one value alone.
    public boolean isPoint() {
        if (from.length == 0 || !Arrays.equals(to, after(from))) {
            return false;
        }
        SortKeyReader reader = new SortKeyReader(from, 0);
        try {
            reader.skip(Direction.ASCENDING);
            return !reader.hasMore();
        } catch (IllegalArgumentException noValue) {
            return false;
        }
    }

    /// Whether all that is in another is in it.
    public boolean hasAll(KeyRange other) {
        return Arrays.compareUnsigned(from, other.from) <= 0 && Arrays.compareUnsigned(other.to, to) <= 0;
    }

    /// Whether a key is in it.
    public boolean has(byte[] key) {
        return Arrays.compareUnsigned(from, key) <= 0 && Arrays.compareUnsigned(key, to) < 0;
    }

    /// Ranges in order, without gaps of nothing, overlaps and empty ones.
    static List<KeyRange> union(List<KeyRange> ranges) {
        if (ranges.size() == 1 && Arrays.compareUnsigned(ranges.getFirst().from, ranges.getFirst().to) < 0) {
            return ranges;
        }
        List<KeyRange> sorted = ranges.stream()
                .filter(range -> Arrays.compareUnsigned(range.from, range.to) < 0)
                .sorted(Comparator.comparing(KeyRange::from, Arrays::compareUnsigned))
                .toList();
        List<KeyRange> union = new ArrayList<>();
        for (KeyRange range : sorted) {
            if (!union.isEmpty() && Arrays.compareUnsigned(range.from, union.getLast().to) <= 0) {
                KeyRange last = union.removeLast();
                union.add(new KeyRange(last.from, Arrays.compareUnsigned(last.to, range.to) < 0 ? range.to : last.to));
            } else {
                union.add(range);
            }
        }
        return union;
    }

    /// What is in two ranges, if anything is.
    public Optional<KeyRange> and(KeyRange other) {
        KeyRange both = new KeyRange(
                Arrays.compareUnsigned(from, other.from) > 0 ? from : other.from,
                Arrays.compareUnsigned(to, other.to) < 0 ? to : other.to);
        return Arrays.compareUnsigned(both.from, both.to) < 0 ? Optional.of(both) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRange range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(from) + Arrays.hashCode(to);
    }

    @Override
    public String toString() {
        return HEX.formatHex(from) + ".." + HEX.formatHex(to);
    }
}
