package coppice.expression;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimplificationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "a = 1 + 2 * 3 → a = 7",
                "lower('ABC') || b → 'abc' || b",
                "a = 1 AND TRUE → a = 1",
                "a AND TRUE → a AND TRUE",
                "a AND a → a AND TRUE",
                "a OR FALSE OR FALSE → a OR FALSE",
                "a = 1 AND FALSE AND b = 2 → FALSE",
                "a = 1 OR 1 = 1 → TRUE",
                "a = 1 AND NULL → a = 1 AND NULL",
                "TRUE AND TRUE → TRUE",
                "1 AND TRUE → NULL",
                "(a = 1 AND b = 2) AND (c = 3 AND a = 1) → a = 1 AND b = 2 AND c = 3",
                "(a = 1 OR b = 2) AND c = 3 → (a = 1 OR b = 2) AND c = 3",
                "NOT a < 1 → a >= 1",
                "NOT NOT a → NOT NOT a",
                "NOT NOT a IS NULL → a IS NULL",
                "NOT (a = 1 AND NOT (b = 2 OR c)) → a <> 1 OR b = 2 OR c",
                "NOT (a = 1 OR b IN (2)) → a <> 1 AND b NOT IN (2)",
                "a IN (1 + 1, b) → a IN (2, b)",
                "CASE WHEN 1 = 2 THEN 3 ELSE 4 END → 4",
                "CASE WHEN a THEN 1 + 1 END → CASE WHEN a THEN 2 END",
                "a = :b AND 1 = 1 → a = :b",
                "$key = 'a' || 'b' → $key = 'ab'"
            })
    void examples(String text, String simple) {
        assertThat(Expression.parse(text).simplified()).hasToString(simple);
    }

    private record Example(Expression expression, Samples.Document document) {}

    @Test
    void theSimplifiedYieldsTheSame() {
        byte[] key = "k".getBytes(UTF_8);
        Property.forAll(Gen.combine(Samples.expressions(), Samples.documents(), Example::new))
                .runs(10_000)
                .check(example -> {
                    Expression simple = example.expression().simplified();
                    byte[] document = example.document().bytes();
                    assertThat(Evaluator.of(simple).value(key, document))
                            .isEqualTo(Evaluator.of(example.expression()).value(key, document));
                    assertThat(simple.simplified()).isEqualTo(simple);
                });
    }

    @Test
    void hugeConstantsStayAsTheyWereWritten() {
        String text = "replace('" + "x".repeat(1_000) + "', 'x', '" + "y".repeat(100) + "')";
        assertThat(Expression.parse(text).simplified()).hasToString(text);
    }

    @Test
    void deepNegationTakesNoLong() {
        String text = "a = 1";
        for (int i = 0; i < 45; i++) {
            text = "NOT (b = " + i + " AND " + text + ")";
        }
        assertThat(Expression.parse(text).simplified().conjuncts()).hasSize(1);
    }

    @Test
    void conjunctsAndPathsAreNamed() {
        Expression expression = Expression.parse("a.b = 1 AND c[0] IS MISSING AND lower(a.b) = $key");
        assertThat(expression.conjuncts().toString()).isEqualTo("[a.b = 1, c[0] IS MISSING, lower(a.b) = $key]");
        assertThat(expression.paths().toString()).isEqualTo("[a.b, c[0]]");
        assertThat(Expression.parse("a").conjuncts().toString()).isEqualTo("[a]");
    }
}
