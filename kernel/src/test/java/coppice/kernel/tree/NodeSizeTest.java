package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Weights of nodes must come from the rule and not from what keys look like.
class NodeSizeTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 64 << 20);

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"LONG_KEYS", "SHORT_KEYS"})
    void weightsFollowTheSameDistributionForEveryKindOfKey(Rows.Shape shape) {
        Random random = new Random(11);
        NavigableMap<byte[], byte[]> rows = Rows.map();
        for (int number = 0; number < 60_000; number++) {
            rows.put(shape.key(random, number), new byte[64]);
        }
        Tree tree = Rows.build(nodes, rows);
        assertThat(tree.height()).isGreaterThanOrEqualTo(4);
        List<Integer> leaves = new ArrayList<>();
        List<Integer> inner = new ArrayList<>();
        collect(tree.rootNode(), leaves, inner);
        checkWeights(leaves);
        // There are too few of them to look at more than the mean.
        assertThat(inner.stream().mapToInt(weight -> weight).average().orElseThrow())
                .isBetween(3_300.0, 4_700.0);
    }

    private void collect(Node node, List<Integer> leaves, List<Integer> inner) {
        int weight = nodes.splitter().weight(node.level(), node.count(), node.bytes().length);
        (node.isLeaf() ? leaves : inner).add(weight);
        for (int child = 0; !node.isLeaf() && child < node.count(); child++) {
            collect(nodes.passing(node, child), leaves, inner);
        }
    }

    private static void checkWeights(List<Integer> weights) {
        int[] sizes = weights.stream().mapToInt(weight -> weight).sorted().toArray();
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
                Arrays.stream(sizes).filter(size -> size >= TreeFormat.V2.cap()).count();
        assertThat((double) capped / sizes.length).isLessThan(0.005);
    }
}
