package coppice.testing.contract;

import static coppice.api.structure.SketchQuestion.DISTINCT;
import static coppice.api.structure.SketchQuestion.FREQUENCY;
import static coppice.api.structure.SketchQuestion.MEMBERSHIP;
import static coppice.api.structure.SketchQuestion.QUANTILES;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.feed.FeedStart;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Estimate;
import coppice.api.structure.Lease;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchChange;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import coppice.api.structure.SketchView;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.TopValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Sketches: what is known of values that are not kept.
@Timeout(60)
abstract class SketchContract extends Contract {
    private static final SketchOptions WORDS = SketchOptions.of(DISTINCT, MEMBERSHIP, FREQUENCY);
    private static final SketchOptions TIMES = SketchOptions.of(QUANTILES);

    private Sketch<String> words() {
        return db.sketch("words", String.class, WORDS);
    }

    private Sketch<Double> times() {
        return db.sketch("times", Double.class, TIMES);
    }

    private static Estimate exactly(long value) {
        return new Estimate(value, value, value);
    }

    private static String dumped(SketchView<?> sketch, DumpFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sketch.dump(out, format);
        return out.toString(UTF_8);
    }

    private static long load(Sketch<?> sketch, String text, LoadMode mode) throws IOException {
        return sketch.load(new ByteArrayInputStream(utf8(text)), DumpFormat.LINES, mode);
    }

    @Test
    void whatWasAddedIsKnown() {
        words().add("to");
        words().addAll(List.of("be", "or", "not", "to", "be"));
        words().add("that", 10);
        reopenIfPossible();
        assertThat(words().count()).isEqualTo(16);
        assertThat(words().distinct().value()).isEqualTo(5);
        assertThat(words().distinct().lower()).isLessThanOrEqualTo(5);
        assertThat(words().distinct().upper()).isGreaterThanOrEqualTo(5);
        assertThat(words().mightContain("not")).isTrue();
        assertThat(words().mightContain("question")).isFalse();
        assertThat(words().frequency("be")).isEqualTo(new Estimate(2, 1, 2));
        assertThat(words().frequency("question")).isEqualTo(exactly(0));
        TopValues<String> top = words().top(3);
        assertThat(top.floor()).isZero();
        assertThat(top.values())
                .extracting(TopValues.Frequent::value)
                .startsWith("that")
                .containsExactlyInAnyOrder("that", "to", "be");
        assertThat(words().top(100).values()).hasSize(5);
        assertThat(words().options()).contains(WORDS);
    }

    @Test
    void numbersAreSpreadAsTheyWereAdded() {
        times().addAll(IntStream.rangeClosed(1, 1_000).mapToObj(i -> (double) i).toList());
        assertThat(times().quantile(0).orElseThrow()).isBetween(0.99, 1.01);
        assertThat(times().quantile(0.5).orElseThrow()).isBetween(495.0, 505.0);
        assertThat(times().quantile(1).orElseThrow()).isBetween(990.0, 1_010.0);
        assertThat(times().rank(250.0).orElseThrow()).isBetween(0.245, 0.255);
        assertThat(times().rank(-1.0)).hasValue(0);
        assertThat(times().rank(1e9)).hasValue(1);
        assertThat(times().count()).isEqualTo(1_000);
        Sketch<Double> signed = db.sketch("signed", Double.class, TIMES);
        signed.addAll(List.of(-1e300, -5.0, -0.0, 0.0, 1e-300, 5.0, 1e300));
        assertThat(signed.quantile(0).orElseThrow()).isBetween(-1.01e300, -0.99e300);
        assertThat(signed.quantile(0.17).orElseThrow()).isBetween(-5.05, -4.95);
        assertThat(signed.quantile(0.5)).hasValue(0);
        assertThat(signed.quantile(0.67).orElseThrow()).isBetween(0.99e-300, 1.01e-300);
        assertThat(signed.quantile(1).orElseThrow()).isBetween(0.99e300, 1.01e300);
        assertThat(signed.rank(0.0)).hasValue(4.0 / 7);
        signed.addAll(List.of(Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE));
        assertThat(signed.quantile(1).orElseThrow()).isBetween(0.99 * Double.MAX_VALUE, Double.MAX_VALUE);
    }

