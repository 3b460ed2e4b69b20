package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Coppice;
import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.structure.Estimate;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.TopValues;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How well sketches answer, and how much they keep.
@Timeout(120)
class SketchBoundsTest {
    private static final int VALUES = 100_000;
    private static final SketchOptions ALL = SketchOptions.of(
            SketchQuestion.DISTINCT, SketchQuestion.MEMBERSHIP, SketchQuestion.FREQUENCY, SketchQuestion.QUANTILES);

    private final Database db = Coppice.open("mem:", Options.defaults());

    @AfterEach
    void close() {
        db.close();
    }

    private Sketch<Long> sketch(SketchOptions options) {
        return db.sketch("sketch", Long.class, options);
    }

    /// Values of which few are frequent, as words are: the k-th most frequent one about 1/k as often as the first.
    private static List<Long> words(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        return LongStream.generate(() -> (long) Math.exp(random.nextDouble() * 11))
                .limit(VALUES)
                .boxed()
                .toList();
    }

    @Test
    void distinctValuesAreCountedWithinTheirBounds() {
        int within = 0;
        for (double error : new double[] {0.05, 0.01, 0.002}) {
            for (int seed = 0; seed < 5; seed++) {
                Set<Long> values = new SplittableRandom(seed)
                        .longs(VALUES / 2)
                        .boxed()
                        .collect(Collectors.toCollection(HashSet::new));
                Sketch<Long> sketch = db.sketch(
                        "s" + seed + "of" + error,
                        Long.class,
                        SketchOptions.of(SketchQuestion.DISTINCT).withDistinct(error));
                sketch.addAll(values);
                sketch.addAll(values);
                Estimate estimate = sketch.distinct();
                assertThat(estimate.value()).isBetween(estimate.lower(), estimate.upper());
                assertThat((double) (estimate.upper() - estimate.lower()))
                        .isLessThanOrEqualTo(6 * error * estimate.value() + 2);
                within += estimate.lower() <= values.size() && values.size() <= estimate.upper() ? 1 : 0;
            }
        }
        assertThat(within).isGreaterThanOrEqualTo(14);
    }

    @Test
    void fewDistinctValuesAreCountedExactly() {
        Sketch<Long> sketch = sketch(SketchOptions.of(SketchQuestion.DISTINCT));
        for (long i = 1; i <= 50; i++) {
            sketch.add(i);
            assertThat(sketch.distinct().value()).isEqualTo(i);
        }
    }

    @Test
    void noMemberIsMissedAndOthersAreTakenForOneAsRarelyAsSaid() {
        for (double wrong : new double[] {0.1, 0.01, 0.001}) {
            Sketch<Long> sketch = db.sketch(
                    "s" + wrong,
                    Long.class,
                    SketchOptions.of(SketchQuestion.MEMBERSHIP).withMembership(VALUES, wrong));
            sketch.addAll(LongStream.range(0, VALUES).boxed().toList());
            assertThat(LongStream.range(0, VALUES).filter(sketch::mightContain).count())
                    .isEqualTo(VALUES);
            long taken = LongStream.range(VALUES, 2 * VALUES)
                    .filter(sketch::mightContain)
                    .count();
            double deviation = Math.sqrt(VALUES * wrong);
            assertThat((double) taken).as("%s", wrong).isBetween(VALUES * wrong * 0.8, VALUES * wrong + 3 * deviation);
        }
    }

    @Test
    void frequenciesAndTheTopAreWithinTheirBounds() {
        List<Long> words = words(1);
        Map<Long, Long> exact =
                words.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        Sketch<Long> sketch = sketch(SketchOptions.of(SketchQuestion.FREQUENCY).withFrequency(0.001, 100));
        sketch.addAll(words);
        long below = 0;
        for (Map.Entry<Long, Long> word : exact.entrySet()) {
            Estimate estimate = sketch.frequency(word.getKey());
            assertThat(estimate.upper()).isEqualTo(estimate.value()).isGreaterThanOrEqualTo(word.getValue());
            below += estimate.lower() > word.getValue() ? 1 : 0;
        }
        assertThat(below).isLessThanOrEqualTo(exact.size() / 100);
        TopValues<Long> top = sketch.top(20);
        assertThat(top.values()).hasSize(20);
        List<Long> truly = exact.entrySet().stream()
                .sorted(Collections.reverseOrder(Map.Entry.comparingByValue()))
                .limit(10)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(top.values()).extracting(TopValues.Frequent::value).containsAll(truly);
        Set<Long> tracked = sketch.top(1_000).values().stream()
                .map(TopValues.Frequent::value)
                .collect(Collectors.toSet());
        assertThat(tracked).hasSizeBetween(100, 200);
        assertThat(exact)
                .allSatisfy((word, times) -> assertThat(tracked.contains(word) || times <= top.floor())
                        .isTrue());
        assertThat(top.floor()).isLessThan(VALUES / 100);
    }

    @Test
    void quantilesAreWithinTheirShareOfThemselves() {
        SplittableRandom random = new SplittableRandom(2);
        for (double error : new double[] {0.05, 0.01, 0.001}) {
            double[] values = random.doubles(VALUES)
                    .map(share -> Math.exp(share * 40 - 20) * (share < 0.3 ? -1 : 1))
                    .toArray();
            Sketch<Double> sketch = db.sketch(
                    "s" + error,
                    Double.class,
                    SketchOptions.of(SketchQuestion.QUANTILES).withQuantiles(error));
            sketch.addAll(Arrays.stream(values).boxed().toList());
            Arrays.sort(values);
            for (double rank = 0; rank <= 1; rank += 0.01) {
                double exact = values[(int) (rank * (VALUES - 1))];
                assertThat(sketch.quantile(rank).orElseThrow())
                        .as("%s of %s", rank, error)
                        .isBetween(
                                exact - Math.abs(exact) * error * 1.000001, exact + Math.abs(exact) * error * 1.000001);
            }
            for (int at = 0; at < VALUES; at += VALUES / 50) {
                assertThat(sketch.rank(values[at]).orElseThrow()).isBetween((at + 1.0) / VALUES, at / 1e5 + 2 * error);
            }
        }
    }

    private long bytesKept() {
        long bytes = 0;
        try (Cursor cursor = db.main().space("sketch").scan(Range.all())) {
            while (cursor.next()) {
                bytes += cursor.keyLength() + cursor.valueLength();
            }
        }
        return bytes;
    }

    @Test
    void aMillionEqualValuesTakeNoMoreThanFew() {
        Sketch<Long> sketch = sketch(ALL);
        sketch.addAll(Collections.nCopies(1_000_000, 1L));
        assertThat(bytesKept()).isLessThan(1_200);
        sketch.add(1L, 1_000_000_000);
        assertThat(bytesKept()).isLessThan(1_200);
        assertThat(sketch.frequency(1L).value()).isEqualTo(1_001_000_000);
    }

    @Test
    void aMillionDifferentValuesTakeNoMoreThanTheOptionsSay() {
        Sketch<Long> sketch = sketch(ALL);
        for (long from = 0; from < 1_000_000; from += 250_000) {
            sketch.addAll(LongStream.range(from, from + 250_000).boxed().toList());
        }
        assertThat(bytesKept()).isLessThan(300_000);
        Estimate distinct = sketch.distinct();
        assertThat(1_000_000L).isBetween(distinct.lower(), distinct.upper());
        assertThat(sketch.count()).isEqualTo(1_000_000);
    }
}
