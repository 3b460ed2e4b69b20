package coppice.vector;

import coppice.api.search.Similarity;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Codes of one byte a number: multiples of a scale of the row, by which its largest number is 127. What is said
/// of scores is sure.
final class ByteCodes extends Codes<short[]> {
    private static final int MOST = 127;

    private final int length;
    private final MemorySegment blocks;

    ByteCodes(Slab slab, Similarity similarity, int dimension, int rows) {
        super(slab, similarity, dimension, rows);
        this.length = (dimension + Kernel.BYTES - 1) / Kernel.BYTES * Kernel.BYTES;
        long bytes = (long) blocks(slab.capacity()) * Kernel.BLOCK * length;
        this.blocks = Arena.ofAuto().allocate(bytes, Slab.CACHE_LINE_BYTES);
    }

    /// Where the block of a row begins.
    private long start(int at) {
        return (long) (at / Kernel.BLOCK) * Kernel.BLOCK * length;
    }

    /// Numbers as multiples of a scale.
    ///
    /// @param error the length of what they leave out
    private record Steps(short[] steps, float scale, double error) {
        static Steps of(float[] numbers, int most, int length) {
            float scale = Codes.most(numbers) / most;
            float inverse = scale == 0 ? 0 : 1 / scale;
            short[] steps = new short[length];
            float[] left = new float[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                int step = Math.min(Math.max(Math.round(numbers[i] * inverse), -most), most);
                steps[i] = (short) step;
                left[i] = Math.fma(-scale, step, numbers[i]);
            }
            return new Steps(steps, scale, norm(left));
        }
    }

    @Override
    Coded encode(int at, float[] rest, double norm) {
        Steps row = Steps.of(rest, MOST, length);
        long lane = start(at) + Kernel.byteLane(at % Kernel.BLOCK);
        for (int i = 0; i < length; i++) {
            blocks.set(ValueLayout.JAVA_BYTE, lane + (long) i * Kernel.BLOCK, (byte) row.steps()[i]);
        }
        return new Coded(row.scale(), row.error());
    }

    /// With s for what the code of y stands for, e for what it leaves out, and f for what that of p does, p y is
    /// (p - f) s + f s + p e, where s is at most as long as y and e.
    @Override
    Coder<short[]> encode(Target target, float[] rest, double norm) {
        Steps query = Steps.of(rest, Kernel.BYTES_QUERY_MOST, length);
        return new Coder<>(query.steps(), query.scale(), 0, norm + query.error(), query.error());
    }

    @Override
    void compare(short[] code, int at, int count, int[] raws) {
        Kernel.best().bytes(blocks, start(at), blocks(count), code, raws);
    }

    @Override
    long bytes() {
        return super.bytes() + blocks.byteSize();
    }
}
