package coppice.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleBinaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/// Both kernels give what the definitions do. The build runs this with the Vector API and without it.
class KernelTest {
    private static final int ROWS = 7;
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
}
