package coppice.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PhraseReaderTest {
    @Test
    void wordsNamesTextsSignsAndExpressionsAreReadInTurn() {
        PhraseReader in = new PhraseReader("take \"take\", 'it''s' if a = 1 AND b || 'x' last");
        assertThat(in.isWord("TAKE")).isTrue();
        in.expectWord("TAKE");
        assertThat(in.takeWord("TAKE")).isFalse();
        assertThat(in.name("a name", Set.of("TAKE"))).isEqualTo("take");
        in.expectSign(",");
        assertThat(in.text("a text")).isEqualTo("it's");
        assertThat(in.takeSign(",")).isFalse();
        assertThat(in.takeWord("IF")).isTrue();
        assertThat(in.position()).isEqualTo(24);
        assertThat(in.expression()).isEqualTo(Expression.parse("a = 1 AND b || 'x'"));
        assertThat(in.oneOf("one of", List.of("FIRST", "LAST"))).isEqualTo("LAST");
        assertThat(in.isAtEnd()).isTrue();
    }

    @Test
    void eachExpressionHasItsOwnOperators() {
        String sum = "1" + " + 1".repeat(400);
        PhraseReader in = new PhraseReader(sum + ", " + sum);
        assertThat(in.expression()).isEqualTo(Expression.parse(sum));
        in.expectSign(",");
        assertThat(in.expression()).isEqualTo(Expression.parse(sum));
    }

    @Test
    void aWordIsAKeywordOnlyBeforeAnExpression() {
        for (String text : List.of("each a", "each 'x'", "each (a)", "each -a", "each \"b\"", "each $key", "each ?")) {
            assertThat(new PhraseReader(text).takeWordBeforeExpression("EACH"))
                    .as(text)
                    .isTrue();
        }
        for (String text : List.of("each", "each, a", "each.a", "each[0]", "each = 1", "a each", "\"each\" a")) {
            assertThat(new PhraseReader(text).takeWordBeforeExpression("EACH"))
                    .as(text)
                    .isFalse();
        }
    }

    @Test
    void errorsNameThePlaceAndWhatWasMeant() {
        PhraseReader in = new PhraseReader("  wher");
        assertThatThrownBy(() -> in.oneOf("one of", List.of("WHERE", "INDEX")))
                .hasMessageContaining("expected one of WHERE, INDEX, found `wher`: did you mean WHERE?");
        assertThat(in.unexpected("a word", List.of("WHER", "OTHER")).problem())
                .isEqualTo("expected a word, found `wher`");
        assertThat(in.wrong("no", in.position()).offset()).isEqualTo(2);
        assertThatThrownBy(() -> in.name("a name", Set.of("WHER"))).hasMessageContaining("write \"wher\"");
        assertThatThrownBy(() -> in.text("a text")).hasMessageContaining("expected a text, found `wher`");
        assertThatThrownBy(() -> in.expectSign(",")).hasMessageContaining("expected `,`");
        assertThatThrownBy(() -> new PhraseReader("'x").isAtEnd()).isInstanceOf(ExpressionException.class);
    }

    @Test
    void namesAreWrittenSoThatTheyAreReadAgain() {
        Set<String> keywords = Set.of("FROM");
        for (String name : List.of("a", "from", "and", "a b", "\"", "")) {
            String written = PhraseReader.written(name, keywords);
            assertThat(written.startsWith("\"")).isEqualTo(!name.equals("a"));
            assertThat(new PhraseReader(written).name("a name", keywords)).isEqualTo(name);
        }
    }
}
