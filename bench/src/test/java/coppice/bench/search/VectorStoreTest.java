package coppice.bench.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coppice.bench.peer.Peers;
import coppice.bench.search.VectorStore.Way;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What every store of vectors must do for its numbers to mean the same.
class VectorStoreTest {
    static final List<String> LOOKING = VectorStore.LOOKING;
    static final List<String> WITH_GRAPHS = VectorStore.WITH_GRAPHS;

    private static final Cloud CLOUD = new Cloud(600, 32);

    @TempDir
    Path directory;

    @ParameterizedTest
    @FieldSource("LOOKING")
    void looksFindTheNearest(String name) throws Exception {
        assumeTrue(!name.equals(Peers.NUMPY) || NumpyVectors.version().isPresent(), "there is no numpy here");
        finds(name, EnumSet.of(Way.FULL, Way.BYTES, Way.BITS));
    }

    @ParameterizedTest
    @FieldSource("WITH_GRAPHS")
    void graphsLeadToTheNearest(String name) throws Exception {
        finds(name, EnumSet.of(Way.GRAPH));
    }

    private void finds(String name, Set<Way> ways) throws Exception {
        try (VectorStore store = VectorStore.named(name)) {
            store.open(directory, 16L << 20);
            store.load(CLOUD);
            for (Way way : ways) {
                store.makeReady(way);
                int[][] found = store.nearest(way);
                assertThat(found).hasDimensions(Cloud.QUERIES, VectorStore.WANTED);
                assertThat(found[0]).as("%s", way).isEqualTo(nearest(CLOUD.queries()[0]));
                assertThat(store.millis(way, 0)).isPositive();
            }
        }
    }

    private static int[] nearest(float[] query) {
        return IntStream.range(0, CLOUD.vectors().length)
                .boxed()
                .sorted(Comparator.comparingDouble(number -> -product(query, CLOUD.vectors()[number])))
                .limit(VectorStore.WANTED)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static double product(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (double) one[i] * other[i])
                .sum();
    }

    @Test
    void vectorsHaveLengthOneAndAreTheSameEachTime() {
        assertThat(Arrays.stream(CLOUD.vectors()).mapToDouble(vector -> product(vector, vector)))
                .allMatch(squares -> Math.abs(squares - 1) < 1e-5);
        assertThat(new Cloud(600, 32).vectors()).isDeepEqualTo(CLOUD.vectors());
    }
}
