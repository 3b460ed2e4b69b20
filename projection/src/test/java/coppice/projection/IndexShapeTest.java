package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.projection.ProjectionDefinition;
import coppice.expression.Direction;
import coppice.expression.Evaluator;
import coppice.expression.Expression;
import coppice.expression.SortKeyWriter;
import coppice.expression.Value;
import coppice.json.JsonReader;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexShapeTest {
    private static final String ZOE =
            "{\"name\":\"Zoë\",\"age\":37,\"role\":\"admin\",\"tags\":[\"eu\",1,\"eu\",1.0,null]}";

    private static IndexShape index(ProjectionDefinition definition) {
        return (IndexShape) CompiledProjection.of("p", definition).shape();
    }

    private static List<IndexEntry> entries(IndexShape index, String key, String document) {
        List<IndexEntry> entries = new ArrayList<>();
        index.entries(
                key.getBytes(UTF_8),
                document.getBytes(UTF_8),
                (entryKey, entryValue) -> entries.add(index.read(entryKey, entryValue)));
        return entries;
    }

    private static List<String> shown(ProjectionDefinition definition, String document) {
        IndexShape index = index(definition);
        return entries(index, "k", document).stream()
                .map(entry -> index.values(entry.sortKey()) + " " + new String(entry.rowKey(), UTF_8) + " "
                        + new String(entry.stored(), UTF_8))
                .toList();
    }

    @Test
    void anEntryIsTheColumnsAndTheKey() {
        IndexShape index = index(ProjectionDefinition.from("s").index("role", "age DESC"));
        index.entries("u:7".getBytes(UTF_8), ZOE.getBytes(UTF_8), (key, value) -> {
            assertThat(key)
                    .isEqualTo(new SortKeyWriter()
                            .add(Value.of("admin"), Direction.ASCENDING)
                            .add(Value.of(37), Direction.DESCENDING)
                            .followedBy("u:7".getBytes(UTF_8)));
            assertThat(value).isEmpty();
        });
        assertThat(shown(ProjectionDefinition.from("s").index("role", "age DESC"), ZOE))
                .containsExactly("[admin, 37] k ");
    }

    @Test
    void aRowWithoutTheColumnsHasAnEntryAllTheSame() {
        assertThat(shown(ProjectionDefinition.from("s").index("role", "age"), "{}"))
                .containsExactly("[NULL, NULL] k ");
        assertThat(shown(ProjectionDefinition.from("s").index("$key"), "no JSON"))
                .containsExactly("[k] k ");
    }

    @Test
    void anEachColumnGivesOneEntryForEachDifferentItem() {
        assertThat(shown(
                        ProjectionDefinition.from("s")
                                .index("role", "EACH tags DESC")
                                .storing("age"),
                        ZOE))
                .containsExactly(
                        "[admin, eu] k {\"age\":37}", "[admin, 1] k {\"age\":37}", "[admin, NULL] k {\"age\":37}");
        assertThat(shown(ProjectionDefinition.from("s").index("EACH tags"), "{\"tags\":[]}"))
                .isEmpty();
        assertThat(shown(ProjectionDefinition.from("s").index("EACH tags"), "{\"tags\":\"eu\"}"))
                .isEmpty();
        assertThat(shown(ProjectionDefinition.from("s").index("EACH tags"), "{}"))
                .isEmpty();
    }

    @Test
    void onlyRowsForWhichTheFilterIsTrueHaveEntries() {
        ProjectionDefinition adults =
                ProjectionDefinition.from("s").where("age >= 18").index("name");
        assertThat(shown(adults, ZOE)).hasSize(1);
        assertThat(shown(adults, "{\"name\":\"a\",\"age\":17}")).isEmpty();
        assertThat(shown(adults, "{\"name\":\"a\"}")).isEmpty();
        assertThat(index(ProjectionDefinition.from("s").where("1 = 1").index("name"))
                        .filter())
                .isEmpty();
    }

    @Test
    void storedMembersAreAnObjectInTheOrderOfTheirNames() {
        assertThat(shown(ProjectionDefinition.from("s").index("age").storing("role", "name", "none"), ZOE))
                .containsExactly("[37] k {\"name\":\"Zoë\",\"none\":null,\"role\":\"admin\"}");
    }

    @Test
    void computedMembersArePutInAndSeeThoseBeforeThem() {
        ProjectionDefinition definition = ProjectionDefinition.from("s")
                .compute("name", "upper(name)")
                .compute("title", "name || '!'")
                .where("title LIKE 'Z%' AND name IS NOT MISSING")
                .index("title", "len")
                .storing("name");
        assertThat(shown(definition, ZOE)).containsExactly("[ZOË!, NULL] k {\"name\":\"ZOË\"}");
        IndexShape index = index(definition);
        assertThat(index.columns().getFirst().expression()).hasToString("upper(name) || '!'");
        assertThat(index.filter())
                .hasValueSatisfying(filter -> assertThat(filter).hasToString("upper(name) || '!' LIKE 'Z%'"));
        assertThat(index.stored().get("name")).hasToString("upper(name)");
    }

    @ParameterizedTest
    @ValueSource(ints = {4_088, 4_089, 4_096, 9_000, 100_000})
    void entriesThatWouldPassTheLongestKeyStandBehindAllOthers(int length) {
        String document = "{\"name\":\"" + "ü".repeat(length / 2) + "a".repeat(length % 2) + "\",\"age\":1}";
        IndexShape index =
                index(ProjectionDefinition.from("s").index("name DESC", "age").storing("age"));
        List<byte[]> keys = new ArrayList<>();
        for (String rowKey : List.of("k", "l")) {
            index.entries(rowKey.getBytes(UTF_8), document.getBytes(UTF_8), (key, value) -> {
                keys.add(key);
                boolean isLong = 1 + length + 2 + 4 + 1 > 4_096;
                assertThat(key.length).isEqualTo(isLong ? 33 : 1 + length + 2 + 4 + 1);
                assertThat(key[0] == IndexShape.LONG).isEqualTo(isLong);
                IndexEntry entry = index.read(key, value);
                assertThat(entry.rowKey()).isEqualTo(rowKey.getBytes(UTF_8));
                assertThat(entry.stored()).isEqualTo("{\"age\":1}".getBytes(UTF_8));
                assertThat(index.values(entry.sortKey()).getLast()).isEqualTo(Value.of(1));
                assertThat(entry.sortKey()).hasSize(1 + length + 2 + 4);
            });
        }
        assertThat(keys.get(0)).isNotEqualTo(keys.get(1));
        assertThat(Arrays.mismatch(keys.get(0), keys.get(1)))
                .isEqualTo(keys.getFirst()[0] == IndexShape.LONG ? 17 : length + 7);
    }

    private static final Gen<String> ITEMS = Gen.element(
            "null", "1", "1.0", "-2.5", "\"a\"", "\"a\\u0000\"", "\"\\u0000\"", "[1]", "{\"b\":[]}", "true");

    private static Gen<String> documents() {
        Gen<String> arrays = ITEMS.list(0, 4).map(items -> "[" + String.join(",", items) + "]");
        return Gen.combine(
                Gen.oneOf(ITEMS, arrays), ITEMS, (a, b) -> "{\"a\":" + a + ",\"b\":" + b + ",\"c\":[" + b + "]}");
    }

    /// The entries of one row after those of another, by the values that the evaluator finds one by one.
    @Test
    void entriesSortAsTheValuesOfTheirColumnsAndThenTheKeys() {
        Expression column = Expression.parse("a");
        Evaluator second = Evaluator.of(Expression.parse("b"));
        IndexShape index = index(ProjectionDefinition.from("s").index("EACH a", "b DESC"));
        Gen<List<String>> rows = documents().list(1, 6);
        Property.forAll(rows).runs(2_000).check(documents -> {
            Map<byte[], byte[]> sorted = new TreeMap<>(Arrays::compareUnsigned);
            List<List<Value>> expected = new ArrayList<>();
            for (int i = 0; i < documents.size(); i++) {
                byte[] key = {(byte) i};
                byte[] document = documents.get(i).getBytes(UTF_8);
                index.entries(key, document, sorted::put);
                if (Evaluator.of(column).value(key, document) instanceof Value.Arr(List<Value> items)) {
                    for (Value item : items.stream().distinct().toList()) {
                        expected.add(List.of(item, second.value(key, document), Value.of(i)));
                    }
                }
            }
            expected.sort((x, y) -> {
                int order = x.get(0).order(y.get(0));
                order = order != 0 ? order : y.get(1).order(x.get(1));
                return order != 0 ? order : x.get(2).order(y.get(2));
            });
            List<List<Value>> found = new ArrayList<>();
            sorted.forEach((key, value) -> {
                IndexEntry entry = index.read(key, value);
                List<Value> values = new ArrayList<>(index.values(entry.sortKey()));
                values.add(Value.of(entry.rowKey()[0]));
                found.add(values);
            });
            assertThat(found).isEqualTo(expected);
        });
    }

    @Test
    void storedMembersAreWhatTheExpressionsYield() {
        IndexShape index = index(ProjectionDefinition.from("s").index("a").storing("a", "b", "c"));
        Property.forAll(documents()).runs(1_000).check(document -> {
            IndexEntry entry = entries(index, "k", document).getFirst();
            assertThat(Value.of(JsonReader.parse(entry.stored())))
                    .isEqualTo(Value.of(JsonReader.parse(document.getBytes(UTF_8))));
        });
    }

    @Test
    void whatNoIndexWritesIsRefused() {
        IndexShape index = index(ProjectionDefinition.from("s").index("a", "b DESC"));
        byte[] other = {IndexShape.LONG, 1};
        assertThatThrownBy(() -> index.read(new byte[] {5}, new byte[0])).hasMessageContaining("no sort key");
        assertThatThrownBy(() -> index.read(other, new byte[] {3, 1})).hasMessageContaining("ends early");
        assertThatThrownBy(() -> index.read(other, new byte[] {(byte) 0x80, 0})).hasMessageContaining("shortest form");
    }
}
