package coppice.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// Loops by the Vector API. Two sums at a time are enough: what they wait for is memory.
final class SimdKernel implements Kernel {
    private static final VectorSpecies<Float> SPECIES = species();
    private static final int STEP = 2 * SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

    private static final VectorSpecies<Short> SHORT_SPECIES = VectorSpecies.of(short.class, SPECIES.vectorShape());
    private static final VectorSpecies<Integer> INT_SPECIES = VectorSpecies.of(int.class, SPECIES.vectorShape());
    private static final VectorSpecies<Byte> BYTE_SPECIES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    /// The widest, but no wider than a row is sure to be a multiple of twice.
    private static VectorSpecies<Float> species() {
        return FloatVector.SPECIES_PREFERRED.length() * 2 <= LANES
                ? FloatVector.SPECIES_PREFERRED
                : FloatVector.SPECIES_256;
    }

    private static FloatVector at(MemorySegment rows, long at) {
        return FloatVector.fromMemorySegment(SPECIES, rows, at, ORDER);
    }

    @Override
    public void dot(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            FloatVector one = FloatVector.zero(SPECIES);
            FloatVector other = FloatVector.zero(SPECIES);
            for (int i = 0; i < query.length; i += STEP, at += 4L * STEP) {
                one = at(rows, at).fma(FloatVector.fromArray(SPECIES, query, i), one);
                other = at(rows, at + 2L * STEP)
                        .fma(FloatVector.fromArray(SPECIES, query, i + SPECIES.length()), other);
            }
            results[row] = one.add(other).reduceLanes(VectorOperators.ADD);
        }
    }

    @Override
    public void squares(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            FloatVector one = FloatVector.zero(SPECIES);
            FloatVector other = FloatVector.zero(SPECIES);
            for (int i = 0; i < query.length; i += STEP, at += 4L * STEP) {
                FloatVector p = at(rows, at).sub(FloatVector.fromArray(SPECIES, query, i));
                FloatVector q =
                        at(rows, at + 2L * STEP).sub(FloatVector.fromArray(SPECIES, query, i + SPECIES.length()));
                one = p.fma(p, one);
                other = q.fma(q, other);
            }
            results[row] = one.add(other).reduceLanes(VectorOperators.ADD);
        }
    }

    @Override
    public void differences(MemorySegment rows, long offset, int count, float[] query, float[] results) {
        long at = offset;
        for (int row = 0; row < count; row++) {
            FloatVector one = FloatVector.zero(SPECIES);
            FloatVector other = FloatVector.zero(SPECIES);
            for (int i = 0; i < query.length; i += STEP, at += 4L * STEP) {
                FloatVector p = at(rows, at).sub(FloatVector.fromArray(SPECIES, query, i));
                FloatVector q =
                        at(rows, at + 2L * STEP).sub(FloatVector.fromArray(SPECIES, query, i + SPECIES.length()));
                one = one.add(p.abs());
                other = other.add(q.abs());
            }
            results[row] = one.add(other).reduceLanes(VectorOperators.ADD);
        }
    }

    @Override
    public void bytes(MemorySegment blocks, long offset, int count, short[] query, int[] results) {
        int length = SHORT_SPECIES.length();
        for (int block = 0; block < count; block++) {
            for (int part = 0; part < BLOCK; part += length) {
                long at = offset + (long) block * query.length * BLOCK + part;
                IntVector first = IntVector.zero(INT_SPECIES);
                IntVector second = IntVector.zero(INT_SPECIES);
                for (int i = 0; i < query.length; i += BYTES, at += BYTES * BLOCK) {
                    IntVector pairs = products(blocks, at, query[i])
                            .add(products(blocks, at + BLOCK, query[i + 1]))
                            .add(products(blocks, at + 2 * BLOCK, query[i + 2])
                                    .add(products(blocks, at + 3 * BLOCK, query[i + 3])))
                            .reinterpretAsInts();
                    first = first.add(pairs.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16));
                    second = second.add(pairs.lanewise(VectorOperators.ASHR, 16));
                }
                first.intoArray(results, block * BLOCK + part / 2);
                second.intoArray(results, block * BLOCK + (BLOCK + part) / 2);
            }
        }
    }

    private static ShortVector products(MemorySegment blocks, long at, short number) {
        return (ShortVector) ByteVector.fromMemorySegment(BYTE_SPECIES, blocks, at, ORDER)
                .convertShape(VectorOperators.B2S, SHORT_SPECIES, 0)
                .lanewise(VectorOperators.MUL, number);
    }

    @Override
    public void bits(MemorySegment blocks, long offset, int count, int[] planes, int[] results) {
        int length = INT_SPECIES.length();
        int words = planes.length / PLANES;
        for (int block = 0; block < count; block++) {
            for (int part = 0; part < BLOCK; part += length) {
                long at = offset + 4L * ((long) block * words * BLOCK + part);
                IntVector sum = IntVector.zero(INT_SPECIES);
                for (int plane = 0; plane < planes.length; plane += PLANES, at += 4L * BLOCK) {
                    IntVector code = IntVector.fromMemorySegment(INT_SPECIES, blocks, at, ORDER);
                    IntVector a = differing(code, planes[plane]);
                    IntVector b = differing(code, planes[plane + 1]);
                    IntVector c = differing(code, planes[plane + 2]);
                    IntVector d = differing(code, planes[plane + 3]);
                    IntVector high = c.add(d.add(d));
                    IntVector rest = b.add(high.add(high));
                    sum = sum.add(a).add(rest.add(rest));
                }
                sum.intoArray(results, block * BLOCK + part);
            }
        }
    }

    private static IntVector differing(IntVector code, int plane) {
        return code.lanewise(VectorOperators.XOR, plane).lanewise(VectorOperators.BIT_COUNT);
    }

    @Override
    public int reaching(float[] numbers, int from, int count, float least, int[] results) {
        int found = 0;
        int i = 0;
        for (; i <= count - SPECIES.length(); i += SPECIES.length()) {
            long which = FloatVector.fromArray(SPECIES, numbers, from + i)
                    .compare(VectorOperators.GE, least)
                    .toLong();
            for (; which != 0; which &= which - 1) {
                results[found++] = i + Long.numberOfTrailingZeros(which);
            }
        }
        for (; i < count; i++) {
            if (numbers[from + i] >= least) {
                results[found++] = i;
            }
        }
        return found;
    }
}
