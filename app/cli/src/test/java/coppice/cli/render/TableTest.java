package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TableTest {
    private static Table cities() {
        return new Table()
                .indent("")
                .words("city")
                .numbers("people")
                .words("in its own words")
                .row(Text.of("Tokyo"), Text.of("14,094,034"), Text.of("東京"))
                .row(Text.of("Zürich", Style.CYAN), Text.of("443,037"), Text.of("Züri"))
                .row(Text.of("Delhi"), Text.of("11,034,555"), Text.of("दिल्ली"));
    }

    private static String plain(Table table, int width) {
        return table.lines(width).stream().map(Text::plain).collect(Collectors.joining("\n"));
    }

    @Test
    void alignsWordsLeftNumbersRightAndWideLettersByTheirWidth() {
        assertThat(plain(cities(), 80)).isEqualTo("""
                          city        people  in its own words
                          Tokyo   14,094,034  東京
                          Zürich     443,037  Züri
                          Delhi   11,034,555  दिल्ली""");
    }

    @Test
    void cutsTheWidestColumnUntilItFits() {
        Table table = new Table().words("key").words("value").row(Text.of("k"), Text.of("v".repeat(100)));
        assertThat(plain(table, 30)).isEqualTo("  key  value\n  k    " + "v".repeat(22) + "…");
        assertThat(table.lines(30)).allMatch(line -> line.width() <= 30);
    }

    @Test
    void hasNoHeadLineWhenNoColumnHasAName() {
        assertThat(plain(new Table().words("").words("").row(Text.of("a"), Text.of("b")), 80))
                .isEqualTo("  a  b");
    }

    @Test
    void refusesARowOfAnotherLength() {
        Table table = new Table().words("one");
        assertThatThrownBy(() -> table.row(Text.of("a"), Text.of("b"))).isInstanceOf(IllegalArgumentException.class);
    }
}
