package coppice.testing.property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PropertyTest {
    record Pair(int left, byte[] right) {}

    private static final List<String> OVERRIDES = List.of("coppice.seed", "coppice.runs");
    private final Map<String, String> overridden = new HashMap<>();

    @BeforeEach
    void withoutOverrides() {
        OVERRIDES.forEach(name -> overridden.put(name, System.getProperty(name, "")));
        OVERRIDES.forEach(System::clearProperty);
    }

    @AfterEach
    void restoreOverrides() {
        overridden.forEach(System::setProperty);
    }

    private static <T> String smallest(Gen<T> gen, Predicate<? super T> holds) {
        String message = failure(Property.forAll(gen).runs(2_000), holds).getMessage();
        Matcher matcher = Pattern.compile("smallest counterexample: (.*)").matcher(message);
        assertThat(matcher.find()).as(message).isTrue();
        return matcher.group(1);
    }

    private static <T> AssertionError failure(Property<T> property, Predicate<? super T> holds) {
        return catchThrowableOfType(
                AssertionError.class,
                () -> property.check(value -> {
                    if (!holds.test(value)) {
                        throw new IllegalStateException("does not hold");
                    }
                }));
    }

    @Test
    void aTruePropertyPassesOnAllItsRuns() {
        List<Integer> seen = new ArrayList<>();
        Property.forAll(Gen.ints(1, 9)).runs(73).check(seen::add);
        assertThat(seen).hasSize(73).doesNotContain(0, 10);
    }

    @Test
    void numbersShrinkToTheEdgeOfFailure() {
        assertThat(smallest(Gen.ints(0, 1_000_000), value -> value < 4_711)).isEqualTo("4711");
        assertThat(smallest(Gen.longs(Long.MIN_VALUE, Long.MAX_VALUE), value -> value > -4_711))
                .isEqualTo("-4711");
    }

    @Test
    void listsShrinkToTheElementsThatMatter() {
        assertThat(smallest(
                        Gen.ints(0, 1_000).list(0, 100), list -> list.stream().noneMatch(value -> value > 500)))
                .isEqualTo("[501]");
        assertThat(smallest(Gen.ints(0, 1_000).list(0, 100), list -> list.size() < 7))
                .isEqualTo("[0, 0, 0, 0, 0, 0, 0]");
    }

    @Test
    void nestedListsShrinkAtEveryDepth() {
        assertThat(smallest(
                        Gen.ints(0, 9).list(0, 9).list(0, 9),
                        lists -> lists.stream().noneMatch(list -> list.size() > 2)))
                .isEqualTo("[[0, 0, 0]]");
    }

    @Test
    void equalElementsShrinkTogether() {
        assertThat(smallest(Gen.ints(100, 9_999).list(0, 200), list -> new HashSet<>(list).size() == list.size()))
                .isEqualTo("[100, 100]");
    }

    @Test
    void dependentValuesShrinkThroughFlatMap() {
        Gen<List<Integer>> sized =
                Gen.ints(0, 30).flatMap(size -> Gen.ints(0, 9).list(size, size));
        assertThat(smallest(sized, list -> list.size() < 5)).isEqualTo("[0, 0, 0, 0, 0]");
    }

    @Test
    void shrunkValuesKeepWhatTheirGeneratorPromises() {
        Gen<Integer> even = Gen.ints(0, 100_000).filter(value -> value % 2 == 0);
        assertThat(smallest(even, value -> value < 333)).isEqualTo("334");
    }

    @Test
    void bytesShrinkAndAreShownAsHexEvenInsideRecords() {
        Gen<Pair> pairs = Gen.combine(Gen.ints(0, 9), Gen.bytes(0, 40), Pair::new);
        assertThat(smallest(pairs, pair -> pair.right().length < 2)).isEqualTo("Pair[left=0, right=0x0000]");
    }

    @Test
    void aFailureNamesASeedThatFindsItAtOnce() {
        Property<Integer> property = Property.forAll(Gen.ints(0, 1_000_000));
        Matcher seed = Pattern.compile("coppice\\.seed=(-?\\d+)")
                .matcher(
                        failure(property.runs(5_000), value -> value % 97 != 13).getMessage());
        assertThat(seed.find()).isTrue();
        AssertionError again = failure(property.runs(1).seed(Long.parseLong(seed.group(1))), value -> value % 97 != 13);
        assertThat(again).hasMessageContaining("smallest counterexample: 13").hasRootCauseMessage("does not hold");
    }

    @Test
    void theSeedComesFromTheNameOfTheTest() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        Property.forAll(Gen.longs(0, Long.MAX_VALUE)).check(first::add);
        Property.forAll(Gen.longs(0, Long.MAX_VALUE)).check(second::add);
        assertThat(first).isEqualTo(second);
        List<Long> other = new ArrayList<>();
        Property.forAll(Gen.longs(0, Long.MAX_VALUE)).seed(1).check(other::add);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void systemPropertiesOverrideSeedAndRuns() {
        List<Long> given = new ArrayList<>();
        Property.forAll(Gen.longs(0, Long.MAX_VALUE)).seed(42).runs(5).check(given::add);
        System.setProperty("coppice.seed", "42");
        System.setProperty("coppice.runs", "5");
        List<Long> overriding = new ArrayList<>();
        Property.forAll(Gen.longs(0, Long.MAX_VALUE)).seed(1).check(overriding::add);
        assertThat(overriding).hasSize(5).isEqualTo(given);
    }

    @Test
    void shrinkingDoesNotSlipToAnotherFailure() {
        AssertionError error = catchThrowableOfType(
                AssertionError.class,
                () -> Property.forAll(Gen.ints(0, 10_000)).runs(5_000).check(value -> {
                    if (value > 9_000) {
                        throw new IllegalStateException("the one that came first");
                    }
                    if (value > 0 && value < 100 && value != 7) {
                        throw new IllegalArgumentException("another");
                    }
                }));
        assertThat(error.getMessage()).containsAnyOf("counterexample: 9001", "counterexample: 1\n");
    }

    @Test
    void aGeneratorThatRejectsNearlyEverythingIsReported() {
        assertThat(failure(Property.forAll(Gen.ints(0, 9).filter(value -> value > 9)), value -> true))
                .hasMessageContaining("rejected");
    }

    @Test
    void aTestThatFailsOnlyOnceIsReportedAsSuch() {
        List<Integer> runs = new ArrayList<>();
        assertThat(failure(Property.forAll(Gen.ints(0, 9)), value -> {
                    runs.add(value);
                    return runs.size() > 1;
                }))
                .hasMessageContaining("depends on something beside its choices");
    }

    @Test
    void everyThrowableCountsAsAFailure() {
        assertThatCode(() -> Property.forAll(Gen.ints(0, 9)).check(value -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(AssertionError.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
    }
}
