package coppice.kernel.tree;

import java.util.Arrays;

/// The first key under a node in 64 bits, told by the last one: how much both have in common, and up to six bytes of
/// the first behind that. Whoever knows the last key can tell by it whether the first is behind another key, but for
/// keys that have more in common with the first than is kept.
///
/// ```
/// bits 51 to 63   the length of the common prefix, and one more: 0 is nothing known
/// bits 48 to 50   how many bytes follow before the key ends; 7 when six follow and there are more
/// bits 0 to 47    those bytes, from the highest down
/// ```
final class FirstKey {
    /// Nothing is known.
    static final long UNKNOWN = 0;

    private static final int KEPT = 6;
    private static final int MORE = KEPT + 1;
    private static final int COUNT_AT = 48;
    private static final int COMMON_AT = 51;

    private FirstKey() {}

    /// Where a first key is.
    enum Order {
        /// Behind the other key.
        BEHIND,
        /// At or before it.
        NOT_BEHIND,
        /// That cannot be told.
        UNTOLD
    }

    /// What is kept of the first key of a leaf.
    static long of(Node leaf) {
        byte[] bytes = leaf.bytes();
        int start = leaf.keyStart(0);
        int last = leaf.count() - 1;
        int common = common(bytes, start, leaf.keyEnd(0), leaf.keyStart(last), leaf.keyEnd(last));
        int left = leaf.keyLength(0) - common;
        long kept = 0;
        for (int i = 0; i < Math.min(left, KEPT); i++) {
            kept |= placed(bytes[start + common + i], i);
        }
        return encoded(common, left, kept);
    }

    /// What is kept of the first key of an inner node, told by what is kept of the first key of its first child.
    static long of(Node parent, long ofChild) {
        if (ofChild == UNKNOWN) {
            return UNKNOWN;
        }
        int last = parent.count() - 1;
        byte[] bytes = parent.bytes();
        int start = parent.keyStart(0);
        int common = common(bytes, start, parent.keyEnd(0), parent.keyStart(last), parent.keyEnd(last));
        int known = commonOf(ofChild);
        if (common >= known) {
            return ofChild; // the last key agrees with the first child's last key beyond where the first key differs
        }
        long kept = 0;
        for (int i = 0; i < KEPT; i++) {
            int at = common + i;
            kept |= at < known ? placed(bytes[start + at], i) : placed(keptOf(ofChild, at - known), i);
        }
        return encoded(common, known - common + countOf(ofChild), kept);
    }

    private static int common(byte[] bytes, int start, int end, int otherStart, int otherEnd) {
        int common = Arrays.mismatch(bytes, start, end, bytes, otherStart, otherEnd);
        return common < 0 ? end - start : common;
    }

    private static long encoded(int common, int left, long kept) {
        return (common + 1L) << COMMON_AT | (long) Math.min(left, MORE) << COUNT_AT | kept;
    }

    private static long placed(byte value, int index) {
        return (value & 0xffL) << (Byte.SIZE * (KEPT - 1 - index));
    }

    private static byte keptOf(long first, int index) {
        return index < KEPT ? (byte) (first >>> (Byte.SIZE * (KEPT - 1 - index))) : 0;
    }

    private static int commonOf(long first) {
        return (int) (first >>> COMMON_AT) - 1;
    }

    private static int countOf(long first) {
        return (int) (first >>> COUNT_AT) & MORE;
    }

    /// Whether the first key under a child is behind all that its parent has before it.
    ///
    /// @param first what is kept of the first key
    /// @param entry not the first
    static Order order(long first, Node parent, int entry) {
        if (first == UNKNOWN) {
            return Order.UNTOLD;
        }
        byte[] bytes = parent.bytes();
        int last = parent.keyStart(entry);
        int before = parent.keyStart(entry - 1);
        int length = parent.keyLength(entry - 1);
        int common = commonOf(first);
        // A loop: keys have few bytes in common, and this is asked for each child of each inner node.
        for (int i = 0; i < common; i++) {
            if (i == length) {
                return Order.BEHIND;
            }
            if (bytes[before + i] != bytes[last + i]) {
                return order(bytes[before + i], bytes[last + i]);
            }
        }
        int count = countOf(first);
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            if (common + i == length) {
                return Order.BEHIND;
            }
            byte kept = keptOf(first, i);
            byte other = bytes[before + common + i];
            if (kept != other) {
                return order(other, kept);
            }
        }
        if (count < MORE) {
            return Order.NOT_BEHIND; // the other begins with all of it
        }
        return common + KEPT == length ? Order.BEHIND : Order.UNTOLD;
    }

    private static Order order(byte before, byte first) {
        return Byte.compareUnsigned(before, first) < 0 ? Order.BEHIND : Order.NOT_BEHIND;
    }
}
