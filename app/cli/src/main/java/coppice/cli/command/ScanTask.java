package coppice.cli.command;

import coppice.api.Cursor;
import coppice.api.Database;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.cli.render.Amounts;
import coppice.cli.render.Screen;
import coppice.cli.render.Style;
import coppice.cli.render.Table;
import coppice.cli.render.Text;
import coppice.cli.source.ExportedRow;
import coppice.cli.view.Shown;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lists entries in the order of their keys.
final class ScanTask extends ReadTask {
    private static final long TERMINAL_ROWS = 50;

    @Parameters(paramLabel = "SPACE", description = "The space to list.")
    private String space = "";

    @Option(names = "--prefix", paramLabel = "TEXT", description = "Only keys that begin with this.")
    private Optional<String> prefix = Optional.empty();

    @Option(names = "--from", paramLabel = "KEY", description = "From this key on.")
    private Optional<String> from = Optional.empty();

    @Option(names = "--to", paramLabel = "KEY", description = "Up to this key, itself not included.")
    private Optional<String> to = Optional.empty();

    @Option(names = "--reverse", description = "From high to low.")
    private boolean reverse;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "At most so many, 0 for all; else 50 on a terminal and all in a pipe.")
    private Optional<Long> limit = Optional.empty();

    @Option(names = "--keys", description = "Only the keys.")
    private boolean keysOnly;

    @Override
    int run(Database db) {
        SpaceView view = space(state(db), space);
        Range range = range(prefix, from, to, reverse);
        Screen screen = screen();
        boolean table = screen.look().live() && !isJson() && !keysOnly;
        long most = limit.orElse(table ? TERMINAL_ROWS : 0L);
        most = most <= 0 ? Long.MAX_VALUE : most;
        if (table) {
            show(view, range, most, screen);
        } else {
            list(view, range, most);
        }
        return OK;
    }

    private void show(SpaceView view, Range range, long most, Screen screen) {
        Table table = new Table().words("key").words("value");
        long shown = 0;
        try (Cursor cursor = view.scan(range)) {
            while (shown < most && cursor.next()) {
                table.row(Text.of(Shown.key(cursor.key()), Style.CYAN), Text.of(Shown.value(cursor.value())));
                shown++;
            }
        }
        screen.table(table);
        long all = view.count(range);
        screen.line(Text.of(
                all > shown
                        ? "  " + Amounts.count(shown) + " of " + Amounts.count(all, "row") + "; --limit 0 shows all"
                        : "  " + Amounts.count(all, "row"),
                Style.DIM));
    }

    private void list(SpaceView view, Range range, long most) {
        try (Cursor cursor = view.scan(range)) {
            for (long listed = 0; listed < most && cursor.next(); listed++) {
                String line;
                if (isJson()) {
                    line = (keysOnly
                                    ? ExportedRow.key(Optional.empty(), cursor.key())
                                    : ExportedRow.of(Optional.empty(), cursor.key(), cursor.value()))
                            .text();
                } else {
                    line = Shown.key(cursor.key()) + (keysOnly ? "" : "\t" + Shown.value(cursor.value()));
                }
                shell().out().println(line);
                if ((listed & 1023) == 1023 && shell().out().checkError()) {
                    return; // nobody reads on: the other end of the pipe is closed
                }
            }
        }
    }
}
