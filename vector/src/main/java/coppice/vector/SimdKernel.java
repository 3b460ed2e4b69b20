package coppice.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Loops by the Vector API. Two sums at a time are enough: what they wait for is memory.
final class SimdKernel implements Kernel {
    private static final VectorSpecies<Float> SPECIES = species();
    private static final int STEP = 2 * SPECIES.length();
    private static final ByteOrder ORDER = ByteOrder.nativeOrder();

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
}
