package coppice.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.search.Scan;
import coppice.api.search.Similarity;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What short codes say of scores holds, and searches that use them find what those that do not use them find.
class CodesTest {
    private static final int ROWS = 1_500;
    private static final int QUERIES = 12;
    private static final boolean HAS_VECTORS =
            ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    private static final List<Similarity> CODED = List.of(Similarity.COSINE, Similarity.DOT, Similarity.EUCLIDEAN);

    private final SplittableRandom random = new SplittableRandom(23);

    /// What vectors may be like.
    enum Kind {
        UNIFORM,
        NORMAL,
        CLUSTERED,
        FAR_FROM_ZERO,
        ONE_DIMENSION_STANDS_OUT,
        ALL_EQUAL,
        NEARLY_EQUAL,
        FEW_NUMBERS,
        HUGE,
        TINY,
        OF_ALL_SIZES,
        ONE_IS_HUGE
    }

    private float[] vector(Kind kind, int dimension) {
        float[] vector = new float[dimension];
        int cluster = random.nextInt(20);
        double size = random.nextDouble(-30, 30);
        for (int i = 0; i < dimension; i++) {
            double normal = random.nextGaussian();
            vector[i] = (float)
                    switch (kind) {
                        case UNIFORM -> random.nextDouble(-1, 1);
                        case NORMAL -> normal;
                        case CLUSTERED -> Math.sin(cluster * 31 + i * (cluster + 1)) + normal / 5;
                        case FAR_FROM_ZERO -> 10 + i % 7 + normal;
                        case ONE_DIMENSION_STANDS_OUT -> i == 1 ? normal * 1e4 : normal;
                        case ALL_EQUAL -> i + 1;
                        case NEARLY_EQUAL -> 1 + normal * 1e-6;
                        case FEW_NUMBERS -> random.nextInt(-1, 2);
                        case HUGE -> normal * 1e25;
                        case TINY -> normal * 1e-25;
                        case OF_ALL_SIZES -> normal * Math.pow(10, size);
                        case ONE_IS_HUGE -> cluster == 0 ? normal * 1e6 : normal;
                    };
        }
        vector[0] = vector[0] == 0 ? 1 : vector[0];
        return vector;
    }

