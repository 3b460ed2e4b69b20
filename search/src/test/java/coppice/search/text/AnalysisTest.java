package coppice.search.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.search.TextOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnalysisTest {
    /// A word as a document has it and as somebody looks for it, and one that is too common to count.
    @ParameterizedTest
    @CsvSource({
        "en, trees, tree, the", "de, Häuser, Haus, und", "fr, chevaux, cheval, les", "es, libros, libro, los",
        "it, libro, libro, gli", "pt, livros, livro, uma", "nl, boeken, boek, het", "sv, hästar, hästarna, och",
        "da, heste, hesten, det", "no, hester, hesten, det", "fi, talossa, talo, ja", "ru, книги, книга, как",
        "hu, házak, ház, hogy", "ro, carte, cartea, este", "cs, hrady, hrad, které", "tr, evler, ev, bir",
        "ar, الكتاب, كتاب, من", "el, σπίτια, σπίτι, και", "bg, книги, книга, това", "ca, llibre, llibre, els",
        "gl, casas, casa, unha", "id, membaca, baca, yang", "lv, grāmatas, grāmata, bet", "lt, knygos, knyga, ir",
        "eu, etxeak, etxeak, eta", "ga, leabhar, leabhar, agus", "hi, किताबें, किताब, और", "et, majad, maja, ja",
        "fa, کتاب, کتاب, از", "hy, գրքեր, գրքեր, և", "sr, knjige, knjiga, ", "th, หนังสือ, หนังสือ, และ",
        "bn, বই, বই, ", "ta, புத்தகம், புத்தகம், ", "te, పుస్తకం, పుస్తకం, ", "ne, किताब, किताब, "
    })
    void languagesKnowTheirWords(String code, String written, String sought, String common) {
        TextOptions options = TextOptions.standard().language(code);
        assertThat(Analysis.words(Analysis.writing(options), written))
                .isEqualTo(Analysis.words(Analysis.searching(options), sought))
                .isNotEmpty();
        if (common != null) {
            assertThat(Analysis.words(Analysis.searching(options), common)).isEmpty();
        }
    }

    @Test
    void pairsOfSignsAreWordsWhereNoSpacesAre() {
        assertThat(Analysis.words(Analysis.searching(TextOptions.standard().language("cjk")), "日本語"))
                .containsExactly("日本", "本語");
    }

    @Test
    void wordsLoseCaseAndAccentsAlone() {
        assertThat(Analysis.words(Analysis.plain(), "The Trees of CRÈME-fraîche, 3.5 ﬁn"))
                .containsExactly("the", "trees", "of", "creme", "fraiche", "3.5", "fin");
    }

    @Test
    void partsAreThoseOfEachWord() {
        TextOptions options = TextOptions.standard().parts(3, 4);
        assertThat(Analysis.words(Analysis.writing(options), "trees a"))
                .containsExactly("tre", "tree", "ree", "rees", "ees", "trees", "a");
    }

    @Test
    void unknownLanguagesAreNamed() {
        assertThatThrownBy(() -> Analysis.check(TextOptions.standard().language("tlh")))
                .hasMessageContaining("no language 'tlh'")
                .hasMessageContaining("en, es");
    }
}
