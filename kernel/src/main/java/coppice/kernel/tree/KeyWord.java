package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;

/// Up to eight bytes of a key, padded with zeros, as a number whose signed order is their order. Padding may make
/// different keys equal, never swap them.
final class KeyWord {
    private KeyWord() {}

    /// Of the bytes of `[start, end)`, of which there may be none: then `end` may be before `start`.
    static long of(byte[] bytes, int start, int end) {
        int length = end - start;
        long word = 0;
        if (start + Long.BYTES <= bytes.length) {
            word = Bytes.i64BigEndian(bytes, start);
            if (length < Long.BYTES) {
                word = length <= 0 ? 0 : word & (-1L << (Long.SIZE - Byte.SIZE * length));
            }
        } else {
            for (int i = 0; i < length; i++) {
                word |= (bytes[start + i] & 0xffL) << (Long.SIZE - Byte.SIZE * (i + 1));
            }
        }
        return word ^ Long.MIN_VALUE;
    }

    /// How a key compares with the first `length` bytes of all keys of a node, which they share.
    ///
    /// @param beginning their word
    /// @param start where in `bytes` they are
    static int compareBeginning(byte[] key, long beginning, byte[] bytes, int start, int length) {
        int shared = Math.min(length, key.length);
        long word = of(key, 0, shared);
        if (word != beginning) {
            return word < beginning ? -1 : 1;
        }
        return shared == length && length <= Long.BYTES
                ? 0
                : Arrays.compareUnsigned(key, 0, shared, bytes, start, start + length);
    }
}
