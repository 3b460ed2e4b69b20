package coppice.vector;

import coppice.api.search.Similarity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Codes of one bit a number, its sign, after a rotation by chance, as RaBitQ has them (Gao and Long, *RaBitQ:
/// Quantizing high-dimensional vectors with a theoretical error bound for approximate nearest neighbor search*,
/// SIGMOD 2024). What is said of scores is likely, not sure.
///
/// With b for the signs of y, d for their number, and `|y|1` for the sum of its numbers without signs, `p b` times
/// `y y / |y|1` is about `p y`. As the rotation is by chance, the standard deviation is that of a vector that is
/// left out and points anywhere: `|p| |y| sqrt((1 - t t) / (t t (d - 1)))`, where `t = |y|1 / (|y| sqrt(d))`.
///
/// A query has four bits a number, which stand for odd multiples of half a step: u - 15 / 2 for u from 0 to 15. So
/// `p b` follows from how many bits differ between b and each of the four planes of u.
final class BitCodes extends Codes<int[]> {
    /// How many standard deviations count as the error. Of those that are at the border of the nearest, one in 56
    /// is farther off; of those nearer, fewer.
    private static final double DEVIATIONS = 2.1;

    private static final int STEPS = 1 << Kernel.PLANES;
    private static final double MIDDLE = (STEPS - 1) / 2.0;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;

    /// What the error by the query's code is to that by the row's: 1 / (1 - t t), at its mean for chance.
    private static final double QUERY_ERROR = 2.75;

    private final int length;
    private final Rotation rotation;
    private final float[] turnedCentre;
    private final MemorySegment blocks;

    BitCodes(Slab slab, Similarity similarity, int dimension, int rows) {
        super(slab, similarity, dimension, rows);
        this.length = length(dimension);
        this.rotation = new Rotation(length);
        this.turnedCentre = rotation.turned(centre());
        this.blocks = Arena.ofAuto().allocate((long) blocks(slab.capacity()) * blockBytes(), Slab.CACHE_LINE_BYTES);
    }

    private static int length(int dimension) {
        return (dimension + Long.SIZE - 1) / Long.SIZE * Long.SIZE;
    }

    /// A vector as codes of its dimension turn it.
    static float[] turned(float[] vector) {
        return new Rotation(length(vector.length)).turned(vector);
    }

    private int blockBytes() {
        return Kernel.BLOCK * length / Byte.SIZE;
    }

    /// Where the block of a row begins.
    private long start(int at) {
        return (long) (at / Kernel.BLOCK) * blockBytes();
    }

    @Override
    Coded encode(int at, float[] rest, double norm) {
        float[] turned = rotation.turned(rest);
        long lane = start(at) + (long) at % Kernel.BLOCK * Integer.BYTES;
        double sum = 0;
        for (int word = 0; word < length / Integer.SIZE; word++) {
            int bits = 0;
            for (int i = 0; i < Integer.SIZE; i++) {
                float number = turned[word * Integer.SIZE + i];
                bits |= number > 0 ? 1 << i : 0;
                sum += Math.abs(number);
            }
            blocks.set(INT, lane + (long) word * Kernel.BLOCK * Integer.BYTES, bits);
        }
        if (sum == 0) {
            return new Coded(0, 0);
        }
        double part = Math.min(1, sum / (norm * Math.sqrt(length)));
        double deviation = Math.sqrt((1 - part * part) / (part * part * (length - 1)));
        return new Coded((float) (norm * norm / sum), DEVIATIONS * norm * deviation);
    }

    @Override
    Coder<int[]> encode(Target target, float[] rest, double norm) {
        float[] turned = difference(target.turned(), turnedCentre);
        float step = (float) (most(turned) / MIDDLE);
        int[] planes = new int[length / Integer.SIZE * Kernel.PLANES];
        float[] left = new float[length];
        for (int i = 0; i < length; i++) {
            int code = step == 0 ? 0 : Math.clamp(Math.round(turned[i] / step + MIDDLE), 0, STEPS - 1);
            left[i] = (float) (turned[i] - step * (code - MIDDLE));
            for (int plane = 0; plane < Kernel.PLANES; plane++) {
                planes[i / Integer.SIZE * Kernel.PLANES + plane] |= (code >> plane & 1) << i;
            }
        }
        double error = Math.sqrt(norm * norm + QUERY_ERROR * dot(left, left));
        return new Coder<>(planes, -step, step * MIDDLE * length, error, 0);
    }

    @Override
    void compare(int[] code, int at, int count, int[] raws) {
        Kernel.best().bits(blocks, start(at), blocks(count), code, raws);
    }

    @Override
    long bytes() {
        return super.bytes() + blocks.byteSize() + (long) length * Float.BYTES;
    }
}
