package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.CountingChunks;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sizes of nodes must come from the size rule and not from what keys look like.
class NodeSizeTest {
    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LONG_KEYS", "SHORT_KEYS"})
    void leafSizesFollowTheSameDistributionForEveryKindOfKey(Rows.Shape shape) {
        Random random = new Random(11);
        NavigableMap<byte[], byte[]> rows = Rows.map();
        for (int number = 0; number < 60_000; number++) {
            rows.put(shape.key(random, number), new byte[64]);
        }
        CountingChunks chunks = new CountingChunks();
        Tree tree = Rows.build(new Nodes(chunks, 1 << 20), rows);
        assertThat(tree.height()).isGreaterThanOrEqualTo(3);
        int[] sizes =
                chunks.writtenLengths().stream().mapToInt(size -> size).sorted().toArray();
        double mean = Arrays.stream(sizes).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(sizes)
                .mapToDouble(size -> (size - mean) * (size - mean))
                .average()
                .orElseThrow());
        assertThat(mean).isBetween(3_800.0, 4_300.0);
        assertThat(deviation / mean).isBetween(0.35, 0.55);
        assertThat(sizes[sizes.length / 100]).isGreaterThan(900);
        assertThat(sizes[sizes.length * 99 / 100]).isLessThan(11_000);
        long capped =
                Arrays.stream(sizes).filter(size -> size >= TreeFormat.V1.cap()).count();
        assertThat((double) capped / sizes.length).isLessThan(0.005);
    }
}
