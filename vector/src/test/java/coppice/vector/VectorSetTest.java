package coppice.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.search.Scan;
import coppice.api.search.Similarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Sets are compared with maps that are looked through naively.
class VectorSetTest {
    private static final int STEPS = 300;
    private static final int VERSIONS = 12;
    private static final int KEYS = 400;

    private final SplittableRandom random = new SplittableRandom(7);

    /// A set, and what should be in it.
    private record Version(VectorSet set, TreeMap<String, float[]> model) {}

    @ParameterizedTest
    @EnumSource
    void setsThatAreMadeOfOneAnotherInAnyOrderFindWhatANaiveSearchDoes(Similarity similarity) {
        for (int dimension : new int[] {1, 3, 16, 37}) {
            List<Version> versions = new ArrayList<>();
            versions.add(new Version(VectorSet.empty(similarity, dimension), new TreeMap<>()));
            for (int step = 0; step < STEPS; step++) {
                Version from = versions.get(random.nextInt(versions.size()));
                Version next = random.nextInt(20) == 0
                        ? new Version(from.set().compacted(), from.model())
                        : changed(from, dimension);
                check(next, similarity, dimension);
                if (versions.size() == VERSIONS) {
                    versions.set(random.nextInt(VERSIONS), next);
                } else {
                    versions.add(next);
                }
            }
            versions.forEach(version -> check(version, similarity, dimension));
        }
    }

    private Version changed(Version from, int dimension) {
        TreeMap<String, float[]> model = new TreeMap<>(from.model());
        List<VectorChange> changes = new ArrayList<>();
        int count = random.nextInt(40);
        for (int i = 0; i < count; i++) {
            String key = "key" + random.nextInt(KEYS);
            if (random.nextInt(3) == 0) {
                model.remove(key);
                changes.add(new VectorChange(key.getBytes(UTF_8), null));
            } else {
                float[] vector = vector(dimension);
                model.put(key, vector);
                changes.add(new VectorChange(key.getBytes(UTF_8), vector));
            }
        }
        return new Version(from.set().with(changes), model);
    }

