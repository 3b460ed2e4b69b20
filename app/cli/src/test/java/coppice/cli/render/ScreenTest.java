package coppice.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final Screen.Look TERMINAL = new Screen.Look(true, true, true);
    private static final Screen.Look OLD = new Screen.Look(false, true, false);

    @Test
    void aPipeGetsNeitherColoursNorCuts() {
        String shown = Screens.shown(Screen.Look.PIPE, screen -> {
            screen.line(Text.of("red", Style.RED));
            screen.table(new Table().words("").row(Text.of("x".repeat(200))));
        });
        assertThat(shown).isEqualTo("red\n  " + "x".repeat(200) + "\n");
    }

    @Test
    void aTerminalGetsColoursAndLinesThatFit() {
        String shown = Screens.shown(TERMINAL, screen -> {
            screen.line(Text.of("red", Style.RED));
            screen.table(new Table().words("").row(Text.of("x".repeat(200))));
        });
        assertThat(shown).isEqualTo("␛[31mred␛[0m\n  " + "x".repeat(77) + "␛[2m…␛[0m\n");
    }

    @Test
    void aTerminalWithoutUnicodeGetsAsciiSignsButTheDataAsItIs() {
        String shown = Screens.shown(OLD, screen -> screen.line(Text.of("├─╮ ● │ é → ü")));
        assertThat(shown).isEqualTo("|-\\ * | é > ü\n");
    }

    @Test
    void titlesRuleTheLine() {
        String shown = Screens.shown(Screen.Look.PIPE, screen -> screen.title("1.", "Import"));
        assertThat(shown).isEqualTo("\n1. Import " + "─".repeat(70) + "\n");
    }

    @Test
    void progressRedrawsItsLineAtMostTwentyTimesASecondAndWipesItAway() {
        long[] now = {0};
        String shown = Screens.shown(TERMINAL, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "zones", "zones", 200, () -> now[0])) {
                now[0] = 10_000_000;
                bar.advance(50);
                now[0] = 20_000_000;
                bar.advance(50);
                now[0] = 100_000_000;
                bar.advance(50);
            }
        });
        assertThat(shown.split("␍", -1)).hasSize(4);
        assertThat(shown)
                .contains("  zones  ␛[36m" + "█".repeat(7) + "␛[0m␛[2m" + "░".repeat(21))
                .contains("␛[0m␛[1m  25 %␛[0m")
                .contains("␛[1m  75 %␛[0m␛[2m  150 of 200  1.50 k/s␛[0m")
                .endsWith("␍␛[K");
    }

    @Test
    void progressGuessesTheRemainingTimeAfterASecond() {
        long[] now = {0};
        String shown = Screens.shown(TERMINAL, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "packs", "bytes", 20 << 20, () -> now[0])) {
                now[0] = 500_000_000;
                bar.advance(4 << 20);
                now[0] = 2_000_000_000;
                bar.moved(5 << 20, 20 << 20, "by hand");
            }
        });
        assertThat(shown)
                .contains("4.00 MiB of 20.0 MiB  8.00 MiB/s␛[0m")
                .contains("5.00 MiB of 20.0 MiB  2.50 MiB/s  by hand  6.00 s left␛[0m");
    }

    @Test
    void progressTowardsNobodyKnowsWhereIsCounted() {
        long[] now = {0};
        String shown = Screens.shown(OLD, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "history", "commits", 0, () -> now[0])) {
                now[0] = 2_000_000_000;
                bar.moved(1_200, 1_200, "");
                now[0] = 3_000_000_000L;
                bar.moved(1_500, 3_000, "");
                now[0] = 6_000_000_000L;
                bar.moved(3_000, 3_000, "");
            }
        });
        assertThat(shown)
                .contains("  history  1,200 commits  600 /s␛")
                .contains(" 50 %  1,500 of 3,000  500 /s  3.00 s left␛")
                .contains("100 %  3,000 of 3,000  500 /s␛");
    }

    @Test
    void progressFitsIntoOneLine() {
        long[] now = {0};
        String shown = Screens.shown(OLD, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "x".repeat(70), "chunks", 3_000_000, () -> now[0])) {
                now[0] = 2_000_000_000;
                bar.advance(1_000_000);
            }
        });
        assertThat(shown.split("␍", -1)[1].replace("␛[K", ""))
                .hasSizeLessThan(80)
                .contains("  33");
    }

    @Test
    void progressSaysNothingInAPipe() {
        String shown = Screens.shown(Screen.Look.PIPE, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "zones", "zones", 0, () -> 0)) {
                bar.advance(5);
            }
        });
        assertThat(shown).isEmpty();
    }
}
