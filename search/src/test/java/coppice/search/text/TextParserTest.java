package coppice.search.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextParserTest {
    private static final int RANDOM_TEXTS = 1_000_000;
    private static final String[] PIECES = {
        "AND",
        "OR",
        "NOT",
        "(",
        ")",
        "\"",
        "+",
        "-",
        "~",
        "~2",
        "~999999999999",
        "*",
        "title:",
        "x:",
        ":",
        " ",
        "tree",
        "é",
        "\ud83c",
        "\udf33",
        "\t",
        "\u0000",
        "a b",
        "\\",
        "{",
        "&&",
        "0"
    };

    private static Sought.Group parse(String text, boolean isAll) {
        return TextParser.parse(text, "title"::equals, isAll);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "tree                          | (tree)",
                "tree merge                    | (tree merge)",
                "+tree -merge                  | (+tree -merge)",
                "tree NOT merge                | (tree -merge)",
                "tree AND merge                | ((+tree +merge))",
                "tree AND NOT merge            | ((+tree -merge))",
                "tree OR merge AND log         | ((tree (+merge +log)))",
                "tree AND (merge OR log)       | ((+tree +((merge log))))",
                "tree OR NOT merge             | ((tree (-merge)))",
                "\"a tree\"                    | (\"a tree\")",
                "\"a tree\"~3 x                | (\"a tree\"~3 x)",
                "\"not closed                  | (\"not closed\")",
                "tre* x~ y~1                   | (tre* x~2 y~1)",
                "title:tree other:tree         | (title:tree other:tree)",
                "title:(tree \"of b\") c       | (title:(tree \"of b\") c)",
                "-title:tree                   | (-title:tree)",
                "(tree merge                   | ((tree merge))",
                "tree) merge                   | (tree merge)",
                "AND tree OR                   | (tree)",
                "tree AND AND merge            | ((+tree +merge))",
                "e-mail C++ ANDROID            | (e-mail C++ ANDROID)",
                "- + * ~                       | (- + *)",
            })
    void understandsWhatIsTyped(String text, String understood) {
        assertThat(parse(text, false)).hasToString(understood);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tree merge | (+tree +merge)",
                "tree OR merge log | (+(tree merge) +log)",
                "tree -merge | (+tree -merge)"
            })
    void asksForAllWhereAllIsAskedFor(String text, String understood) {
        assertThat(parse(text, true)).hasToString(understood);
    }

    @Test
    void bracketsInBracketsEnd() {
        assertThat(parse("(".repeat(100_000) + "tree", false).toString()).contains("tree");
    }

    @Test
    void understandsSomethingInAnyText() {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            for (int pieces = random.nextInt(12); pieces > 0; pieces--) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            }
            assertThat(parse(text.toString(), random.nextBoolean())).isNotNull();
        }
    }
}
