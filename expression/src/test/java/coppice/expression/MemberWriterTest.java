package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MemberWriterTest {
    private static final MemberWriter WRITER = MemberWriter.of(List.of("b", "a", "\u00e9\""));

    private static Optional<String> written(String document, Value... values) {
        return WRITER.written(document.getBytes(UTF_8), List.of(values)).map(text -> new String(text, UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "{} → {\"b\":1,\"a\":\"x\",\"é\\\"\":null}",
                " { } → { \"b\":1,\"a\":\"x\",\"é\\\"\":null}",
                "{\"c\":1.50} → {\"c\":1.50,\"b\":1,\"a\":\"x\",\"é\\\"\":null}",
                "{\"a\":[{\"b\":2}],\"b\" : 0 , \"c\":{\"a\":3}} → "
                        + "{\"a\":\"x\",\"b\" : 1 , \"c\":{\"a\":3},\"é\\\"\":null}",
                "{\"a\":1,\"a\":2} → {\"a\":1,\"a\":\"x\",\"b\":1,\"é\\\"\":null}",
                "{\"\\u00e9\\u0022\":5,\"b\":{},\"\\u0061\":0} → {\"\\u00e9\\u0022\":null,\"b\":1,\"\\u0061\":\"x\"}"
            })
    void membersStandInTheirPlaceOrAtTheEndAndAllElseStays(String document, String expected) {
        assertThat(written(document, Value.of(1), Value.of("x"), Value.Null.VALUE))
                .contains(expected);
        assertThat(WRITER.isObject(document.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "{", "{}{}", "{\"a\":1,}", "null", "\"{}\""})
    void whatIsNoObjectHasNoMembers(String document) {
        assertThat(written(document, Value.of(1), Value.of(2), Value.of(3))).isEmpty();
        assertThat(WRITER.isObject(document.getBytes(UTF_8))).isFalse();
    }

    private record Change(Value document, Value first, Value second) {}

    @Test
    void whatIsWrittenIsWhatAnObjectWouldHave() {
        Gen<Change> changes = Gen.combine(
                Samples.values(),
                Gen.combine(Samples.values(), Samples.values(), List::of),
                (document, values) -> new Change(document, values.getFirst(), values.getLast()));
        MemberWriter writer = MemberWriter.of(List.of("a", "z"));
        Property.forAll(changes).runs(3_000).check(change -> {
            Json json = change.document().json();
            Optional<Json> written = writer.written(
                            json.text().getBytes(UTF_8), List.of(change.first(), change.second()))
                    .map(JsonReader::parse);
            Optional<Json> expected = json instanceof Json.Obj object
                    ? Optional.of(object.with("a", change.first().json())
                            .with("z", change.second().json()))
                    : Optional.empty();
            assertThat(written).isEqualTo(expected);
        });
    }
}
