package coppice.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;

/// A range of keys: from one (inclusive) to another (exclusive), either end open, forwards or in reverse.
/// Immutable.
public final class Range {
    private static final byte[] NONE = {};
    private static final Range ALL = new Range(NONE, NONE, false, false);

    private final byte[] from; // empty: from the first key, since no key is empty
    private final byte[] to;
    private final boolean bounded;
    private final boolean reverse;

    private Range(byte[] from, byte[] to, boolean bounded, boolean reverse) {
        this.from = from;
        this.to = to;
        this.bounded = bounded;
        this.reverse = reverse;
    }

    /// All keys.
    public static Range all() {
        return ALL;
    }

    /// The keys from this one on.
    public static Range from(byte[] key) {
        return new Range(key.clone(), NONE, false, false);
    }

    /// The keys before this one.
    public static Range to(byte[] key) {
        return new Range(NONE, key.clone(), true, false);
    }

    /// The keys from one on and before another.
    public static Range between(byte[] from, byte[] to) {
        return new Range(from.clone(), to.clone(), true, false);
    }

    /// The keys that begin with these bytes.
    public static Range prefix(byte[] prefix) {
        int end = prefix.length;
        while (end > 0 && prefix[end - 1] == (byte) 0xff) {
            end--;
        }
        if (end == 0) {
            return from(prefix);
        }
        byte[] to = Arrays.copyOf(prefix, end);
        to[end - 1]++;
        return new Range(prefix.clone(), to, true, false);
    }

    /// The keys that begin with this text in UTF-8.
    public static Range prefix(String prefix) {
        return prefix(prefix.getBytes(UTF_8));
    }

    /// The same keys in the opposite order.
    public Range reversed() {
        return new Range(from, to, bounded, !reverse);
    }

    /// The part of this range that follows a key of it, in its order.
    public Range after(byte[] key) {
        if (reverse) {
            return new Range(from, key.clone(), true, true);
        }
        return new Range(Arrays.copyOf(key, key.length + 1), to, bounded, false);
    }

    /// The first key that may be in the range; empty when there is no lower bound.
    public byte[] lower() {
        return from.clone();
    }

    /// The key that bounds the range above, not in it.
    public Optional<byte[]> upper() {
        return bounded ? Optional.of(to.clone()) : Optional.empty();
    }

    /// Whether the order is from high to low.
    public boolean isReversed() {
        return reverse;
    }

    /// Whether a key lies in the range.
    public boolean contains(byte[] key) {
        return Arrays.compareUnsigned(key, from) >= 0 && (!bounded || Arrays.compareUnsigned(key, to) < 0);
    }

    @Override
    public String toString() {
        String ends = "[" + new String(from, UTF_8) + " .. " + (bounded ? new String(to, UTF_8) : "") + ")";
        return reverse ? ends + " reversed" : ends;
    }
}
