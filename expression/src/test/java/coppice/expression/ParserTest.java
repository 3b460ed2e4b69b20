package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ParserTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "role = 'admin' AND status = 'active'",
                "first_name || ' ' || last_name",
                "age BETWEEN 18 AND 65",
                "NOT (a = 1 OR b <> 2) AND c IS NOT NULL",
                "tags CONTAINS 'x'",
                "a NOT IN (1, -2.5, NULL) OR b IS MISSING",
                "name NOT LIKE 'it''s!%%' ESCAPE '!'",
                "-(5) * (a + b) - (c - -1)",
                "a - (b - c) || (d || e)",
                "\"quoted \"\"name\"\"\".end[0].\"and so\" = $key",
                "$value[3] = \"and\"",
                "CASE WHEN a > :low THEN 1 WHEN TRUE THEN 2 ELSE ?1 END",
                "round(CAST(price AS NUMBER), 2) >= coalesce(a, 1E+50)",
                "(a = 1) = (b IS NULL)",
                "tags = JSON '[1,\"it''s\",{\"a\":null}]' AND json = JSON '{}'"
            })
    void canonicalTextComesBackUnchanged(String text) {
        Expression parsed = Expression.parse(text);
        assertThat(parsed).hasToString(text);
        assertThat(Expression.parse(parsed.toString())).isEqualTo(parsed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a LIKE 'x!' ESCAPE '!' | 7 | another one after each escape",
                "JSON '[1' = a | 5 | this is no JSON",
                ":1 = a | 0 | a name was expected",
                "a == 1 | 2 | write = instead of ==",
                "a = 'x | 4 | this text has no end",
                "a = | 3 | expected a value, found the end",
                "lowre(a) = 1 | 0 | did you mean lower?",
                "a AND | 5 | found the end",
                "(a = 1 | 6 | expected `)`",
                "substring(a) | 0 | 2 or 3 arguments",
                "a = 1 = 2 | 6 | in parentheses",
                "1e9999999999 | 0 | at most 1,000 digits"
            })
    void errorsNameThePlaceAndARemedy(String text, int offset, String problem) {
        assertThatThrownBy(() -> Expression.parse(text)).isInstanceOfSatisfying(ExpressionException.class, wrong -> {
            assertThat(wrong.offset()).isEqualTo(offset);
            assertThat(wrong.problem()).contains(problem);
            assertThat(wrong.getMessage()).endsWith(" ".repeat(offset + 2) + '^');
        });
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        assertThatThrownBy(() -> Expression.parse("(".repeat(60_000))).hasMessageContaining("100 levels");
        assertThatThrownBy(() -> Expression.parse("NOT ".repeat(10_000) + "a")).hasMessageContaining("100 levels");
        assertThatThrownBy(() -> Expression.parse("a" + "+a".repeat(30_000))).hasMessageContaining("500 operators");
        assertThatThrownBy(() -> Expression.parse("a".repeat(70_000))).hasMessageContaining("65,536");
    }

    /// The stack is a little smaller than what threads have by default.
    @Test
    void whatIsNotTooDeepFitsTheStack() throws InterruptedException {
        String text = "(a OR b AND c = ".repeat(99) + "a" + " + 1".repeat(500) + ")".repeat(99);
        AtomicReference<Value> value = new AtomicReference<>(Value.of(0));
        Thread thread = new Thread(
                null,
                () -> {
                    Expression deep =
                            Expression.parse(text).simplified().inlined(Map.of("d", Expression.parse("$key")));
                    value.set(Evaluator.of(Expression.parse(deep.toString())).value(new byte[0], new byte[0]));
                },
                "deep",
                900 << 10);
        thread.start();
        thread.join();
        assertThat(value).hasValue(Value.Null.VALUE);
    }
}
