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
            try (ProgressBar bar = new ProgressBar(screen, "zones", 200, () -> now[0])) {
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
                .contains("  zones  ␛[36m" + "█".repeat(7) + "␛[0m␛[2m" + "░".repeat(21) + "␛[0m␛[1m  25 %␛[0m")
                .contains("␛[1m  75 %␛[0m␛[2m  150 of 200  1.50 k/s␛[0m")
                .endsWith("␍␛[K");
    }

    @Test
    void progressGuessesTheRemainingTimeAfterASecond() {
        long[] now = {0};
        String shown = Screens.shown(TERMINAL, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "bytes", 200, () -> now[0])) {
                now[0] = 900_000_000;
                bar.advance(45);
                now[0] = 2_000_000_000;
                bar.advance(5);
            }
        });
        assertThat(shown).contains("45 of 200  50.0 /s␛[0m").contains("50 of 200  25.0 /s  6.00 s left␛[0m");
    }

    @Test
    void progressSaysNothingInAPipe() {
        String shown = Screens.shown(Screen.Look.PIPE, screen -> {
            try (ProgressBar bar = new ProgressBar(screen, "zones", 0, () -> 0)) {
                bar.advance(5);
            }
        });
        assertThat(shown).isEmpty();
    }
}
