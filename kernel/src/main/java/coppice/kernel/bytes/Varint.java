package coppice.kernel.bytes;

/// Unsigned LEB128: seven bits per byte, least significant first, the high bit says that more follow. A long
/// takes one to ten bytes and is treated as unsigned. Only the shortest encoding is valid, so that equal values
/// have equal bytes.
public final class Varint {
    /// The most bytes a value takes.
    public static final int MAX_BYTES = 10;

    private Varint() {}

    /// How many bytes `value` takes, 1..10.
    public static int length(long value) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(value | 1);
        return (bits + 6) / 7;
    }

    /// Writes `value` at `at` and returns the position after it.
    public static int put(byte[] bytes, int at, long value) {
        int position = at;
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[position++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[position++] = (byte) rest;
        return position;
    }

    /// The value at `at` of bytes that are known to be sound; its length is [#length(long)] of it. Use
    /// [ByteReader#varint()] for bytes from outside.
    public static long get(byte[] bytes, int at) {
        long value = 0;
        int position = at;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                break;
            }
        }
        return value;
    }
}
