package coppice.search.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.search.Similarity;
import coppice.structure.search.GraphIndex;
import coppice.vector.Neighbor;
import coppice.vector.VectorChange;
import coppice.vector.VectorSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentGraphTest {
    private static final int WANTED = 10;
    private static final int BREADTH = 100;
    private static final int QUERIES = 50;

    /// Vectors around a hundred places, as embeddings are.
    private static float[] clustered(SplittableRandom random, int dimension) {
        SplittableRandom place = new SplittableRandom(random.nextInt(100));
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = (float) (place.nextGaussian() + 0.5 * random.nextGaussian());
        }
        return vector;
    }

    private static byte[] key(int number) {
        return "k%06d".formatted(number).getBytes(UTF_8);
    }

    private static double recall(GraphIndex graph, VectorSet exact, SplittableRandom random, int dimension) {
        int found = 0;
        for (int i = 0; i < QUERIES; i++) {
            float[] query = clustered(random, dimension);
            Set<String> near = new HashSet<>();
            for (byte[] key : graph.near(query, BREADTH, WANTED)) {
                near.add(new String(key, UTF_8));
            }
            for (Neighbor one : exact.nearest(query, WANTED, _ -> true)) {
                found += near.contains(new String(one.key(), UTF_8)) ? 1 : 0;
            }
        }
        return (double) found / (QUERIES * WANTED);
    }

    @ParameterizedTest
    @CsvSource({"COSINE, 384, 4000", "COSINE, 1536, 3000", "DOT, 384, 3000", "EUCLIDEAN, 384, 3000"})
    void findsAlmostAllOfTheNearest(Similarity similarity, int dimension, int count) {
        SplittableRandom random = new SplittableRandom(7);
        List<VectorChange> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new VectorChange(key(i), clustered(random, dimension)));
        }
        GraphIndex graph = SegmentGraph.of(similarity, all.iterator());
        VectorSet exact = VectorSet.of(similarity, dimension, all.iterator());
        assertThat(recall(graph, exact, random, dimension)).isGreaterThan(0.95);

        List<VectorChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i += 3) {
            changes.add(new VectorChange(key(i), i % 2 == 0 ? null : clustered(random, dimension)));
        }
        changes.add(new VectorChange(key(count), clustered(random, dimension)));
        GraphIndex next = graph.with(changes);
        VectorSet exactNext = exact.with(changes);
        assertThat(next.size()).isEqualTo(exactNext.size());
        assertThat(recall(next, exactNext, random, dimension)).isGreaterThan(0.95);
        assertThat(recall(graph, exact, random, dimension))
                .as("of the state before")
                .isGreaterThan(0.95);

        Map<String, byte[]> parts = new TreeMap<>();
        next.parts().forEach((name, bytes) -> parts.put(name, bytes.get()));
        Optional<GraphIndex> read = SegmentGraph.of(similarity, parts);
        float[] query = clustered(random, dimension);
        assertThat(read.orElseThrow().near(query, BREADTH, BREADTH))
                .usingElementComparator(Arrays::compareUnsigned)
                .isEqualTo(next.near(query, BREADTH, BREADTH));
    }
}
