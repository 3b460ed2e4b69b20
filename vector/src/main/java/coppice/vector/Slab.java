package coppice.vector;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicInteger;

/// Vectors one behind the other, outside the heap, to which more can be appended and which otherwise stay as they
/// are. So many sets share them: each looks at as many as there were when it was made.
final class Slab {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;
    static final long CACHE_LINE_BYTES = 64;

    private final int first;
    private final int length;
    private final MemorySegment numbers;
    private final byte[][] keys;
    private final float[] inverseNorms;
    private final AtomicInteger taken = new AtomicInteger();
    private final Coding<ByteCodes> byteCodes = new Coding<>();
    private final Coding<BitCodes> bitCodes = new Coding<>();

    /// @param first what number its first row has in a set
    /// @param capacity in rows
    /// @param length of a row, in numbers: a multiple of [Kernel#LANES], zeros behind the vector
    Slab(int first, int capacity, int length) {
        this.first = first;
        this.length = length;
        // Freed when no set has it any more.
        this.numbers = Arena.ofAuto().allocate((long) capacity * length * Float.BYTES, CACHE_LINE_BYTES);
        this.keys = new byte[capacity][];
        this.inverseNorms = new float[capacity];
    }

    int first() {
        return first;
    }

    int capacity() {
        return keys.length;
    }

    /// Appends a row, unless there is no room, or another set has appended there.
    ///
    /// @param row its number in the set
    boolean append(int row, byte[] key, float[] vector) {
        int at = row - first;
        if (at >= keys.length || !taken.compareAndSet(at, at + 1)) {
            return false;
        }
        keys[at] = key;
        MemorySegment.copy(vector, 0, numbers, FLOAT, offset(at), vector.length);
        inverseNorms[at] = inverseNorm(vector);
        return true;
    }

    /// One divided by the length of a vector; 0 for one of zeros.
    static float inverseNorm(float[] vector) {
        double sum = 0;
        for (float number : vector) {
            sum += (double) number * number;
        }
        return sum == 0 ? 0 : (float) (1 / Math.sqrt(sum));
    }

    private long offset(int at) {
        return (long) at * length * Float.BYTES;
    }

    byte[] key(int row) {
        return keys[row - first];
    }

    /// One divided by the length of the vector of a row.
    float inverseNorm(int row) {
        return inverseNorms[row - first];
    }

    float[] vector(int row, int dimension) {
        float[] vector = new float[dimension];
        MemorySegment.copy(numbers, FLOAT, offset(row - first), vector, 0, dimension);
        return vector;
    }

    /// Codes of one byte a number. Made when they are first asked for, and brought forward by what was appended
    /// since.
    ///
    /// @param end the row of the set behind the last one that has to have a code
    ByteCodes byteCodes(VectorSet set, int end) {
        int rows = end - first;
        return byteCodes.upTo(rows, () -> new ByteCodes(this, set.similarity(), set.dimension(), rows));
    }

    /// As [#byteCodes], of one bit a number.
    BitCodes bitCodes(VectorSet set, int end) {
        int rows = end - first;
        return bitCodes.upTo(rows, () -> new BitCodes(this, set.similarity(), set.dimension(), rows));
    }

    /// How many bytes the codes take that were asked for so far.
    long codeBytes() {
        return byteCodes.bytes() + bitCodes.bytes();
    }

    /// Compares a vector with rows.
    ///
    /// @param from the number of the first row
    /// @param results greater is nearer
    void compare(Target target, int from, int count, float[] results) {
        long offset = offset(from - first);
        float[] query = target.padded();
        switch (target.similarity()) {
            case DOT -> Kernel.best().dot(numbers, offset, count, query, results);
            case COSINE -> {
                Kernel.best().dot(numbers, offset, count, query, results);
                for (int i = 0; i < count; i++) {
                    results[i] *= inverseNorms[from - first + i] * target.inverseNorm();
                }
            }
            case EUCLIDEAN -> {
                Kernel.best().squares(numbers, offset, count, query, results);
                negate(results, count);
            }
            case MANHATTAN -> {
                Kernel.best().differences(numbers, offset, count, query, results);
                negate(results, count);
            }
        }
    }

    private static void negate(float[] results, int count) {
        for (int i = 0; i < count; i++) {
            results[i] = -results[i];
        }
    }
}
