package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import org.junit.jupiter.api.Test;

/// Any text either is an expression or is refused with its place; what is read is written so that it reads the same.
final class GrammarTest {
    private static final Gen<String> WORDS = Gen.element(
            "a",
            "b.c",
            "1",
            "-2.5e3",
            "'x'",
            "'",
            "\"q\"",
            "\"",
            "(",
            ")",
            ",",
            "=",
            "<",
            ">=",
            "<>",
            "+",
            "-",
            "*",
            "/",
            "%",
            "||",
            "|",
            "[0]",
            "[",
            "]",
            ".",
            "?",
            "?2",
            ":p",
            ":",
            "$key",
            "$value",
            "$",
            "AND",
            "or",
            "NOT",
            "IS",
            "NULL",
            "MISSING",
            "true",
            "BETWEEN",
            "IN",
            "LIKE",
            "ESCAPE",
            "'!'",
            "CONTAINS",
            "CASE",
            "WHEN",
            "THEN",
            "ELSE",
            "END",
            "CAST",
            "AS",
            "TEXT",
            "NUMBER",
            "lower(",
            "coalesce(",
            "round(",
            "JSON",
            "'{}'",
            "1e999",
            "\t",
            "\n",
            "\0",
            "é",
            "🚀",
            "\ud800",
            ";",
            "--",
            "/*",
            "\u2019");

    private static void parsesOrSaysWhere(String text) {
        try {
            Expression parsed = Expression.parse(text);
            String written = parsed.toString();
            Expression again = Expression.parse(written);
            assertThat(again).isEqualTo(parsed);
            assertThat(again).hasToString(written);
        } catch (ExpressionException wrong) {
            assertThat(wrong.offset()).isBetween(0, text.length());
            assertThat(wrong.line())
                    .isBetween(1, 1 + (int) text.chars().filter(c -> c == '\n').count());
            assertThat(wrong.column()).isBetween(1, 1 + text.length());
            assertThat(wrong.problem()).isNotBlank().doesNotContain("\n");
        }
    }

    @Test
    void wordsInAnyOrder() {
        Property.forAll(WORDS.list(0, 14).map(words -> String.join(" ", words)))
                .runs(20_000)
                .check(GrammarTest::parsesOrSaysWhere);
    }

    @Test
    void anyCharacters() {
        Property.forAll(Gen.oneOf(Gen.strings(0, 30), WORDS.list(0, 20).map(words -> String.join("", words))))
                .runs(20_000)
                .check(GrammarTest::parsesOrSaysWhere);
    }

    /// Texts of expressions with one character out, in or changed.
    @Test
    void nearlyRight() {
        Gen<String> damages = Gen.combine(
                Samples.expressions().map(Expression::toString),
                Gen.combine(Gen.ints(0, 60), WORDS, (place, word) -> place + "/" + word),
                (text, change) -> {
                    int slash = change.indexOf('/');
                    int at = Math.min(text.length(), Integer.parseInt(change.substring(0, slash)));
                    return text.substring(0, at)
                            + change.substring(slash + 1)
                            + text.substring(Math.min(text.length(), at + 1));
                });
        Property.forAll(damages).runs(10_000).check(GrammarTest::parsesOrSaysWhere);
    }

    @Test
    void treesAreWrittenSoThatTheyReadTheSame() {
        Property.forAll(Samples.expressions()).runs(10_000).check(expression -> {
            assertThat(Expression.parse(expression.toString())).isEqualTo(expression);
        });
    }
}
