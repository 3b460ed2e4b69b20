package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoundsTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);

    private static Optional<Bounds> bounds(String condition) {
        return Bounds.of(Expression.parse(condition).simplified());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "a = 1 → a exact 12800b00..12800b01",
                "1 = a → a exact 12800b00..12800b01",
                "a < 1 → a exact 10..12800b00",
                "1 >= a → a exact 10..12800b01",
                "a > 'x' → a exact 20780002..21",
                "a >= TRUE → a exact 07..08",
                "a <> TRUE → a exact 06..07 08..41",
                "NOT a = TRUE → a exact 06..07 08..41",
                "a = NULL → a exact",
                "a BETWEEN 'x' AND 'y' → a exact 20780001..20790002",
                "a BETWEEN 2 AND 1 → a exact",
                "a BETWEEN 1 AND 'x' → a exact",
                "a IN (1, NULL, TRUE, FALSE) → a exact 06..08 12800b00..12800b01",
                "a LIKE 'x%' → a exact 2078..2079",
                "a LIKE 'x' → a exact 20780001..20780002",
                "a LIKE 'x_%' → a inexact 2078..2079",
                "a LIKE '%' → a exact 20..21",
                "a LIKE 'x!' || '' ESCAPE '!' → a exact",
                "a IS NULL → a exact 05..06",
                "a IS NOT NULL → a exact 06..41",
                "tags CONTAINS 'x' → tags items exact 20780001..20780002",
                "tags CONTAINS NULL → tags items exact",
                "tags CONTAINS TRUE OR tags CONTAINS FALSE → tags items exact 06..08",
                "lower(a) = TRUE → lower(a) exact 07..08",
                "a = TRUE OR a = FALSE OR a IS NULL → a exact 05..08",
                "a >= FALSE AND a < TRUE → a exact 06..07",
                "a >= TRUE AND a LIKE 'x' AND a = 1 → a exact",
                "a = TRUE AND a = lower(a) → a inexact 07..08"
            })
    void examples(String condition, String expected) {
        Bounds bounds = bounds(condition).orElseThrow();
        StringBuilder shown = new StringBuilder(bounds.operand().toString());
        shown.append(bounds.isOfItems() ? " items" : "").append(bounds.isExact() ? " exact" : " inexact");
        bounds.ranges().forEach(range -> shown.append(' ').append(range));
        assertThat(shown).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "a = b",
                "a IN (1, b)",
                "a LIKE b",
                "a = 1 OR b = 2",
                "a = 1 OR c",
                "a = 1 AND b = 2",
                "t CONTAINS 1 AND t CONTAINS 2",
                "t CONTAINS 1 OR t = 2",
                "a NOT IN (1, 2)",
                "1 = 2"
            })
    void otherConditionsSayNothing(String condition) {
        assertThat(bounds(condition)).isEmpty();
    }

    private record Example(Expression condition, Samples.Document document) {}

    /// What has the condition TRUE is in the ranges, and where they are exact, nothing else is.
    @Test
    void rangesHoldWhatTheConditionHolds() {
        int[] holds = new int[2];
        Property.forAll(Gen.combine(Samples.conditions(), Samples.documents(), Example::new))
                .runs(20_000)
                .check(example -> {
                    Expression simple = example.condition().simplified();
                    Optional<Bounds> bounds = Bounds.of(simple);
                    if (bounds.isEmpty()) {
                        return;
                    }
                    byte[] document = example.document().bytes();
                    boolean isTrue = Evaluator.of(simple).holds(KEY, document);
                    Value value = Evaluator.of(bounds.get().operand()).value(KEY, document);
                    boolean isIn = isIn(bounds.get(), value);
                    assertThat(isIn || !isTrue).isTrue();
                    assertThat(isTrue || !isIn || !bounds.get().isExact()).isTrue();
                    holds[isTrue ? 1 : 0]++;
                });
        assertThat(Math.min(holds[0], holds[1])).isGreaterThan(500);
    }

    private static boolean isIn(Bounds bounds, Value value) {
        List<Value> values = !bounds.isOfItems()
                ? List.of(value)
                : value instanceof Value.Arr(List<Value> items) ? items : List.of();
        return values.stream().anyMatch(one -> bounds.ranges().stream().anyMatch(range -> isIn(range, one)));
    }

    /// Alone, with more behind it, and where it sorts descending, too.
    private static boolean isIn(KeyRange range, Value value) {
        byte[] key = new SortKeyWriter().add(value, Direction.ASCENDING).bytes();
        byte[] longer = Arrays.copyOf(key, key.length + 1);
        longer[key.length] = (byte) 0xFF;
        boolean isIn = range.has(key);
        assertThat(range.has(longer)).isEqualTo(isIn);
        byte[] down = new SortKeyWriter().add(value, Direction.DESCENDING).bytes();
        assertThat(range.descending().has(down)).isEqualTo(isIn);
        longer = Arrays.copyOf(down, down.length + 1);
        assertThat(range.descending().has(longer)).isEqualTo(isIn);
        longer[down.length] = (byte) 0xFF;
        assertThat(range.descending().has(longer)).isEqualTo(isIn);
        return isIn;
    }

    @Test
    void aPointIsTheRangeOfOneValue() {
        assertThat(ranges("a = 'x'")).allMatch(KeyRange::isPoint);
        assertThat(ranges("a IN (1, -2.5, 'y', NULL)")).hasSize(3).allMatch(KeyRange::isPoint);
        assertThat(ranges("a IS NULL")).allMatch(KeyRange::isPoint);
        assertThat(ranges("a > 1")).noneMatch(KeyRange::isPoint);
        assertThat(ranges("a LIKE 'x%'")).noneMatch(KeyRange::isPoint);
        assertThat(ranges("a IN (TRUE, FALSE)")).noneMatch(KeyRange::isPoint);
        assertThat(ranges("a IS NOT NULL")).noneMatch(KeyRange::isPoint);
    }

    @Test
    void rangesOfTextsAreRangesOfTheirBytes() {
        assertThat(texts("a = 'x'")).isEqualTo("x..x\0");
        assertThat(texts("a >= 'x' AND a < 'y'")).isEqualTo("x..y\0");
        assertThat(texts("a LIKE 'x%'")).isEqualTo("x..y");
        assertThat(texts("a > 'x'")).startsWith("x..");
        assertThat(texts("a < 'x\0y'")).isEqualTo("..x\0y\0");
        assertThat(texts("a > 1")).isEqualTo("none");
        assertThat(texts("a IS NOT NULL")).isEqualTo("none");
    }

    private static List<KeyRange> ranges(String condition) {
        return Bounds.of(Expression.parse(condition).simplified()).orElseThrow().ranges();
    }

    private static String texts(String condition) {
        return ranges(condition)
                .getFirst()
                .texts()
                .map(range -> new String(range.from(), UTF_8) + ".." + new String(range.to(), UTF_8))
                .orElse("none");
    }
}
