package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EvaluatorTest {
    private static final byte[] KEY = "user:1".getBytes(UTF_8);
    private static final byte[] DOCUMENT = """
            {"n": 7, "d": 2.50, "s": "Zoë 🚀", "t": true, "f": false, "z": null, "a": [1, "x", null, [2]],
             "o": {"in": {"ner": 3}, "a.b": 4}}""".getBytes(UTF_8);

    static Value value(String expression) {
        return Evaluator.of(Expression.parse(expression)).value(KEY, DOCUMENT);
    }

    /// Each of TRUE, FALSE and NULL on both sides: the first letter of each result.
    @ParameterizedTest
    @CsvSource({
        "AND, TFN, FFF, NFN",
        "OR, TTT, TFN, TNN",
        "=, TFN, FTN, NNN",
        "<>, FTN, TFN, NNN",
        "<, FFN, TFN, NNN",
        "<=, TFN, TTN, NNN",
        ">, FTN, FFN, NNN",
        ">=, TTN, FTN, NNN"
    })
    void tablesOfThreeValues(String operator, String ofTrue, String ofFalse, String ofNull) {
        String[] rows = {ofTrue, ofFalse, ofNull};
        String[] values = {"TRUE", "FALSE", "NULL"};
        for (int left = 0; left < 3; left++) {
            for (int right = 0; right < 3; right++) {
                String text = values[left] + " " + operator + " " + values[right];
                assertThat(value(text).toString()).as(text).startsWith(rows[left].substring(right, right + 1));
            }
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "operators.txt", delimiter = '→', quoteCharacter = '~')
    void values(String expression, String expected) {
        assertThat(value(expression)).as(expression).isEqualTo(value(expected));
        assertThat(Expression.parse(expected)).as(expected).isInstanceOf(Expression.Constant.class);
    }

    @Test
    void whatIsNoJsonHasNoParts() {
        for (String document : new String[] {"", "{", "\u0001", "{}x"}) {
            Evaluator evaluator = Evaluator.of(Expression.parse("a IS MISSING AND $value IS NULL AND $key = 'user:1'"));
            assertThat(evaluator.holds(KEY, document.getBytes(UTF_8))).isTrue();
        }
        assertThat(Evaluator.of(Expression.parse("$key")).value(new byte[] {(byte) 0xFF}, DOCUMENT))
                .isEqualTo(Value.Null.VALUE);
    }

    @Test
    void onlyTrueHolds() {
        for (String text : new String[] {"FALSE", "NULL", "1", "'true'"}) {
            assertThat(Evaluator.of(Expression.parse(text)).holds(KEY, DOCUMENT))
                    .isFalse();
        }
        assertThat(Evaluator.of(Expression.parse("t")).holds(KEY, DOCUMENT)).isTrue();
    }

    @Test
    void parametersTakeValues() {
        Expression asked = Expression.parse("n = :n AND s = ? OR n IN (?1, :n)");
        Expression bound = asked.bind(Map.of("n", Value.of(7), "1", Value.of("it's")));
        assertThat(bound).hasToString("n = 7 AND s = 'it''s' OR n IN ('it''s', 7)");
        assertThat(Evaluator.of(bound).holds(KEY, DOCUMENT)).isTrue();
        assertThatThrownBy(() -> asked.bind(Map.of("n", Value.of(7)))).hasMessageContaining("?1 has no value");
        assertThatThrownBy(() -> Evaluator.of(asked)).hasMessageContaining(":n has no value");
        assertThatThrownBy(() -> bound.bind(Map.of("n", Value.of(7)))).hasMessageContaining("No parameter n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1x", "0", "a b", "100000", ":a"})
    void parametersThatCannotBeWrittenAreRefused(String name) {
        assertThatThrownBy(() -> new Expression.Parameter(name)).hasMessageContaining("letters and digits");
    }
}
