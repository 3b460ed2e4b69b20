package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextWidthTest {
    @Test
    void latinTakesOneColumnEach() {
        assertThat(TextWidth.of("Zürich")).isEqualTo(6);
        assertThat(TextWidth.of("│─●")).isEqualTo(3);
    }

    @Test
    void eastAsianLettersAndEmojiTakeTwo() {
        assertThat(TextWidth.of("日本語")).isEqualTo(6);
        assertThat(TextWidth.of("한국")).isEqualTo(4);
        assertThat(TextWidth.of("🚀")).isEqualTo(2);
        assertThat(TextWidth.of("ｱ")).isEqualTo(1);
        assertThat(TextWidth.of("ア")).isEqualTo(2);
    }

    @Test
    void combiningMarksAndInvisibleCharactersTakeNone() {
        assertThat(TextWidth.of("e\u0301")).isEqualTo(1);
        assertThat(TextWidth.of("\u200b\u0007")).isZero();
        assertThat(TextWidth.of("हिन्दी")).isEqualTo(5);
    }

    @Test
    void startNeverCutsAWideCharacterInHalf() {
        assertThat(TextWidth.start("日本語", 5)).isEqualTo("日本");
        assertThat(TextWidth.start("a🚀b", 2)).isEqualTo("a");
        assertThat(TextWidth.start("abc", 9)).isEqualTo("abc");
    }

    @Test
    void rangesAreInOrderAndDoNotTouchNarrowNeighbours() {
        assertThat(TextWidth.of(0x10FF)).isEqualTo(1);
        assertThat(TextWidth.of(0x1100)).isEqualTo(2);
        assertThat(TextWidth.of(0x115F)).isEqualTo(2);
        assertThat(TextWidth.of(0x1160)).isEqualTo(1);
        assertThat(TextWidth.of(0x23F0)).isEqualTo(2);
        assertThat(TextWidth.of(0x23F1)).isEqualTo(1);
        assertThat(TextWidth.of(0x9FFF)).isEqualTo(2);
    }
}
