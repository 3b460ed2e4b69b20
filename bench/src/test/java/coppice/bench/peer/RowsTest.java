package coppice.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowsTest {
    @Test
    void keysSortAsTheirRows() {
        for (long row = 1; row < 100_000; row += 997) {
            assertThat(Arrays.compareUnsigned(Rows.key(row - 1), Rows.key(row))).isNegative();
        }
    }

    @Test
    void valuesDifferByRowAndGeneration() {
        assertThat(Rows.value(1, 1)).isNotEqualTo(Rows.value(2, 1)).isNotEqualTo(Rows.value(1, 2));
        assertThat(Rows.value(7, 3)).isEqualTo(Rows.value(7, 3)).hasSize(Rows.VALUE_BYTES);
    }

    @Test
    void aboutHalfOfABlockCanBeCompressedAway() {
        ByteBuffer block = ByteBuffer.allocate(4096);
        for (long row = 0; block.remaining() >= Rows.KEY_BYTES + Rows.VALUE_BYTES; row++) {
            block.put(Rows.key(row)).put(Rows.value(row, 0));
        }
        byte[] bytes = Arrays.copyOf(block.array(), block.position());
        assertThat((double) bytes.length / Zstd.compress(bytes, 3).length).isBetween(1.8, 2.0);
    }

    @Test
    void aShuffleHoldsEveryRowOnce() {
        int[] shuffled = Rows.shuffled(1000, 5);
        assertThat(shuffled).isNotEqualTo(IntStream.range(0, 1000).toArray());
        Arrays.sort(shuffled);
        assertThat(shuffled).isEqualTo(IntStream.range(0, 1000).toArray());
    }
}
