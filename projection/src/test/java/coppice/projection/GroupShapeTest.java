package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Function;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.Num;
import coppice.expression.Value;
import coppice.json.Json;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupShapeTest {
    private static final ProjectionDefinition ORDERS = ProjectionDefinition.from("orders");
    private static final ProjectionDefinition ALL_MEASURES = ORDERS.groupBy("a")
            .count("n")
            .measure("values", Function.COUNT, "b")
            .countDistinct("different", "b")
            .sum("sum", "b")
            .average("average", "b")
            .min("least", "b")
            .max("greatest", "b");

    private static GroupShape groups(ProjectionDefinition definition) {
        return (GroupShape) CompiledProjection.of("p", definition).shape();
    }

    private static List<String> documents(ProjectionDefinition definition, String... rows) {
        Accumulation accumulation = new Accumulation(groups(definition));
        for (int i = 0; i < rows.length; i++) {
            accumulation.add("k" + i, rows[i]);
        }
        return accumulation.documents();
    }

    @Test
    void aGroupIsWhatItHasInCommonAndItsMeasures() {
        assertThat(documents(
                        ALL_MEASURES,
                        "{\"a\":\"y\",\"b\":3}",
                        "{\"a\":\"x\",\"b\":1.50}",
                        "{\"a\":\"y\",\"b\":\"t\"}",
                        "{\"a\":\"y\",\"b\":0.5}",
                        "{\"a\":\"y\",\"b\":3.0}",
                        "{\"a\":\"y\",\"b\":null}",
                        "{}"))
                .containsExactly(
                        "{\"a\":null,\"n\":1,\"values\":0,\"different\":0,\"sum\":null,\"average\":null,"
                                + "\"least\":null,\"greatest\":null}",
                        "{\"a\":\"x\",\"n\":1,\"values\":1,\"different\":1,\"sum\":1.5,\"average\":1.5,"
                                + "\"least\":1.5,\"greatest\":1.5}",
                        "{\"a\":\"y\",\"n\":5,\"values\":4,\"different\":3,\"sum\":6.5,"
                                + "\"average\":2.166666666666666666666666666666667,\"least\":0.5,\"greatest\":\"t\"}");
    }

    @Test
    void withNothingInCommonAllRowsAreOneGroupAndNoneIsNone() {
        ProjectionDefinition all = ORDERS.groupBy().count("n").max("max", "b");
        assertThat(documents(all, "{\"b\":1}", "{\"b\":[2]}")).containsExactly("{\"n\":2,\"max\":[2]}");
        assertThat(documents(all)).isEmpty();
        GroupShape groups = groups(all);
        groups.entries(new byte[] {1}, "{}".getBytes(UTF_8), (key, tally) -> {
            assertThat(key).isEqualTo(new byte[] {0, 0});
            assertThat(groups.token(key)).isEqualTo(new byte[] {0});
        });
    }

    @Test
    void groupsWithoutMeasuresAreTheDifferentValues() {
        assertThat(documents(ORDERS.groupBy("a", "b"), "{\"a\":1,\"b\":2}", "{\"a\":1.0,\"b\":2}", "{\"a\":1}"))
                .containsExactly("{\"a\":1,\"b\":null}", "{\"a\":1,\"b\":2}");
    }

    @Test
    void onlyRowsForWhichTheFilterIsTrueCount() {
        ProjectionDefinition paid =
                ORDERS.compute("twice", "b * 2").where("twice > 2").groupBy("a").sum("sum", "twice");
        assertThat(documents(paid, "{\"a\":1,\"b\":1}", "{\"a\":1,\"b\":2}", "{\"a\":2}"))
                .containsExactly("{\"a\":1,\"sum\":4}");
    }

    @Test
    void numbersThatCannotBeAddedExactlyMakeTheSumUnknownUntilTheyAreGone() {
        Accumulation accumulation =
                new Accumulation(groups(ORDERS.groupBy().sum("s", "b").average("m", "b")));
        accumulation.add("k", "{\"b\":1}");
        accumulation.add("l", "{\"b\":1e1001}");
        accumulation.add("m", "{\"b\":-1e-1001}");
        assertThat(accumulation.documents()).containsExactly("{\"s\":null,\"m\":null}");
        accumulation.remove("l", "{\"b\":1e1001}");
        accumulation.remove("m", "{\"b\":-1e-1001}");
        assertThat(accumulation.documents()).containsExactly("{\"s\":1,\"m\":1}");
        accumulation.add("n", "{\"b\":1e1000}");
        assertThat(accumulation.documents().getFirst()).startsWith("{\"s\":null,\"m\":5E+999}");
        accumulation.add("o", "{\"b\":-1e1000}");
        assertThat(accumulation.documents().getFirst()).startsWith("{\"s\":1,\"m\":0.333");
    }

    private record Row(String a, String b) {
        String document() {
            return "{\"a\":" + a + ",\"b\":" + b + "}";
        }
    }

    /// Long texts that begin alike, on both sides of what is cut, and longer ones as groups.
    private static Gen<Row> rows() {
        Gen<String> texts = Gen.combine(
                Gen.element(0, 1, 1_020, 2_010, 2_014, 2_015, 2_045, 2_050),
                Gen.element("", "a", "b", "ca"),
                (n, end) -> '"' + "x".repeat(n) + end + '"');
        Gen<String> numbers = Gen.element(
                "0", "1", "-2.50", "1.0", "1e1001", "-1e-1001", "9223372036854775807", "0.1", "1e900", "-3E-700");
        Gen<String> values = Gen.oneOf(Gen.element("null", "true", "[]", "{\"b\":1}"), numbers, texts);
        return Gen.combine(Gen.oneOf(Gen.element("1", "null", "1.00"), texts), values, Row::new);
    }

    @Test
    void groupsAreWhatTheirRowsAmountToWhateverCameAndWent() {
        GroupShape groups = groups(ALL_MEASURES);
        Property.forAll(Gen.combine(rows().list(0, 12), rows().list(0, 6), List::of))
                .runs(200)
                .check(lists -> {
                    List<Row> stay = lists.getFirst();
                    Accumulation one = new Accumulation(groups);
                    stay.forEach(row -> one.add("k", row.document()));
                    Accumulation other = new Accumulation(groups);
                    lists.getLast().forEach(row -> other.add("k", row.document()));
                    List<Row> reversed = new ArrayList<>(stay);
                    Collections.reverse(reversed);
                    reversed.forEach(row -> other.add("k", row.document()));
                    lists.getLast().forEach(row -> other.remove("k", row.document()));
                    assertThat(hex(other)).isEqualTo(hex(one));
                    assertThat(one.documents()).containsExactlyInAnyOrderElementsOf(expected(stay));
                });
    }

    private static List<String> hex(Accumulation accumulation) {
        return accumulation.entries.entrySet().stream()
                .map(entry -> Arrays.toString(entry.getKey()) + Arrays.toString(entry.getValue()))
                .toList();
    }

    private static List<String> expected(List<Row> rows) {
        SortedMap<Value, List<Value>> groups = new TreeMap<>(Value.ORDER);
        for (Row row : rows) {
            groups.computeIfAbsent(value("a", row), _ -> new ArrayList<>()).add(value("b", row));
        }
        List<String> documents = new ArrayList<>();
        groups.forEach((a, all) -> {
            List<Value> values = all.stream()
                    .filter(value -> value != Value.Null.VALUE)
                    .sorted(Value.ORDER)
                    .toList();
            documents.add(Json.object(
                            "a", a.json(),
                            "n", (long) all.size(),
                            "values", (long) values.size(),
                            "different", values.stream().distinct().count(),
                            "sum", sum(values, false).json(),
                            "average", sum(values, true).json(),
                            "least", (values.isEmpty() ? Value.Null.VALUE : values.getFirst()).json(),
                            "greatest", (values.isEmpty() ? Value.Null.VALUE : values.getLast()).json())
                    .text());
        });
        return documents;
    }

    private static Value value(String member, Row row) {
        return Evaluator.of(Expression.parse(member))
                .value(new byte[0], row.document().getBytes(UTF_8));
    }

    private static Value sum(List<Value> values, boolean isAveraged) {
        BigDecimal sum = BigDecimal.ZERO;
        int count = 0;
        for (Value value : values) {
            if (value instanceof Num number) {
                if (number.toString().contains("1001")) {
                    return Value.Null.VALUE;
                }
                sum = sum.add(number.decimal());
                count++;
            }
        }
        if (count == 0) {
            return Value.Null.VALUE;
        }
        return Num.tryOf(isAveraged ? sum.divide(BigDecimal.valueOf(count), MathContext.DECIMAL128) : sum);
    }

    @Test
    void minimaAndMaximaOfLongTextsThatBeginAlikeAreTheRightOnes() {
        List<String> rows = IntStream.range(0, 40)
                .mapToObj(i -> "{\"b\":\"" + "y".repeat(3_000) + (i * 7 % 40 + 10) + "\"}")
                .toList();
        String document = documents(ORDERS.groupBy().min("least", "b").max("most", "b"), rows.toArray(String[]::new))
                .getFirst();
        assertThat(document).contains("y10\",").endsWith("y49\"}");
    }

    @Test
    void whatNoGroupWritesIsRefused() {
        GroupShape groups = groups(ALL_MEASURES);
        assertThatThrownBy(() -> groups.token(new byte[] {1})).hasMessageContaining("no sort key");
        assertThatThrownBy(() -> groups.token(new byte[0])).hasMessageContaining("no sort key");
        assertThatThrownBy(() ->
                        groups.document(new byte[] {5}, new Tally(1, List.of(), new byte[0]), new Accumulation(groups)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("sums");
    }
}