    private VectorSet set(Similarity similarity, int dimension, Kind kind, int rows) {
        List<VectorChange> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(change(i, vector(kind, dimension)));
        }
        return VectorSet.of(similarity, dimension, all.iterator());
    }

    private static VectorChange change(int number, float[] vector) {
        return new VectorChange(String.format("k%05d", number).getBytes(UTF_8), vector);
    }

    private static List<String> shown(List<Neighbor> found) {
        return found.stream()
                .map(one -> new String(one.key(), UTF_8) + " " + one.score())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void codesOfBytesFindWhatAFullComparisonDoes(Kind kind) {
        Predicate<byte[]> some = key -> key[key.length - 1] % 4 == 0;
        for (Similarity similarity : Similarity.values()) {
            for (int dimension : new int[] {1, 3, 32, 61, 384}) {
                VectorSet set = set(similarity, dimension, kind, ROWS);
                for (int i = 0; i < QUERIES; i++) {
                    float[] query =
                            i % 4 == 3 ? set.find(set.sample(QUERIES).get(i)).orElseThrow() : vector(kind, dimension);
                    int most = 1 + random.nextInt(30);
                    Predicate<byte[]> which = i % 3 == 0 ? some : _ -> true;
                    check(
                            set.nearest(query, most, Scan.INT8, which).nearest(),
                            set.nearest(query, most, which),
                            similarity + ", dimension " + dimension);
                }
            }
        }
    }

    /// The same, but for the order in which the Vector API adds up, which changes when code is compiled.
    private static void check(List<Neighbor> found, List<Neighbor> expected, String what) {
        if (!HAS_VECTORS) {
            assertThat(shown(found)).as(what).isEqualTo(shown(expected));
            return;
        }
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            float score = expected.get(i).score();
            boolean isSame = Float.compare(found.get(i).score(), score) == 0
                    || Math.abs(found.get(i).score() - score) <= 1e-4 * Math.abs(score);
            assertThat(isSame)
                    .as("%s: %s, %s", what, shown(found), shown(expected))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void noScoreIsMoreThanCodesOfBytesSay(Kind kind) {
        for (Similarity similarity : CODED) {
            VectorSet set = set(similarity, 100, kind, 300);
            for (int i = 0; i < QUERIES; i++) {
                float[] query = vector(kind, 100);
                if (Codes.isCodable(similarity, query)) {
                    checkMosts(set, Target.of(similarity, query, 112, Scan.INT8));
                }
            }
        }
    }

    private static void checkMosts(VectorSet set, Target target) {
        for (int index = 0; index < set.slabs().size(); index++) {
            Slab slab = set.slabs().get(index);
            int count = set.end(index) - slab.first();
            ByteCodes codes = slab.byteCodes(set, set.end(index));
            Probe<short[]> probe = codes.probe(target);
            int[] raws = new int[count + Kernel.BLOCK];
            float[] mosts = new float[count];
            float[] scores = new float[count];
            codes.compare(probe.code(), 0, count, raws);
            codes.most(probe, raws, 0, count, mosts, 0);
            slab.compare(target, slab.first(), count, scores);
            for (int i = 0; i < count; i++) {
                assertThat(mosts[i]).isGreaterThanOrEqualTo(Float.isNaN(scores[i]) ? mosts[i] : scores[i]);
            }
        }
    }

    @Test
    void codesLeaveFewToCompareInFull() {
        for (Similarity similarity : CODED) {
            for (Kind kind : List.of(Kind.UNIFORM, Kind.NORMAL, Kind.CLUSTERED, Kind.ONE_IS_HUGE)) {
                VectorSet set = set(similarity, 384, kind, 5_000);
                Scanned found = set.nearest(vector(kind, 384), 10, Scan.INT8, _ -> true);
                assertThat(found.scan()).isEqualTo(Scan.INT8);
                assertThat(found.inFull()).as("%s %s", similarity, kind).isLessThan(1_000);
            }
        }
    }

    @Test
    void vectorsThatAreBeyondCodesAreComparedInFull() {
        VectorSet huge = set(Similarity.DOT, 64, Kind.HUGE, 200);
        assertThat(huge.nearest(vector(Kind.NORMAL, 64), 3, Scan.INT8, _ -> true)
                        .inFull())
                .isEqualTo(200);
        assertThat(huge.nearest(vector(Kind.HUGE, 64), 3, Scan.INT8, _ -> true).scan())
                .isEqualTo(Scan.FLOAT);
        VectorSet far = set(Similarity.MANHATTAN, 64, Kind.NORMAL, 200);
        assertThat(far.nearest(vector(Kind.NORMAL, 64), 3, Scan.BINARY, _ -> true)
                        .scan())
                .isEqualTo(Scan.FLOAT);
    }

    /// What is measured is 0.99 and more: see the guide.
    @Test
    void codesOfBitsFindNearlyAll() {
        for (Similarity similarity : CODED) {
            for (Kind kind : List.of(Kind.CLUSTERED, Kind.NORMAL, Kind.FAR_FROM_ZERO)) {
                assertThat(recall(set(similarity, 384, kind, 4_000), kind))
                        .as("%s %s of 384", similarity, kind)
                        .isGreaterThan(0.97);
            }
            assertThat(recall(set(similarity, 1_536, Kind.CLUSTERED, 2_000), Kind.CLUSTERED))
                    .as("%s of 1,536", similarity)
                    .isGreaterThan(0.98);
        }
    }

    private double recall(VectorSet set, Kind kind) {
        int right = 0;
        for (int i = 0; i < 40; i++) {
            float[] query = vector(kind, set.dimension());
            List<String> truth = shown(set.nearest(query, 10, _ -> true));
            Scanned found = set.nearest(query, 10, Scan.BINARY, _ -> true);
            assertThat(found.inFull()).isLessThan(set.size() / 2);
            right += (int)
                    shown(found.nearest()).stream().filter(truth::contains).count();
        }
        return right / 400.0;
    }

    @Test
    void setsShareCodesAndMakeThoseOfNewVectorsOnly() {
        VectorSet set = set(Similarity.COSINE, 64, Kind.NORMAL, ROWS);
        long without = set.bytes();
        set.prepare(Scan.INT8);
        set.prepare(Scan.BINARY);
        assertThat(set.bytes()).isGreaterThan(without + ROWS * (64 + 64 / 8));
        Slab slab = set.slabs().get(2);
        ByteCodes bytes = slab.byteCodes(set, set.end(2));
        VectorSet next = set.with(List.of(change(3, vector(Kind.NORMAL, 64)), change(9_999, vector(Kind.NORMAL, 64))));
        next.prepare(Scan.INT8);
        assertThat(next.slabs().get(2).byteCodes(next, next.end(2))).isSameAs(bytes);
        assertThat(bytes.coded()).isEqualTo(set.end(2) - slab.first());
        int last = next.slabs().size() - 1;
        Slab newest = next.slabs().get(last);
        ByteCodes latest = newest.byteCodes(next, next.end(last));
        VectorSet more = next.with(List.of(change(10_000, vector(Kind.NORMAL, 64))));
        int before = latest.coded();
        more.prepare(Scan.INT8);
        assertThat(newest.byteCodes(more, more.end(last))).isSameAs(latest);
        assertThat(latest.coded()).isEqualTo(before + 1);
    }

    @Test
    void manyThreadsMayWantCodesAtOnce() throws Exception {
        VectorSet shared = set(Similarity.EUCLIDEAN, 48, Kind.CLUSTERED, ROWS);
        List<Callable<Boolean>> searches = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
            float[] query = vector(Kind.CLUSTERED, 48);
            List<VectorChange> changes = List.of(change(20_000 + thread, query));
            searches.add(() -> {
                VectorSet own = shared.with(changes);
                List<String> found =
                        shown(own.nearest(query, 20, Scan.INT8, _ -> true).nearest());
                return found.equals(shown(own.nearest(query, 20, _ -> true)));
            });
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var answer : threads.invokeAll(searches)) {
                assertThat(answer.get()).isTrue();
            }
        }
    }

    @Test
    void rotationsKeepLengthsAndAngles() {
        for (int length : new int[] {64, 128, 192, 384, 1_536}) {
            Rotation rotation = new Rotation(length);
            float[] one = vector(Kind.NORMAL, length);
            float[] other = vector(Kind.ONE_DIMENSION_STANDS_OUT, length - 5);
            float[] turned = rotation.turned(other);
            assertThat(Codes.norm(turned)).isCloseTo(Codes.norm(other), within(Codes.norm(other) * 1e-5));
            assertThat(Codes.dot(rotation.turned(one), turned))
                    .isCloseTo(Codes.dot(other, one), within(Codes.norm(other) * Codes.norm(one) * 1e-5));
            assertThat((double) Codes.most(turned)).isLessThan(Codes.norm(other) * 0.6);
        }
    }

    private static Offset<Double> within(double most) {
        return Offset.offset(most);
    }

    @Test
    void theFastestIsBySize() {
        assertThat(set(Similarity.COSINE, 384, Kind.UNIFORM, 100).fastest()).isEqualTo(Scan.FLOAT);
        assertThat(set(Similarity.COSINE, 1_000, Kind.UNIFORM, 1_000).fastest()).isEqualTo(Scan.INT8);
        assertThat(set(Similarity.MANHATTAN, 1_000, Kind.UNIFORM, 1_000).fastest())
                .isEqualTo(Scan.FLOAT);
    }

    @Test
    void samplesAreSpread() {
        VectorSet set =
                set(Similarity.DOT, 1, Kind.NORMAL, 10).with(List.of(new VectorChange("k00004".getBytes(UTF_8), null)));
        assertThat(set.sample(3).stream().map(key -> new String(key, UTF_8)))
                .containsExactly("k00000", "k00003", "k00007");
        assertThat(set.sample(20)).hasSize(9);
        assertThat(set.sample(0)).isEmpty();
    }
}
