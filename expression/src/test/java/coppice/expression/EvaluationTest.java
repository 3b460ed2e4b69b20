package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.json.JsonException;
import coppice.json.JsonReader;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Evaluation over bytes.
final class EvaluationTest {
    private static final byte[] KEY = "k".getBytes(UTF_8);

    private static Value value(String expression, String document) {
        return Evaluator.of(Expression.parse(expression)).value(KEY, document.getBytes(UTF_8));
    }

    private record Example(Expression expression, Samples.Document document) {}

    @Test
    void bytesYieldWhatTheTreeYields() {
        Property.forAll(Gen.combine(Samples.expressions(), Samples.documents(), Example::new))
                .runs(20_000)
                .check(example -> {
                    Value expected =
                            new Oracle(KEY, Optional.of(example.document().value())).value(example.expression());
                    Evaluator evaluator = Evaluator.of(example.expression());
                    assertThat(evaluator.value(KEY, example.document().bytes())).isEqualTo(expected);
                    assertThat(evaluator.holds(KEY, example.document().bytes())).isEqualTo(expected == Value.Bool.TRUE);
                });
    }

    @Test
    void wholeDocumentsAreReadAsWritten() {
        Evaluator whole = Evaluator.of(Expression.parse("$value"));
        Property.forAll(Samples.documents())
                .runs(3_000)
                .check(document ->
                        assertThat(whole.value(KEY, document.bytes())).isEqualTo(document.value()));
    }

    /// But names that come twice, which Jackson refuses.
    @Test
    void whatIsJsonIsDecidedAsJacksonDoes() {
        Evaluator isMissing = Evaluator.of(Expression.parse("$value IS MISSING"));
        Gen<String> damages = Gen.element(
                "", "0", "-", ".", "e", "\"", "\\", "u", "{", "]", ",", ":", "n", "\u0001", " ", "1e5", "tru", "00");
        Gen<String> damaged =
                Gen.combine(Samples.values(), Gen.combine(Gen.ints(0, 40), damages, Map::entry), (value, change) -> {
                    String text = value.json().text();
                    int at = Math.min(text.length(), change.getKey());
                    return text.substring(0, at) + change.getValue() + text.substring(Math.min(text.length(), at + 1));
                });
        Property.forAll(damaged).runs(2_000).shrinks(100).check(text -> {
            byte[] bytes = text.getBytes(UTF_8);
            boolean isJson = !isMissing.holds(KEY, bytes);
            assertThat(message(bytes).isEmpty() || message(bytes).startsWith("Duplicate"))
                    .isEqualTo(isJson);
        });
    }

    private static String message(byte[] text) {
        try {
            JsonReader.parse(text);
            return "";
        } catch (JsonException wrong) {
            return String.valueOf(wrong.getMessage());
        }
    }

    @Test
    void theLastMemberOfANameCounts() {
        assertThat(value("a.b IS MISSING AND a = 2", "{\"a\": {\"b\": 1}, \"a\": 2}"))
                .isEqualTo(Value.Bool.TRUE);
        assertThat(value("a.c = 3 AND a.b IS MISSING", "{\"a\": {\"b\": 1}, \"\\u0061\": {\"c\": 3}}"))
                .isEqualTo(Value.Bool.TRUE);
        assertThat(value("\"\\b\" = 1", "{\"\\b\": 2}")).isEqualTo(Value.Null.VALUE);
    }

    @Test
    void documentsNestToFiveHundredLevels() {
        assertThat(value("a = 1", "{\"b\":" + "[".repeat(499) + "]".repeat(499) + ",\"a\":1}"))
                .isEqualTo(Value.Bool.TRUE);
        assertThat(value("a = 1", "{\"a\":1,\"b\":" + "[".repeat(500) + "]".repeat(500) + "}"))
                .isEqualTo(Value.Null.VALUE);
        assertThat(value("a = 1", "{\"a\":1,\"b\":" + "[".repeat(1_000_000))).isEqualTo(Value.Null.VALUE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c0 80",
                "c1 bf",
                "e0 9f bf",
                "ed a0 80",
                "f0 8f bf bf",
                "f4 90 80 80",
                "f5 80 80 80",
                "80",
                "e2 82",
                "ff"
            })
    void whatIsNoUtf8IsNoDocument(String hex) {
        byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
        byte[] document = ("{\"a\":\"" + "~".repeat(bytes.length) + "\"}").getBytes(UTF_8);
        System.arraycopy(bytes, 0, document, 6, bytes.length);
        assertThat(Evaluator.of(Expression.parse("$value IS MISSING")).holds(KEY, document))
                .isTrue();
    }

    /// Wherever something stands that is no plain character, in front of and behind plain ones.
    @Test
    void longTextsAreReadAsShortOnes() {
        for (int at = 0; at <= 20; at++) {
            String before = "~".repeat(at);
            String after = " ".repeat(20 - at);
            for (String written : new String[] {"\\n", "\\\"", "\\\\", "\\u00e9", "é", "🚀", "\u007f", "!"}) {
                String plain = value("a", "{\"a\": \"" + written + "\"}").toString();
                String document = "{\"a\": \"" + before + written + after + "\", \"b\": 1}";
                assertThat(value("a", document)).hasToString(before + plain + after);
                assertThat(value("b", document)).isEqualTo(Value.of(1));
            }
            for (String wrong : new String[] {"\n", "\0", "\u001f", "\"", "\\", "\\x"}) {
                String document = "{\"a\": \"" + before + wrong + after + "\"}";
                assertThat(value("$value IS MISSING", document)).as(document).isEqualTo(Value.Bool.TRUE);
            }
        }
    }

    @Test
    void halvesOfPairsBecomeReplacementCharacters() {
        assertThat(value("a = '\uFFFD\uFFFDx'", "{\"a\": \"\\udc00\\ud800x\"}")).isEqualTo(Value.Bool.TRUE);
        assertThat(value("\"\uFFFD\" = 1", "{\"\\ud800\": 1}")).isEqualTo(Value.Bool.TRUE);
        assertThat(value("\"\ud800\" = 1", "{\"\\ud800\": 1}")).isEqualTo(Value.Bool.TRUE);
    }

    @Test
    void numbersBeyondTheLimitsAreNull() {
        for (String digits :
                new String[] {"1e1000000000", "9".repeat(1_001), "0." + "0".repeat(1_100) + "1", "1e99999999999"}) {
            assertThat(value("a IS NULL AND a IS NOT MISSING", "{\"a\": " + digits + "}"))
                    .isEqualTo(Value.Bool.TRUE);
        }
        assertThat(value("a", "{\"a\":" + "9".repeat(1_000) + "}")).hasToString("9".repeat(1_000));
    }

    @Test
    void theBytesAreLeftAlone() {
        byte[] document = "{\"a\": \"x\\n\"}".getBytes(UTF_8);
        byte[] copy = document.clone();
        Evaluator.of(Expression.parse("upper(a) || 'y'")).value(KEY, document);
        assertThat(Arrays.equals(document, copy)).isTrue();
    }
}
