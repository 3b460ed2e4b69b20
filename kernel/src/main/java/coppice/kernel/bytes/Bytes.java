package coppice.kernel.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Integers at fixed places of a byte array (little-endian), and the order of keys (unsigned, lexicographic).
///
/// Every method is a handful of instructions, allocates nothing unless it returns an array, and throws
/// [IndexOutOfBoundsException] outside the array. Use [ByteReader] for bytes that come from outside.
public final class Bytes {
    private static final VarHandle SHORT = little(short[].class);
    private static final VarHandle INT = little(int[].class);
    private static final VarHandle LONG = little(long[].class);
    private static final VarHandle INT_BIG = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG_BIG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// The array of no bytes.
    public static final byte[] EMPTY = {};

    private Bytes() {}

    private static VarHandle little(Class<?> view) {
        return MethodHandles.byteArrayViewVarHandle(view, ByteOrder.LITTLE_ENDIAN);
    }

    /// The unsigned byte at `at`, 0..255.
    public static int u8(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    /// The unsigned 16-bit integer at `at`, 0..65,535.
    public static int u16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xffff;
    }

    /// The unsigned 32-bit integer at `at`, 0..2^32-1.
    public static long u32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at) & 0xffff_ffffL;
    }

    /// The signed 32-bit integer at `at`.
    public static int i32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    /// The signed 64-bit integer at `at`.
    public static long i64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /// The big-endian 32-bit integer at `at`.
    public static int i32BigEndian(byte[] bytes, int at) {
        return (int) INT_BIG.get(bytes, at);
    }

    /// The big-endian 64-bit integer at `at`: unsigned comparison of it is the order of the eight bytes.
    public static long i64BigEndian(byte[] bytes, int at) {
        return (long) LONG_BIG.get(bytes, at);
    }

    /// Writes the low 16 bits of `value` at `at`.
    public static void putU16(byte[] bytes, int at, int value) {
        SHORT.set(bytes, at, (short) value);
    }

    /// Writes `value` at `at`; an unsigned 32-bit value is passed as the int of the same bits.
    public static void putI32(byte[] bytes, int at, int value) {
        INT.set(bytes, at, value);
    }

    /// Writes the low 32 bits of `value` at `at`.
    public static void putU32(byte[] bytes, int at, long value) {
        INT.set(bytes, at, (int) value);
    }

    /// Writes `value` at `at`.
    public static void putI64(byte[] bytes, int at, long value) {
        LONG.set(bytes, at, value);
    }

    /// Writes `value` at `at`, most significant byte first.
    public static void putI32BigEndian(byte[] bytes, int at, int value) {
        INT_BIG.set(bytes, at, value);
    }

    /// Writes `value` at `at`, most significant byte first.
    public static void putI64BigEndian(byte[] bytes, int at, long value) {
        LONG_BIG.set(bytes, at, value);
    }

    /// The order of keys: negative, zero or positive as `a` sorts before, with or after `b`.
    public static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }

    /// The order of two ranges, given as offset and length.
    public static int compare(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        return Arrays.compareUnsigned(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    }

    /// Whether two ranges hold the same bytes.
    public static boolean equal(byte[] a, int aOffset, int aLength, byte[] b, int bOffset, int bLength) {
        return Arrays.equals(a, aOffset, aOffset + aLength, b, bOffset, bOffset + bLength);
    }

    /// Whether `bytes` begins with `prefix`. Everything begins with the empty prefix.
    public static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    /// The smallest key greater than every key that begins with `prefix`, or null when there is none (the
    /// prefix is empty or all 0xff): the exclusive upper end of a prefix range, null meaning unbounded.
    public static byte @Nullable [] successorOfPrefix(byte[] prefix) {
        int last = prefix.length - 1;
        while (last >= 0 && prefix[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return null;
        }
        byte[] successor = Arrays.copyOf(prefix, last + 1);
        successor[last]++;
        return successor;
    }
}
