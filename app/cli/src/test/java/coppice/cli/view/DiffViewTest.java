package coppice.cli.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.Change;
import coppice.api.Conflict;
import coppice.cli.render.Screen;
import coppice.cli.render.Screens;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiffViewTest {
    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static List<Change> changes() {
        return List.of(
                new Change.Modified(
                        "countries",
                        bytes("SN"),
                        bytes("{\"code\":\"SN\",\"currency\":\"XOF\",\"names\":{\"en\":\"Senegal\",\"ja\":\"セネガル\"}}"),
                        bytes("{\"code\":\"SN\",\"currency\":\"ECO\",\"names\":{\"ja\":\"セネガル\"},\"iso\":1}")),
                new Change.Added("currencies", bytes("ECO"), bytes("{\"code\":\"ECO\"}")),
                new Change.Removed("notes", bytes("a"), bytes("plain text")),
                new Change.Modified("notes", bytes("b"), bytes("one"), new byte[] {(byte) 0xff, 1}),
                new Change.Removed("notes", new byte[] {(byte) 0xfe}, new byte[0]),
                new Change.Removed("notes", bytes("c"), bytes("more")));
    }

    @Test
    void showsFieldsInsideJsonAndCountsWhatItLeavesOut() throws IOException {
        String shown = Screens.shown(Screen.Look.PIPE, screen -> {
            DiffView.summary(screen, new DiffView(screen, 2, false).show(changes()));
        });
        Screens.assertGolden(DiffViewTest.class, "diff.txt", shown);
    }

    @Test
    void coloursAddedGreenAndRemovedRed() throws IOException {
        String shown = Screens.shown(
                new Screen.Look(true, true, true), screen -> new DiffView(screen, 9, true).show(changes()));
        Screens.assertGolden(DiffViewTest.class, "diff-coloured.txt", shown);
    }

    @Test
    void conflictsShowBaseOursAndTheirsFieldByField() throws IOException {
        List<Conflict> conflicts = List.of(
                new Conflict(
                        "countries",
                        bytes("NL"),
                        Optional.of(bytes("{\"name\":\"Netherlands\",\"code\":\"NL\"}")),
                        Optional.of(bytes("{\"name\":\"The Netherlands\",\"code\":\"NL\"}")),
                        Optional.of(bytes("{\"name\":\"Kingdom of the Netherlands\",\"code\":\"NL\",\"area\":41850}"))),
                new Conflict("notes", bytes("a"), Optional.empty(), Optional.of(bytes("x")), Optional.of(bytes("y"))),
                new Conflict("notes", bytes("b"), Optional.of(bytes("x")), Optional.empty(), Optional.of(bytes("y"))));
        String shown =
                Screens.shown(Screen.Look.PIPE, screen -> new ConflictView(screen, "main", "atlas").show(conflicts, 2));
        Screens.assertGolden(DiffViewTest.class, "conflicts.txt", shown);
    }
}
