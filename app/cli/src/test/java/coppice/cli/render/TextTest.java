package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void coloursWrapEachPieceAndPlainTextHasNone() {
        Text text = Text.of("a", Style.RED).plus("b").plus("c", Style.BOLD);
        assertThat(text.coloured()).isEqualTo("\u001b[31ma\u001b[0mb\u001b[1mc\u001b[0m");
        assertThat(text.plain()).isEqualTo("abc");
    }

    @Test
    void cutKeepsStylesAndShowsThatSomethingIsMissing() {
        Text text = Text.of("Zürich", Style.CYAN).plus(" and 日本");
        assertThat(text.cut(100)).isSameAs(text);
        assertThat(text.cut(8).plain()).isEqualTo("Zürich …");
        assertThat(text.cut(13).plain()).isEqualTo("Zürich and …");
        assertThat(text.cut(13).width()).isLessThanOrEqualTo(13);
        assertThat(text.cut(1).plain()).isEqualTo("…");
    }

    @Test
    void paddingCountsColumnsNotCharacters() {
        assertThat(Text.of("日本").padEnd(6).plain()).isEqualTo("日本  ");
        assertThat(Text.of("日本").padStart(6).plain()).isEqualTo("  日本");
        assertThat(Text.of("abc").padEnd(2).plain()).isEqualTo("abc");
    }

    @Test
    void controlCharactersInDataCannotReachTheTerminal() {
        assertThat(Text.of("a\u001b[31mb\nc").plain()).isEqualTo("a·[31mb·c");
    }
}
