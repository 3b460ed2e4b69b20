package coppice.structure.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import coppice.api.DatabaseException;
import coppice.api.structure.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CodecTest {
    private static final Codec.Place PLACE = new Codec.Place("shop", "key 'k'");

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verdant";
            }
        }
    }

    sealed interface Shape {
        record Circle(double radius) implements Shape {}

        record Box(int width, int height) implements Shape {}

        sealed interface Line extends Shape {
            record Straight(List<Shape> along) implements Line {}
        }
    }

    sealed interface Clash {
        record One(String type) implements Clash {}
    }

    record Everything(
            byte small,
            long large,
            double real,
            char letter,
            boolean truth,
            BigDecimal price,
            BigInteger big,
            Color color,
            Instant at,
            LocalDate day,
            Duration takes,
            UUID id,
            URI link,
            Optional<String> maybe,
            OptionalInt count,
            List<Shape> shapes,
            Set<Color> colors,
            Map<String, Integer> tally,
            Map<Color, List<Long>> byColor,
            String[] words,
            Nested nested) {}

    record Nested(@Nullable String note, Optional<Nested> inner) {}

    record Raw(byte[] bytes) {}

    record Pair<A, B>(A first, B second) {}

    private static <V> V back(TypeRef<V> type, V value) {
        Codec<V> codec = Codec.of(type);
        V read = codec.decode(codec.encode(value, PLACE), PLACE);
        assertThat(read).isNotNull();
        return read;
    }

    private static <V> String text(Class<V> type, V value) {
        return new String(Codec.of(TypeRef.of(type)).encode(value, PLACE), UTF_8);
    }

    private static <V> @Nullable V read(Class<V> type, String stored) {
        return Codec.of(TypeRef.of(type)).decode(stored.getBytes(UTF_8), PLACE);
    }

    private static Everything everything() {
        return new Everything(
                (byte) -1,
                Long.MIN_VALUE,
                0.1,
                'ä',
                true,
                new BigDecimal("1.00"),
                BigInteger.TWO.pow(100),
                Color.GREEN,
                Instant.parse("2026-11-29T01:02:03.000000004Z"),
                LocalDate.of(2026, 2, 28),
                Duration.ofMillis(1),
                new UUID(1, 2),
                URI.create("https://example.org/a?b=c"),
                Optional.empty(),
                OptionalInt.of(3),
                List.of(new Shape.Circle(1.5), new Shape.Line.Straight(List.of(new Shape.Box(1, 2)))),
                Set.of(Color.RED),
                Map.of("a", 1),
                Map.of(Color.GREEN, List.of(1L, 2L)),
                new String[] {"x", "y"},
                new Nested(null, Optional.of(new Nested("n", Optional.empty()))));
    }

    @Test
    void everythingComesBackAsItWas() {
        Everything before = everything();
        Everything after = back(TypeRef.of(Everything.class), before);
        assertThat(after).usingRecursiveComparison().isEqualTo(before);
        assertThat(back(TypeRef.of(Raw.class), new Raw(new byte[] {0, -1})).bytes())
                .containsExactly(0, -1);
        assertThat(back(new TypeRef<Pair<String, List<Integer>>>() {}, new Pair<>("a", List.of(1, 2))))
                .isEqualTo(new Pair<>("a", List.of(1, 2)));
        ZonedDateTime zoned = ZonedDateTime.parse("2026-11-29T01:02:03+01:00[Europe/Berlin]");
        assertThat(back(TypeRef.of(ZonedDateTime.class), zoned)).isEqualTo(zoned);
    }

    @Test
    void membersAreNamedAndOrderedAsComponents() {
        assertThat(text(Shape.class, new Shape.Box(2, 1))).isEqualTo("{\"type\":\"Box\",\"width\":2,\"height\":1}");
        assertThat(text(Nested.class, new Nested(null, Optional.empty()))).isEqualTo("{\"note\":null,\"inner\":null}");
        assertThat(text(String.class, "\uD83D\uDE00")).isEqualTo("\"\uD83D\uDE00\"");
        assertThat(text(Color.class, Color.GREEN)).isEqualTo("\"GREEN\"");
        assertThat(text(Instant.class, Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
    }

    @Test
    void whatMayLackMayLackInTheStoredForm() {
        assertThat(read(Nested.class, "{}")).isEqualTo(new Nested(null, Optional.empty()));
        refused(Pair.class, "{\"first\":1}", "second");
        refused(Shape.Box.class, "{\"width\":1}", "height");
        refused(Shape.Box.class, "{\"width\":1,\"height\":null}", "height");
    }

    @Test
    void whatDoesNotFitIsRefusedWithThePlaceAndWhatIsStored() {
        refused(Shape.Box.class, "{\"width\":1,\"height\":2,\"depth\":3}", "depth");
        refused(Shape.Box.class, "{\"width\":1.5,\"height\":2}", "width");
        refused(Shape.Box.class, "{\"width\":\"1\",\"height\":2}", "width");
        refused(Shape.Box.class, "{\"width\":99999999999,\"height\":2}", "width");
        refused(Shape.class, "{\"type\":\"Ball\",\"radius\":2}", "Ball");
        refused(Shape.class, "{\"radius\":2}", "type");
        refused(Color.class, "\"BLUE\"", "BLUE");
        refused(Shape.Box.class, "[1", "");
        refused(Shape.Box.class, "{\"width\":1,\"height\":2} 3", "");
        refused(
                new TypeRef<List<Pair<String, Shape.Box>>>() {},
                "[{\"first\":\"a\",\"second\":{\"width\":1}}]",
                "[0].second");
    }

    @Test
    void nothingIsTakenForSomethingElse() {
        for (String scalar : List.of("1", "1.5", "true")) {
            refused(String.class, scalar, "");
            refused(Nested.class, "{\"note\":" + scalar + "}", "note");
            refused(Color.class, scalar, "");
            refused(new TypeRef<Optional<String>>() {}, scalar, "");
        }
        for (String scalar : List.of("0", "\"true\"", "\"\"")) {
            refused(Boolean.class, scalar, "");
        }
        refused(Integer.class, "\"1\"", "");
        refused(Integer.class, "true", "");
        refused(Long.class, "1.0", "");
        refused(Double.class, "\"1\"", "");
        refused(Nested.class, "\"\"", "");
        refused(Nested.class, "[]", "");
        refused(new TypeRef<List<String>>() {}, "\"\"", "");
        refused(new TypeRef<List<String>>() {}, "\"a\"", "");
        refused(Color.class, "\"\"", "");
    }

    private static void refused(Class<?> type, String stored, String names) {
        refused(TypeRef.of(type), stored, names);
    }

    private static void refused(TypeRef<?> type, String stored, String names) {
        assertThatThrownBy(() -> Codec.of(type).decode(stored.getBytes(UTF_8), PLACE))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("key 'k' of 'shop'", names, "Stored is " + stored);
    }

    @Test
    void aTypeThatCannotBeToldApartIsRefused() {
        assertThatThrownBy(() -> text(Clash.class, new Clash.One("x")))
                .isInstanceOf(DatabaseException.Incorrect.class)
                .hasMessageContainingAll("Clash$One", "'type'", "@JsonTypeInfo");
    }

    @Test
    void valuesWithoutAFormAreRefused() {
        for (Object value :
                List.of(Double.NaN, Float.NEGATIVE_INFINITY, List.of(Double.NaN), "\uDC00", Map.of("\uD800", 1))) {
            assertThatThrownBy(() -> Codec.of(TypeRef.untyped()).encode(value, PLACE))
                    .as("%s", value)
                    .isInstanceOf(DatabaseException.Incorrect.class)
                    .hasMessageContaining("key 'k' of 'shop'");
        }
        assertThatThrownBy(() -> text(float[].class, new float[] {1, Float.NaN}))
                .isInstanceOf(DatabaseException.Incorrect.class);
        assertThatThrownBy(() -> text(char[].class, new char[] {0xd800}))
                .isInstanceOf(DatabaseException.Incorrect.class);
        assertThatThrownBy(() -> text(double[].class, new double[] {1, Double.NaN}))
                .isInstanceOf(DatabaseException.Incorrect.class);
    }

    record Renamed(@JsonProperty("n") String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Tolerant(int a) {}

    @Test
    void annotationsOfJacksonCount() {
        assertThat(text(Renamed.class, new Renamed("x"))).isEqualTo("{\"n\":\"x\"}");
        assertThat(read(Tolerant.class, "{\"a\":1,\"b\":2}")).isEqualTo(new Tolerant(1));
    }

    @Test
    void typesAreEqualByWhatTheyAre() {
        assertThat(new TypeRef<List<String>>() {})
                .isEqualTo(new TypeRef<List<String>>() {})
                .hasToString("java.util.List<java.lang.String>");
        assertThat(TypeRef.of(String.class)).isEqualTo(new TypeRef<String>() {}).isNotEqualTo(TypeRef.untyped());
        assertThatThrownBy(Unnamed::new).isInstanceOf(IllegalStateException.class);
    }

    @SuppressWarnings("rawtypes")
    private static final class Unnamed extends TypeRef {}
}
