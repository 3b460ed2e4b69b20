package coppice.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static Json parsed(String text) {
        return JsonReader.parse(text.getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "{}",
                "1",
                "1.0",
                "-0",
                "1e400",
                "123456789012345678901234567890.000100",
                "\"é日🚀\\\"\\\\\\n\\u0001\"",
                "\"\\ud800\"",
                "{\"b\":1,\"a\":[1,{\"c\":null}]}"
            })
    void compactTextComesBackUnchanged(String text) {
        assertThat(parsed(text).text()).isEqualTo(text);
    }

    @Test
    void spacesGoAndOrderStays() {
        assertThat(parsed(" { \"z\" : [ 1 , 2 ] ,\n \"a\" : \"\\u00e9\\/\" } ").text())
                .isEqualTo("{\"z\":[1,2],\"a\":\"é/\"}");
    }

    @Test
    void numbersOfManyDigitsAreKept() {
        String digits = "9".repeat(20_000);
        assertThat(parsed(digits).text()).isEqualTo(digits);
    }

    @Test
    void oneAndOnePointZeroDiffer() {
        assertThat(parsed("1")).isNotEqualTo(parsed("1.0"));
        assertThat(parsed("{\"a\":1,\"b\":2}")).isEqualTo(parsed("{\"b\":2,\"a\":1}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "10", "0.5", "1e5", "1E+5", "-0.0e-9"})
    void numbersByTheGrammar(String text) {
        assertThat(Json.isNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "01", "00", "+1", ".5", "1.", "1e", "1e+", "0x1", "1 ", "NaN", "١"})
    void whatIsNoNumber(String text) {
        assertThat(Json.isNumber(text)).isFalse();
    }

    @Test
    void errorsNameLineAndColumn() {
        assertThatThrownBy(() -> parsed("{\n  \"a\": tru\n}"))
                .isInstanceOfSatisfying(
                        JsonException.class, bad -> assertThat(bad.line()).isEqualTo(2));
        assertThatThrownBy(() -> parsed("{\"a\":1,\"a\":2}")).hasMessageContaining("Duplicate");
        assertThatThrownBy(() -> parsed("1 2")).hasMessageContaining("more after the value");
        assertThatThrownBy(() -> parsed("")).hasMessageContaining("no value");
        assertThat(JsonReader.tryParse(new byte[] {(byte) 0xff})).isEmpty();
    }

    @Test
    void readsTheItemsOfAnArrayAndValuesThatFollowEachOther() {
        assertThat(all("[{\"a\":1},\n{\"a\":2}]")).containsExactly("1: {\"a\":1}", "2: {\"a\":2}");
        assertThat(all("{\"a\":1}\n{\"a\":2}\n\n[3]")).containsExactly("1: {\"a\":1}", "2: {\"a\":2}", "4: [3]");
        assertThat(all("[]")).isEmpty();
        assertThat(all("")).isEmpty();
        assertThatThrownBy(() -> all("[1] 2")).hasMessageContaining("after the end of the array");
        assertThatThrownBy(() -> all("[1,")).isInstanceOf(JsonException.class);
    }

    private static List<String> all(String text) {
        List<String> all = new ArrayList<>();
        try (JsonReader reader = JsonReader.of(new ByteArrayInputStream(text.getBytes(UTF_8)))) {
            for (Optional<Json> next = reader.next(); next.isPresent(); next = reader.next()) {
                all.add(reader.line() + ": " + next.get().text());
            }
        }
        return all;
    }

    @Test
    void changesAreTheFinestMembersThatDiffer() {
        List<FieldChange> changes = FieldChange.between(
                parsed("{\"a\":1,\"n\":{\"x\":1,\"y\":2},\"l\":[1,2],\"gone\":true}"),
                parsed("{\"a\":1.0,\"n\":{\"x\":1,\"y\":3},\"l\":[1,5,6],\"new\":null}"));
        assertThat(changes.stream().map(JsonTest::shown))
                .containsExactly("a: 1 → 1.0", "n.y: 2 → 3", "l[1]: 2 → 5", "l[2]: + 6", "gone: - true", "new: + null");
        assertThat(FieldChange.between(parsed("1"), parsed("[1]")).stream().map(JsonTest::shown))
                .containsExactly(": 1 → [1]");
        assertThat(FieldChange.between(parsed("{\"a\":[]}"), parsed("{\"a\":[]}")))
                .isEmpty();
    }

    private static String shown(FieldChange change) {
        String path = change.path() + ": ";
        if (change.before().isEmpty()) {
            return path + "+ " + change.after().orElseThrow().text();
        }
        return change.after().isEmpty()
                ? path + "- " + change.before().orElseThrow().text()
                : path + change.before().orElseThrow().text() + " → "
                        + change.after().orElseThrow().text();
    }
}
