package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.expression.Expression.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TypingTest {
    private static final Map<String, Set<Type>> DECLARED = Map.of(
            "age", EnumSet.of(Type.NUMBER),
            "name", EnumSet.of(Type.TEXT),
            "tags", EnumSet.of(Type.ARRAY),
            "on", EnumSet.of(Type.BOOLEAN),
            "id", EnumSet.of(Type.TEXT, Type.NUMBER));

    private static Expression parsed(String text) {
        return Expression.parse(text, path -> DECLARED.getOrDefault(path.toString(), EnumSet.allOf(Type.class)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '~',
            value = {
                "age = '30' → 6 → age is a number, '30' a text",
                "name < 1 → 7 → < compares values of one type",
                "name IN ('a', 1) → 14 → IN compares",
                "age BETWEEN 1 AND 'z' → 18 → BETWEEN compares",
                "on AND lower(age) = 'x' → 13 → lower takes a text, and age is a number",
                "on AND age → 7 → AND takes a boolean",
                "NOT name → 4 → NOT takes a boolean",
                "age LIKE 'x%' → 0 → LIKE takes a text",
                "name LIKE age → 10 → LIKE takes a text",
                "name CONTAINS 'x' → 0 → CONTAINS takes an array",
                "age + name → 6 → + takes a number",
                "-name → 1 → - takes a number",
                "tags || 'x' → 0 → || takes a boolean or a number or a text, and tags is an array",
                "CAST(tags AS TEXT) → 5 → CAST takes",
                "CASE WHEN name THEN 1 END → 10 → WHEN takes a boolean",
                "coalesce(age, on) LIKE 'x' → 0 → is a boolean or a number",
                "(CASE WHEN on THEN age ELSE 1 END) = 'x' → 37 → compares",
                "$key > 1 → 7 → $key is a text",
                "length(age + 1) → 11 → length takes a text or an array or an object",
                "(age = 1) + 1 → 5 → + takes a number"
            })
    void whatCanOnlyBeNullOrFalseIsRefused(String text, int offset, String problem) {
        assertThatThrownBy(() -> parsed(text)).isInstanceOfSatisfying(ExpressionException.class, wrong -> {
            assertThat(wrong.problem()).contains(problem);
            assertThat(wrong.offset()).isEqualTo(offset);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "age = 30 AND name LIKE 'x%' AND tags CONTAINS 1",
                "id = 1 OR id = 'x'",
                "age = NULL",
                "other = 1 AND lower(other) = 'x'",
                "age = :age AND lower(:name) = name",
                "nullif(id, 1) + 1 > 2",
                "coalesce(name, age) = 5",
                "age IS NULL OR tags IS NOT MISSING",
                "CASE WHEN on THEN age END = 1",
                "CAST(age AS TEXT) || name || on = 'x'",
                "$value = JSON '{}'"
            })
    void whatCanBeTrueIsTaken(String text) {
        assertThat(parsed(text)).isEqualTo(Expression.parse(text));
    }

    private static final Declared CLOSED = new Declared() {
        @Override
        public Set<Type> types(Path path) {
            return path.toString().equals("age") ? EnumSet.of(Type.NUMBER) : Set.of();
        }

        @Override
        public List<String> names(Path path) {
            return List.of("age", "order");
        }
    };

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "age = 1 AND agee = 2 → 12 → no document can have agee: did you mean age?",
                "phone IS NULL → 0 → no document can have phone: use what the type declares, or declare it",
                "NOT age.years IS MISSING → 4 → no document can have age.years",
                "ordr = 1 → 0 → did you mean order?",
                "coalesce(nick, age) = 1 → 9 → no document can have nick"
            })
    void whatNoDocumentCanHaveIsRefused(String text, int offset, String problem) {
        assertThatThrownBy(() -> Expression.parse(text, CLOSED))
                .isInstanceOfSatisfying(ExpressionException.class, wrong -> {
                    assertThat(wrong.problem()).contains(problem);
                    assertThat(wrong.offset()).isEqualTo(offset);
                });
    }

    @Test
    void theWholeMustBeWhatIsWantedOfIt() {
        Declared declared = path -> DECLARED.getOrDefault(path.toString(), EnumSet.allOf(Type.class));
        assertThatThrownBy(() -> Expression.parse("1 + age", declared, "WHERE", EnumSet.of(Type.BOOLEAN)))
                .hasMessageContaining("WHERE takes a boolean, and 1 + age is a number");
        assertThat(Expression.parse("other", declared, "WHERE", EnumSet.of(Type.BOOLEAN)))
                .isEqualTo(Expression.parse("other"));
    }

    @Test
    void ofSeveralThatAreKnownAllHold() {
        Declared both = Declared.all(List.of(CLOSED, _ -> EnumSet.of(Type.TEXT, Type.NUMBER)));
        assertThat(both.types(Path.of("age"))).containsExactly(Type.NUMBER);
        assertThat(both.types(Path.of("other"))).isEmpty();
        assertThat(both.names(Path.of("other"))).containsExactly("age", "order");
        assertThat(Declared.all(List.of()).types(Path.of("any"))).hasSize(5);
    }

    @Test
    void deepExpressionsTakeNoLong() {
        String text = "age";
        for (int i = 0; i < 95; i++) {
            text = "abs(" + text + ")";
        }
        assertThat(parsed(text)).hasToString(text);
        String between = "on";
        for (int i = 0; i < 95; i++) {
            between = "(" + between + " BETWEEN on AND on)";
        }
        assertThat(parsed(between)).isNotNull();
    }
}