    @Test
    void aSketchThatNobodyWroteToIsEmpty() {
        assertThat(words().distinct()).isEqualTo(exactly(0));
        assertThat(words().mightContain("a")).isFalse();
        assertThat(words().frequency("a")).isEqualTo(exactly(0));
        assertThat(words().top(1).values()).isEmpty();
        assertThat(words().count()).isZero();
        assertThat(times().quantile(0.5)).isEmpty();
        assertThat(times().rank(1.0)).isEmpty();
        Sketch<String> unmade = db.sketch("unmade", String.class);
        assertThat(unmade.distinct()).isEqualTo(exactly(0));
        assertThat(unmade.options()).isEmpty();
        assertThat(db.structures().all()).isEmpty();
        notFound(ErrorCode.UNKNOWN_STRUCTURE, () -> unmade.add("a"));
        assertThat(db.structures().all()).isEmpty();
    }

    @Test
    void optionsStayWithTheSketch() {
        words().add("a");
        db.commit("words");
        assertThat(db.sketch("words", String.class).frequency("a").value()).isEqualTo(1);
        assertThat(db.at("HEAD").sketch("words", String.class).options()).contains(WORDS);
        db.sketch("words", String.class).add("b");
        assertThat(words().count()).isEqualTo(2);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.sketch("words", String.class, WORDS.withFrequency(0.01, 10)));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.sketch("words", Long.class));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> db.set("words", String.class));
        assertThatThrownBy(() -> db.sketch("words", String.class, SketchOptions.of(DISTINCT)))
                .hasMessageContaining("tracked")
                .hasMessageContaining("without options");
        assertThat(db.structures().find("words"))
                .contains(new StructureInfo("words", StructureKind.SKETCH, String.class.getName()));
        db.structures().rename("words", "terms");
        assertThat(db.sketch("terms", String.class).count()).isEqualTo(2);
        assertThat(db.structures().drop("terms")).isTrue();
        assertThat(db.sketch("terms", String.class).options()).isEmpty();
    }

    @Test
    void whatIsNotKeptIsNotAnswered() {
        Sketch<String> seen = db.sketch("seen", String.class, SketchOptions.of(MEMBERSHIP));
        seen.add("a");
        incorrect(ErrorCode.OTHER_STRUCTURE, seen::distinct);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> seen.frequency("a"));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> seen.top(1));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> seen.quantile(0.5));
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> seen.rank("a"));
        incorrect(ErrorCode.OTHER_STRUCTURE, seen::count);
        incorrect(ErrorCode.OTHER_STRUCTURE, () -> times().mightContain(1.0));
        assertThatThrownBy(seen::distinct).hasMessageContaining("answers membership, not distinct");
    }

    @Test
    void whatAddsNothingNewWritesNothing() {
        Sketch<String> seen = db.sketch("seen", String.class, SketchOptions.of(DISTINCT, MEMBERSHIP));
        seen.addAll(List.of("a", "b"));
        db.commit("seen");
        seen.add("a");
        seen.addAll(List.of("b", "a", "b"));
        assertThat(db.main().hasChanges()).isFalse();
        seen.add("c");
        assertThat(db.main().hasChanges()).isTrue();
    }

    @Test
    void badInputIsRefusedAndNothingIsWritten() {
        words().add("a");
        incorrect(ErrorCode.VALUE_MISFIT, () -> words().addAll(List.of("b", "\uD83D")));
        assertThat(words().count()).isEqualTo(1);
        times().add(1.0);
        incorrect(ErrorCode.VALUE_MISFIT, () -> times().add(Double.NaN));
        incorrect(ErrorCode.VALUE_MISFIT, () -> times().addAll(List.of(1.0, Double.POSITIVE_INFINITY)));
        assertThat(times().count()).isEqualTo(1);
        incorrect(ErrorCode.VALUE_MISFIT, () -> db.sketch("names", String.class, TIMES));
        Sketch<Object> any = db.sketch("any", TIMES);
        any.add(2);
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.add("text"));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.add(new BigDecimal("1e400")));
        incorrect(ErrorCode.VALUE_MISFIT, () -> any.rank("text"));
        assertThat(any.count()).isEqualTo(1);
        assertThatThrownBy(() -> words().add("a", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> words().top(0)).isInstanceOf(IllegalArgumentException.class);
        for (double rank : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> times().quantile(rank)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> SketchOptions.of(List.<SketchQuestion>of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WORDS.withDistinct(0.5)).hasMessageContaining("0.001 to 0.05");
        assertThatThrownBy(() -> WORDS.withMembership(0, 0.1)).hasMessageContaining("1 to 1000000000");
        assertThatThrownBy(() -> WORDS.withFrequency(0.01, 10_001)).hasMessageContaining("1 to 10000");
        words().add("b", Long.MAX_VALUE - 1);
        incorrect(ErrorCode.VALUE_MISFIT, () -> words().add("c"));
        assertThat(words().frequency("b").value()).isEqualTo(Long.MAX_VALUE - 1);
    }

    @Test
    void damagedRowsAreToldAndCanBeCleared() {
        words().add("a");
        db.space("words")
                .entries(Range.prefix("f"))
                .map(Entry::key)
                .toList()
                .forEach(key -> db.space("words").put(key, bytes(1)));
        incorrect(ErrorCode.VALUE_MISFIT, () -> words().frequency("a"));
        incorrect(ErrorCode.VALUE_MISFIT, () -> words().add("a"));
        words().clear();
        words().add("a");
        assertThat(words().frequency("a").value()).isEqualTo(1);
        db.space("words").put("o", "{\"distinct\":1}");
        incorrect(ErrorCode.VALUE_MISFIT, this::words);
    }

    @Test
    void valuesAreTheSameWhateverTheOrderOfTheirMembers() {
        Sketch<Object> any = db.sketch("any", WORDS);
        any.add(Map.of("a", 1, "b", List.of(2)));
        any.add(new TreeMap<>(Map.of("b", List.of(2), "a", 1)));
        any.add(1);
        any.add(new BigDecimal("1.0"));
        assertThat(any.distinct().value()).isEqualTo(3);
        assertThat(any.frequency(Map.of("b", List.of(2), "a", 1)).value()).isEqualTo(2);
        Sketch<Person> people = db.sketch("people", Person.class, WORDS);
        people.addAll(List.of(Person.ANN, Person.BOB, Person.ANN));
        assertThat(people.top(1).values().getFirst().value()).isEqualTo(Person.ANN);
    }

    @Test
    void takePartInTransactions() {
        words().add("a");
        db.transact(transaction -> {
            transaction.sketch("words", String.class).addAll(List.of("b", "b"));
            transaction.sketch("times", Double.class, TIMES).add(1.0);
            assertThat(transaction.sketch("words", String.class).frequency("b").value())
                    .isEqualTo(2);
            assertThat(words().frequency("b").value()).isZero();
            incorrect(
                    ErrorCode.NOT_IN_TRANSACTION,
                    () -> transaction.sketch("words", String.class).watch(FeedStart.now()));
            return true;
        });
        assertThat(words().count()).isEqualTo(3);
        assertThat(times().count()).isEqualTo(1);
        assertThatThrownBy(() -> words().batched(sketch -> {
                    sketch.add("z");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(words().mightContain("z")).isFalse();
        words().batched(sketch -> {
            sketch.add("y");
            sketch.add("z");
        });
        assertThat(words().count()).isEqualTo(5);
        words().clear();
        assertThat(words().count()).isZero();
        assertThat(words().top(9).values()).isEmpty();
        assertThat(words().options()).contains(WORDS);
    }

    @Test
    void writersOfOneSketchLoseNothing() {
        IntStream.range(0, 8).parallel().forEach(writer -> {
            for (int i = 0; i < 25; i++) {
                words().add("w" + (i + writer) % 10);
            }
        });
        assertThat(words().count()).isEqualTo(200);
        assertThat(words().distinct().value()).isEqualTo(10);
        assertThat(words().top(10).values().stream()
                        .mapToLong(value -> value.times().value())
                        .sum())
                .isEqualTo(200);
    }

    @Test
    void inManySmallStepsOrOneItIsTheSame() throws IOException {
        Sketch<Long> one = db.sketch("one", Long.class, SketchOptions.of(DISTINCT, MEMBERSHIP, FREQUENCY, QUANTILES));
        Sketch<Long> other =
                db.sketch("other", Long.class, SketchOptions.of(DISTINCT, MEMBERSHIP, FREQUENCY, QUANTILES));
        List<Long> values =
                LongStream.range(0, 300).map(i -> i * i % 100).boxed().toList();
        one.addAll(values);
        values.forEach(other::add);
        assertThat(dumped(one, DumpFormat.LINES)).isEqualTo(dumped(other, DumpFormat.LINES));
    }

    @Test
    void whoFollowsIsTold() throws InterruptedException {
        BlockingQueue<SketchChange> told = new LinkedBlockingQueue<>();
        try (StructureFeed<SketchChange> changes = words().watch(FeedStart.now());
                Listening _ = times().on(told::add)) {
            words().addAll(List.of("a", "b", "c"));
            assertThat(changes.next())
                    .containsExactly(
                            new SketchChange.Changed(DISTINCT),
                            new SketchChange.Changed(MEMBERSHIP),
                            new SketchChange.Changed(FREQUENCY));
            words().add("a");
            assertThat(changes.next()).containsExactly(new SketchChange.Changed(FREQUENCY));
            times().add(1.0);
            assertThat(told.take()).isEqualTo(new SketchChange.Changed(QUANTILES));
        }
    }

    @Test
    void whatIsDumpedIsLoaded() throws IOException {
        SketchOptions all = SketchOptions.of(DISTINCT, MEMBERSHIP, FREQUENCY, QUANTILES);
        Sketch<Long> sketch = db.sketch("all", Long.class, all);
        sketch.addAll(LongStream.range(0, 500).map(i -> i % 90 - 5).boxed().toList());
        for (DumpFormat format : DumpFormat.values()) {
            String text = dumped(sketch, format);
            Sketch<Long> copy = db.sketch("copy" + format, Long.class);
            long items = copy.load(new ByteArrayInputStream(utf8(text)), format, LoadMode.ADD);
            assertThat(dumped(copy, DumpFormat.LINES)).isEqualTo(dumped(sketch, DumpFormat.LINES));
            assertThat(items).isEqualTo(dumped(sketch, DumpFormat.LINES).lines().count());
            copy.load(new ByteArrayInputStream(utf8(text)), format, LoadMode.ADD);
            assertThat(copy.count()).isEqualTo(1_000);
            assertThat(copy.frequency(7L).value())
                    .isEqualTo(2 * sketch.frequency(7L).value());
            assertThat(copy.distinct()).isEqualTo(sketch.distinct());
            assertThat(copy.quantile(0.9)).isEqualTo(sketch.quantile(0.9));
            copy.load(new ByteArrayInputStream(utf8(text)), format, LoadMode.REPLACE);
            assertThat(copy.count()).isEqualTo(500);
        }
        incorrect(
                ErrorCode.INVALID_IMPORT,
                () -> load(
                        db.sketch("other", Long.class, all.withDistinct(0.02)),
                        dumped(sketch, DumpFormat.LINES),
                        LoadMode.ADD));
        assertThat(load(words(), "", LoadMode.ADD)).isZero();
    }

    @Test
    void aDumpThatIsNoneIsRefused() throws IOException {
        String options = "{\"part\":\"options\",\"value\":{\"frequency\":{\"error\":0.001,\"tracked\":500}}}\n";
        List<String> bad = List.of(
                "{}",
                "{\"part\":\"totals\",\"counts\":[1,0,0]}",
                "{\"part\":\"options\",\"value\":{}}",
                "{\"part\":\"options\",\"value\":{\"frequency\":{}}}",
                "{\"part\":\"options\",\"value\":{\"other\":{}}}",
                options + "{\"part\":\"other\"}",
                options + options,
                options + "{\"part\":\"totals\",\"counts\":[1,0]}",
                options + "{\"part\":\"totals\",\"counts\":[1,0,\"a\"]}",
                options + "{\"part\":\"totals\",\"counts\":[1,0,0.5]}",
                options + "{\"part\":\"frequency\",\"at\":-1,\"counts\":[0,0,0,0,0,0,0,0]}",
                options + "{\"part\":\"frequency\",\"at\":1700,\"counts\":[0,0,0,0,0,0,0,0]}",
                options + "{\"part\":\"frequency\",\"at\":0.5,\"counts\":[0,0,0,0,0,0,0,0]}",
                options + "{\"part\":\"frequency\",\"counts\":[0,0,0,0,0,0,0,0]}",
                options + "{\"part\":\"membership\",\"at\":0,\"bytes\":\"AAAA\"}",
                options + "{\"part\":\"distinct\",\"at\":0,\"bytes\":\"?\"}",
                options + "{\"part\":\"top\"}");
        Sketch<String> empty = db.sketch("empty", String.class);
        bad.forEach(text -> incorrect(ErrorCode.INVALID_IMPORT, () -> load(empty, text, LoadMode.ADD)));
        incorrect(ErrorCode.VALUE_MISFIT, () -> load(empty, options + "{\"part\":\"top\",\"value\":1}", LoadMode.ADD));
        assertThat(db.structures().all()).isEmpty();
        String most = options + "{\"part\":\"totals\",\"counts\":[9223372036854775807,0,0]}";
        assertThat(load(empty, most, LoadMode.ADD)).isEqualTo(2);
        incorrect(ErrorCode.INVALID_IMPORT, () -> load(empty, most, LoadMode.ADD));
    }

    @Test
    void theTwinAnswersLater() {
        words().async().add("a").join();
        words().async().addAll(List.of("a", "b")).join();
        assertThat(words().async().frequency("a").join().value()).isEqualTo(2);
        assertThat(words().async().mightContain("b").join()).isTrue();
        assertThat(times().async().quantile(0.5).join()).isEqualTo(OptionalDouble.empty());
        try (Lease held = words().lock().acquire()) {
            assertThat(held.lock()).isEqualTo("@structures/words");
        }
    }
}
