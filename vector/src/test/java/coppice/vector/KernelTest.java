package coppice.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Both kernels give what the definitions do. The build runs this with the Vector API and without it.
class KernelTest {
    private static final int ROWS = 7;
    private static final int BLOCKS = 3;
    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

    private final SplittableRandom random = new SplittableRandom(1);

    private interface Comparison {
        void run(MemorySegment rows, long offset, int count, float[] query, float[] results);
    }

    @Test
    void theBestIsTheOneThatUsesVectorsWhereThereAreAny() {
        assertThat(Kernel.best().getClass().getSimpleName()).isEqualTo(HAS_VECTORS ? "SimdKernel" : "PlainKernel");
    }

    @Test
    void allLengthsGiveWhatTheDefinitionsDo() {
        for (Kernel kernel : List.of(Kernel.best(), new PlainKernel())) {
            for (int length = Kernel.LANES; length <= 20 * Kernel.LANES; length += Kernel.LANES) {
                check(kernel::dot, length, (a, b) -> a * b);
                check(kernel::squares, length, (a, b) -> (a - b) * (a - b));
                check(kernel::differences, length, (a, b) -> Math.abs(a - b));
            }
        }
    }

    private void check(Comparison comparison, int length, DoubleBinaryOperator term) {
        float[] query = new float[length];
        for (int i = 0; i < length; i++) {
            query[i] = number();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment rows = arena.allocate(4L * length * (ROWS + 1), 4);
            double[] expected = new double[ROWS];
            for (int i = 0; i < length * (ROWS + 1); i++) {
                float number = number();
                rows.setAtIndex(ValueLayout.JAVA_FLOAT, i, number);
                if (i >= length) {
                    expected[i / length - 1] += term.applyAsDouble(number, query[i % length]);
                }
            }
            float[] results = new float[ROWS + 1];
            results[ROWS] = 5;
            comparison.run(rows, 4L * length, ROWS, query, results);
            for (int row = 0; row < ROWS; row++) {
                assertThat((double) results[row]).isCloseTo(expected[row], Offset.offset(1e-5 * length));
            }
            assertThat(results[ROWS]).isEqualTo(5);
        }
    }

    private float number() {
        return (float) random.nextDouble(-1, 1);
    }

    @Test
    void bytesGiveTheirInnerProducts() {
        for (Kernel kernel : List.of(Kernel.best(), new PlainKernel())) {
            for (int length = Kernel.BYTES; length <= 70 * Kernel.BYTES; length += Kernel.BYTES) {
                checkBytes(kernel, length, random.nextInt(4) == 0);
            }
        }
    }

    /// @param isExtreme whether all are as large as can be
    private void checkBytes(Kernel kernel, int length, boolean isExtreme) {
        short[] query = new short[length];
        for (int i = 0; i < length; i++) {
            int most = Kernel.BYTES_QUERY_MOST;
            query[i] = (short) (isExtreme ? most : random.nextInt(-most, most + 1));
        }
        int sign = random.nextBoolean() ? 1 : -1;
        int[] expected = new int[BLOCKS * Kernel.BLOCK];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocks = arena.allocate((long) (BLOCKS + 1) * Kernel.BLOCK * length);
            for (int row = 0; row < expected.length; row++) {
                for (int i = 0; i < length; i++) {
                    byte number = (byte) (isExtreme ? 127 * sign : random.nextInt(-127, 128));
                    long block = (long) (1 + row / Kernel.BLOCK) * Kernel.BLOCK * length;
                    blocks.set(
                            ValueLayout.JAVA_BYTE,
                            block + (long) i * Kernel.BLOCK + Kernel.byteLane(row % Kernel.BLOCK),
                            number);
                    expected[row] += number * query[i];
                }
            }
            int[] results = new int[expected.length];
            kernel.bytes(blocks, (long) Kernel.BLOCK * length, BLOCKS, query, results);
            assertThat(results).isEqualTo(expected);
        }
    }

    @Test
    void rowsAndLanesOfBytesAreEachOthersInverse() {
        for (int row = 0; row < Kernel.BLOCK; row++) {
            assertThat(Kernel.byteRow(Kernel.byteLane(row))).isEqualTo(row);
        }
    }

    @Test
    void bitsGiveHowManyDifferInEachPlane() {
        for (Kernel kernel : List.of(Kernel.best(), new PlainKernel())) {
            for (int words = 1; words <= 50; words++) {
                checkBits(kernel, words);
            }
        }
    }

    private void checkBits(Kernel kernel, int words) {
        int[] planes = random.ints((long) words * Kernel.PLANES).toArray();
        int[] expected = new int[BLOCKS * Kernel.BLOCK];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment blocks = arena.allocate(4L * (BLOCKS + 1) * Kernel.BLOCK * words, 4);
            for (int row = 0; row < expected.length; row++) {
                for (int word = 0; word < words; word++) {
                    int code = random.nextInt();
                    long block = (long) (1 + row / Kernel.BLOCK) * Kernel.BLOCK * words;
                    blocks.setAtIndex(
                            ValueLayout.JAVA_INT, block + (long) word * Kernel.BLOCK + row % Kernel.BLOCK, code);
                    for (int plane = 0; plane < Kernel.PLANES; plane++) {
                        int differing = Integer.bitCount(code ^ planes[word * Kernel.PLANES + plane]);
                        expected[row] += differing << plane;
                    }
                }
            }
            int[] results = new int[expected.length];
            kernel.bits(blocks, 4L * Kernel.BLOCK * words, BLOCKS, planes, results);
            assertThat(results).isEqualTo(expected);
        }
    }

    @Test
    void numbersThatReachOneAreFound() {
        for (Kernel kernel : List.of(Kernel.best(), new PlainKernel())) {
            for (int count = 0; count < 100; count++) {
                float[] numbers = new float[count + 3];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = random.nextInt(10) == 0 ? Float.NaN : random.nextInt(5);
                }
                int[] results = new int[count];
                int found = kernel.reaching(numbers, 3, count, 2, results);
                assertThat(IntStream.of(results).limit(found).toArray())
                        .isEqualTo(IntStream.range(0, count)
                                .filter(i -> numbers[3 + i] >= 2)
                                .toArray());
            }
        }
    }
}
