package coppice.bench.peer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// The data all stores are measured with: row `i` has a 16-byte key that sorts as `i` does (with gaps, and a random
/// tail), and a 100-byte value of which 48 bytes are random and 52 are one of a kind, so that about half of it can be
/// compressed away. A value also depends on its generation, so that an update is told from what it replaced.
public final class Rows {
    /// Bytes of every key.
    public static final int KEY_BYTES = 16;

    /// Bytes of every value.
    public static final int VALUE_BYTES = 100;

    private static final int RANDOM_BYTES = 48;
    private static final int GAP_BITS = 20;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final byte[] FILLER =
            "status=open;region=north".repeat(5).substring(0, VALUE_BYTES).getBytes(StandardCharsets.US_ASCII);

    private Rows() {}

    /// The key of a row.
    public static byte[] key(long row) {
        byte[] key = new byte[KEY_BYTES];
        key(row, key);
        return key;
    }

    /// Writes the key of a row into an array of [#KEY_BYTES].
    public static void key(long row, byte[] into) {
        LONG.set(into, 0, row << GAP_BITS);
        LONG.set(into, 8, scramble(row));
    }

    /// The row of a key.
    static int row(byte[] key) {
        return Math.toIntExact((long) LONG.get(key, 0) >>> GAP_BITS);
    }

    /// The value of a row in a generation.
    public static byte[] value(long row, long generation) {
        byte[] value = FILLER.clone();
        long seed = scramble(row * 0x9E3779B97F4A7C15L + generation);
        for (int at = 0; at < RANDOM_BYTES; at += Long.BYTES) {
            LONG.set(value, at, seed);
            seed = scramble(seed + at);
        }
        return value;
    }

    /// The rows `0` to `count - 1` in an order given by the seed.
    public static int[] shuffled(int count, long seed) {
        int[] rows = new int[count];
        var random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            int other = random.nextInt(i + 1);
            rows[i] = rows[other];
            rows[other] = i;
        }
        return rows;
    }

    /// A one-to-one mixing of 64 bits: the finisher of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
    /// number generators, OOPSLA 2014).
    public static long scramble(long x) {
        long z = x + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