    /// Small whole numbers, so that sums are exact in any order, and many are equally near; not all 0.
    private float[] vector(int dimension) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            vector[i] = random.nextInt(-3, 4);
        }
        vector[random.nextInt(dimension)] = 2;
        return vector;
    }

    private void check(Version version, Similarity similarity, int dimension) {
        VectorSet set = version.set();
        assertThat(set.size()).isEqualTo(version.model().size());
        String key = "key" + random.nextInt(KEYS);
        assertThat(set.find(key.getBytes(UTF_8)).orElse(new float[0]))
                .isEqualTo(version.model().getOrDefault(key, new float[0]));
        float[] query = vector(dimension);
        int most = 1 + random.nextInt(30);
        Predicate<String> which = random.nextBoolean() ? _ -> true : name -> name.endsWith("1");
        List<Found> expected = naive(version.model(), similarity, query, most, which);
        List<Neighbor> found = set.nearest(query, most, bytes -> which.test(new String(bytes, UTF_8)));
        assertThat(shown(found)).isEqualTo(expected);
        Scanned byBytes = set.nearest(query, most, Scan.INT8, bytes -> which.test(new String(bytes, UTF_8)));
        assertThat(shown(byBytes.nearest())).isEqualTo(expected);
        Iterator<byte[]> keys = IntStream.range(0, KEYS)
                .mapToObj(i -> "key" + i)
                .filter(which)
                .map(name -> name.getBytes(UTF_8))
                .iterator();
        assertThat(shown(set.nearestOf(keys, query, most))).isEqualTo(expected);
    }

    private record Found(String key, float score) {}

    private static List<Found> shown(List<Neighbor> neighbors) {
        return neighbors.stream()
                .map(one -> new Found(new String(one.key(), UTF_8), one.score()))
                .toList();
    }

    private static List<Found> naive(
            Map<String, float[]> model, Similarity similarity, float[] query, int most, Predicate<String> which) {
        return model.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .map(entry -> new Found(entry.getKey(), 0f + score(similarity, entry.getValue(), query)))
                .sorted(Comparator.comparingDouble(Found::score).reversed().thenComparing(Found::key))
                .limit(most)
                .toList();
    }

    /// Exact but for the cosine, whose last steps are those of a set.
    private static float score(Similarity similarity, float[] one, float[] other) {
        return switch (similarity) {
            case DOT -> dot(one, other);
            case COSINE -> dot(one, other) * (Slab.inverseNorm(one) * Slab.inverseNorm(other));
            case EUCLIDEAN -> -(dot(one, one) - 2 * dot(one, other) + dot(other, other));
            case MANHATTAN ->
                (float) -IntStream.range(0, one.length)
                        .mapToDouble(i -> Math.abs(one[i] - other[i]))
                        .sum();
        };
    }

    private static float dot(float[] one, float[] other) {
        return (float) IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    @Test
    void setsThatManyThreadsMakeOfOneDoNotSeeEachOthersVectors() throws Exception {
        VectorSet shared = VectorSet.empty(Similarity.DOT, 2).with(List.of(change("a", 1, 1)));
        List<Callable<VectorSet>> makers = new ArrayList<>();
        for (int maker = 0; maker < 8; maker++) {
            int mine = maker;
            makers.add(() -> {
                VectorSet set = shared;
                for (int i = 0; i < 500; i++) {
                    set = set.with(List.of(change("k" + i, mine, i)));
                }
                return set;
            });
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            var made = threads.invokeAll(makers);
            for (int maker = 0; maker < 8; maker++) {
                VectorSet set = made.get(maker).get();
                assertThat(set.size()).isEqualTo(501);
                for (int i = 0; i < 500; i++) {
                    assertThat(set.find(("k" + i).getBytes(UTF_8))).hasValue(new float[] {maker, i});
                }
            }
        }
        assertThat(shared.nearest(new float[] {1, 1}, 5, VectorSetTest::any)).hasSize(1);
    }

    private static boolean any(byte[] key) {
        return key.length > 0;
    }

    private static VectorChange change(String key, float... vector) {
        return new VectorChange(key.getBytes(UTF_8), vector);
    }

    @Test
    void compactingIsDueWhenChangesAreAnEighthOfTheBase() {
        List<VectorChange> all = IntStream.range(0, 16_000)
                .mapToObj(i -> change(String.format("k%05d", i), i, 1))
                .toList();
        VectorSet set = VectorSet.of(Similarity.EUCLIDEAN, 2, all.iterator());
        assertThat(set.isDue()).isFalse();
        VectorSet less = set.with(all.subList(0, 1_001).stream()
                .map(one -> new VectorChange(one.key(), null))
                .toList());
        assertThat(less.isDue()).isFalse();
        VectorSet more = less.with(all.subList(2_000, 3_000));
        assertThat(more.isDue()).isTrue();
        assertThat(more.compacted().isDue()).isFalse();
        assertThat(more.compacted().size()).isEqualTo(14_999);
        assertThat(shown(more.compacted().nearest(new float[] {2_500, 1}, 50, VectorSetTest::any)))
                .isEqualTo(shown(more.nearest(new float[] {2_500, 1}, 50, VectorSetTest::any)));
    }

    @Test
    void vectorsThatCannotBeComparedAreRefused() {
        VectorSet set = VectorSet.empty(Similarity.COSINE, 2);
        assertThatThrownBy(() -> set.with(List.of(change("a", 1))))
                .hasMessageContaining("has 1 dimensions, and must have 2");
        assertThatThrownBy(() -> set.with(List.of(change("a", 0, -0f)))).hasMessageContaining("no direction");
        assertThatThrownBy(() -> set.nearest(new float[] {1, Float.NaN}, 1, VectorSetTest::any))
                .hasMessageContaining("finite");
        assertThatThrownBy(() -> set.nearest(new float[] {1, 1}, 0, VectorSetTest::any))
                .hasMessageContaining("At least 1");
        assertThatThrownBy(() -> VectorSet.empty(Similarity.DOT, 0)).hasMessageContaining("at least 1 dimension");
        VectorSet zeros = VectorSet.empty(Similarity.DOT, 2).with(List.of(change("a", 0, 0)));
        assertThat(zeros.nearest(new float[] {0, 0}, 1, VectorSetTest::any)).hasSize(1);
    }

    @Test
    void theArraysOfCallersAreNotKept() {
        float[] vector = {1, 2};
        byte[] key = {1};
        VectorSet set = VectorSet.empty(Similarity.DOT, 2).with(List.of(new VectorChange(key, vector)));
        vector[0] = 9;
        key[0] = 9;
        assertThat(set.find(new byte[] {1})).hasValue(new float[] {1, 2});
        set.find(new byte[] {1}).orElseThrow()[0] = 7;
        assertThat(set.find(new byte[] {1}).map(Arrays::toString)).hasValue("[1.0, 2.0]");
    }
}
