package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;

/// A leaf without an object of its own: its bytes, and its shape, eight bytes that are worked out from them once.
/// Who has both at hand finds a row without a look at anything else.
///
/// ```
/// shape: u16 count | u16 common | u16 cellsAt | u16 cellStride
/// ```
final class Leaf {
    static final int UNLIKELY = Integer.MAX_VALUE;

    private static final int COMMON = Short.SIZE;
    private static final int CELLS_AT = 2 * Short.SIZE;
    private static final int CELL_STRIDE = 3 * Short.SIZE;

    private Leaf() {}

    /// @param length how long the leaf is in the bytes, in bytes
    static long shape(byte[] bytes, int length) {
        int count = Bytes.u16(bytes, NodeLayout.AT_COUNT);
        long common = Bytes.u16(bytes, NodeLayout.AT_COMMON);
        int keysAt = NodeLayout.keysAt(0, count);
        long cellsAt = count == 0 ? keysAt : keyEnd(bytes, keysAt, count - 1);
        long cellStride = (length - cellsAt) / Math.max(1, count);
        return count | common << COMMON | cellsAt << CELLS_AT | cellStride << CELL_STRIDE;
    }

    static int count(long shape) {
        return (char) shape;
    }

    private static int common(long shape) {
        return (char) (shape >>> COMMON);
    }

    static int keysAt(long shape) {
        return NodeLayout.keysAt(0, count(shape));
    }

    static int cellsAt(long shape) {
        return (char) (shape >>> CELLS_AT);
    }

    private static int cellStride(long shape) {
        return (char) (shape >>> CELL_STRIDE);
    }

    private static int endAt(int entry) {
        return NodeLayout.HEADER + entry * NodeLayout.LEAF_ENTRY;
    }

    private static int keyStart(byte[] bytes, int keysAt, int entry) {
        return entry == 0 ? keysAt : keysAt + Bytes.u16(bytes, endAt(entry - 1));
    }

    private static int keyEnd(byte[] bytes, int keysAt, int entry) {
        return keysAt + Bytes.u16(bytes, endAt(entry));
    }

    static int cellStart(byte[] bytes, long shape, int entry) {
        return entry == 0 ? cellsAt(shape) : cellEnd(bytes, shape, entry - 1);
    }

    static int cellEnd(byte[] bytes, long shape, int entry) {
        return cellsAt(shape) + Bytes.u16(bytes, endAt(entry) + NodeLayout.END);
    }

    /// The first entry whose key is at or after `key`; [#count] when all are before it.
    static int search(byte[] bytes, long shape, byte[] key) {
        int order = compareBeginning(bytes, shape, key, count(shape) >>> 1);
        if (order != 0) {
            return order < 0 ? 0 : count(shape);
        }
        return search(bytes, shape, wordBehind(shape, key), key, 0, count(shape));
    }

    /// As [#search], beginning at a guess. A good guess saves looks at far places, each of which would wait for
    /// memory; a bad one costs a few steps more.
    static int searchFrom(byte[] bytes, long shape, byte[] key, int guess) {
        return touch(bytes, shape, guess) == UNLIKELY
                ? search(bytes, shape, key)
                : searchAround(bytes, shape, key, guess);
    }

    /// As [#searchFrom], where what is looked at is in the processor's cache already.
    static int searchAround(byte[] bytes, long shape, byte[] key, int guess) {
        int order = compareBeginning(bytes, shape, key, guess);
        if (order != 0) {
            return order < 0 ? 0 : count(shape);
        }
        long word = wordBehind(shape, key);
        int low = 0;
        int high = count(shape);
        if (isBefore(bytes, shape, guess, word, key)) {
            low = guess + 1;
            for (int step = 1; low + step <= high; step <<= 1) {
                if (!isBefore(bytes, shape, low + step - 1, word, key)) {
                    high = low + step - 1;
                    break;
                }
                low += step;
            }
        } else {
            high = guess;
            for (int step = 1; high - step >= low; step <<= 1) {
                if (isBefore(bytes, shape, high - step, word, key)) {
                    low = high - step + 1;
                    break;
                }
                high -= step;
            }
        }
        return search(bytes, shape, word, key, low, high);
    }

    private static int search(byte[] bytes, long shape, long word, byte[] key, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (isBefore(bytes, shape, middle, word, key)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How a key compares with what all keys begin with, as that of an entry does.
    private static int compareBeginning(byte[] bytes, long shape, byte[] key, int entry) {
        int start = keyStart(bytes, keysAt(shape), entry);
        int common = common(shape);
        return KeyWord.compareBeginning(key, KeyWord.of(bytes, start, start + common), bytes, start, common);
    }

    /// The word of a key behind what all keys begin with.
    private static long wordBehind(long shape, byte[] key) {
        return KeyWord.of(key, common(shape), key.length);
    }

    private static boolean isBefore(byte[] bytes, long shape, int entry, long word, byte[] key) {
        int keysAt = keysAt(shape);
        int common = common(shape);
        int start = keyStart(bytes, keysAt, entry) + common;
        int end = keyEnd(bytes, keysAt, entry);
        long other = KeyWord.of(bytes, start, end);
        return other < word
                || (other == word && Arrays.compareUnsigned(bytes, start, end, key, common, key.length) < 0);
    }

    /// Whether `entry`, which [#search] gave for `key`, has that key.
    static boolean isAt(byte[] bytes, long shape, int entry, byte[] key) {
        int keysAt = keysAt(shape);
        return entry < count(shape)
                && Arrays.equals(
                        bytes, keyStart(bytes, keysAt, entry), keyEnd(bytes, keysAt, entry), key, 0, key.length);
    }

    /// Reads bytes where the key and the cell of an entry probably are, all at once: were they read one after the
    /// other as the search comes by, each would wait for memory. The result is of no use, but to be looked at.
    static int touch(byte[] bytes, long shape, int entry) {
        int cell = cellsAt(shape) + entry * cellStride(shape);
        return touchKey(bytes, shape, entry) ^ bytes[cell] << 8 ^ bytes[cell + cellStride(shape) - 1];
    }

    /// Reads bytes where the key of an entry probably is, and where it is told where the key is.
    static int touchKey(byte[] bytes, long shape, int entry) {
        int keysAt = keysAt(shape);
        int keyStride = (cellsAt(shape) - keysAt) / Math.max(1, count(shape));
        return bytes[endAt(entry)] << 24 ^ bytes[keysAt + entry * keyStride] << 16;
    }
}
