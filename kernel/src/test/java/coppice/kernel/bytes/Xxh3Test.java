package coppice.kernel.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import com.dynatrace.hash4j.hashing.Hashing;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Xxh3Test {
    @Test
    void givesTheReferenceValuesForEveryLengthUpTo3000() {
        Random random = new Random(1);
        byte[] bytes = new byte[3100];
        random.nextBytes(bytes);
        for (int length = 0; length <= 3000; length++) {
            int offset = length % 97;
            long seed = random.nextLong();
            assertThat(Xxh3.hash64(bytes, offset, length, seed))
                    .as("length %s seed %s", length, seed)
                    .isEqualTo(Hashing.xxh3_64(seed).hashBytesToLong(bytes, offset, length));
            assertThat(Xxh3.hash64(bytes, offset, length, 0))
                    .as("length %s seed 0", length)
                    .isEqualTo(Hashing.xxh3_64().hashBytesToLong(bytes, offset, length));
        }
    }

    @Test
    void givesThePublishedValueOfNothing() {
        assertThat(Xxh3.hash64(new byte[0])).isEqualTo(0x2D06800538D394C2L);
    }
}
