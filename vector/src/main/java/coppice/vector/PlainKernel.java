package coppice.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Plain loops, with eight sums at a time, which no addition has to wait for.
final class PlainKernel implements Kernel {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final long BYTES_OF_SHORTS = 0x00ff_00ff_00ff_00ffL;
    private static final long SHORTS_OF_INTS = 0x0000_ffff_0000_ffffL;

    /// What eight bytes are changed by to be 128 more than they were, without signs.
    private static final long TO_128_MORE = 0x8080_8080_8080_8080L;

    /// What eight bytes are changed by to be 127 less what they were.
    private static final long TO_127_LESS = ~TO_128_MORE;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private static float at(MemorySegment rows, long at) {
        return rows.get(FLOAT, at);
    }

    @Override
    public void dot(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            float e = 0;
            float f = 0;
            float g = 0;
            float h = 0;
            for (int i = 0; i < query.length; i += 8, at += 32) {
                a = Math.fma(at(rows, at), query[i], a);
                b = Math.fma(at(rows, at + 4), query[i + 1], b);
                c = Math.fma(at(rows, at + 8), query[i + 2], c);
                d = Math.fma(at(rows, at + 12), query[i + 3], d);
                e = Math.fma(at(rows, at + 16), query[i + 4], e);
                f = Math.fma(at(rows, at + 20), query[i + 5], f);
                g = Math.fma(at(rows, at + 24), query[i + 6], g);
                h = Math.fma(at(rows, at + 28), query[i + 7], h);
            }
            results[row] = ((a + b) + (c + d)) + ((e + f) + (g + h));
        }
    }

    @Override
    public void squares(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = 0; i < query.length; i += 4, at += 16) {
                float p = at(rows, at) - query[i];
                float q = at(rows, at + 4) - query[i + 1];
                float r = at(rows, at + 8) - query[i + 2];
                float s = at(rows, at + 12) - query[i + 3];
                a = Math.fma(p, p, a);
                b = Math.fma(q, q, b);
                c = Math.fma(r, r, c);
                d = Math.fma(s, s, d);
            }
            results[row] = (a + b) + (c + d);
        }
    }

    @Override
    public void differences(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            float a = 0;
            float b = 0;
            float c = 0;
            float d = 0;
            for (int i = 0; i < query.length; i += 4, at += 16) {
                a += Math.abs(at(rows, at) - query[i]);
                b += Math.abs(at(rows, at + 4) - query[i + 1]);
                c += Math.abs(at(rows, at + 8) - query[i + 2]);
                d += Math.abs(at(rows, at + 12) - query[i + 3]);
            }
            results[row] = (a + b) + (c + d);
        }
    }

    /// Eight rows at a time in a long. A number of the query without its sign is multiplied with bytes from 0 to
    /// 255 in lanes of 16 bits, which are added up in lanes of 32 after four of them.
    @Override
    public void bytes(MemorySegment blocks, long offset, int count, short[] query, int[] results) {
        int[] factors = new int[query.length];
        long[] flips = new long[query.length];
        int excess = 0;
        for (int i = 0; i < query.length; i++) {
            factors[i] = Math.abs(query[i]);
            flips[i] = query[i] < 0 ? TO_127_LESS : TO_128_MORE;
            excess += factors[i] * (query[i] < 0 ? 127 : 128);
        }
        for (int block = 0; block < count; block++) {
            for (int lane = 0; lane < BLOCK; lane += Long.BYTES) {
                long at = offset + (long) block * BLOCK * query.length + lane;
                long[] sums = sums(blocks, at, factors, flips);
                for (int i = 0; i < Long.BYTES; i++) {
                    int sum = (int) (sums[i % 4] >>> (i / 4 * Integer.SIZE));
                    results[block * BLOCK + Kernel.byteRow(lane + i)] = sum - excess;
                }
            }
        }
    }

    /// Two sums in each: those of lanes 0 and 4, then those of 1 and 5.
    private static long[] sums(MemorySegment blocks, long offset, int[] factors, long[] flips) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long at = offset;
        for (int i = 0; i < factors.length; i += BYTES, at += BYTES * BLOCK) {
            long p = blocks.get(LONG, at) ^ flips[i];
            long q = blocks.get(LONG, at + BLOCK) ^ flips[i + 1];
            long r = blocks.get(LONG, at + 2 * BLOCK) ^ flips[i + 2];
            long s = blocks.get(LONG, at + 3 * BLOCK) ^ flips[i + 3];
            long even = (p & BYTES_OF_SHORTS) * factors[i]
                    + (q & BYTES_OF_SHORTS) * factors[i + 1]
                    + (r & BYTES_OF_SHORTS) * factors[i + 2]
                    + (s & BYTES_OF_SHORTS) * factors[i + 3];
            long odd = (p >>> Byte.SIZE & BYTES_OF_SHORTS) * factors[i]
                    + (q >>> Byte.SIZE & BYTES_OF_SHORTS) * factors[i + 1]
                    + (r >>> Byte.SIZE & BYTES_OF_SHORTS) * factors[i + 2]
                    + (s >>> Byte.SIZE & BYTES_OF_SHORTS) * factors[i + 3];
            a += even & SHORTS_OF_INTS;
            b += odd & SHORTS_OF_INTS;
            c += even >>> Short.SIZE & SHORTS_OF_INTS;
            d += odd >>> Short.SIZE & SHORTS_OF_INTS;
        }
        return new long[] {a, b, c, d};
    }

    @Override
    public void bits(MemorySegment blocks, long offset, int count, int[] planes, int[] results) {
        long at = offset;
        for (int block = 0; block < count; block++) {
            int[] sums = new int[BLOCK];
            for (int word = 0; word < planes.length; word += PLANES, at += BLOCK * 4L) {
                int a = planes[word];
                int b = planes[word + 1];
                int c = planes[word + 2];
                int d = planes[word + 3];
                for (int i = 0; i < BLOCK; i++) {
                    int code = blocks.get(INT, at + 4L * i);
                    sums[i] += Integer.bitCount(code ^ a)
                            + 2 * Integer.bitCount(code ^ b)
                            + 4 * Integer.bitCount(code ^ c)
                            + 8 * Integer.bitCount(code ^ d);
                }
            }
            System.arraycopy(sums, 0, results, block * BLOCK, BLOCK);
        }
    }

    @Override
    public int reaching(float[] numbers, int from, int count, float least, int[] results) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[from + i] >= least) {
                results[found++] = i;
            }
        }
        return found;
    }
}
