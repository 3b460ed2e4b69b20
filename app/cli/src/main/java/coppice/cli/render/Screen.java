package coppice.cli.render;

import java.io.PrintStream;
import java.util.function.IntSupplier;

/// Where output goes, and what it may look like there: the one place that knows whether there are colours, lines that
/// redraw themselves, and characters beyond ASCII. One thread at a time.
public final class Screen {
    private static final int LEAST_WIDTH = 40;
    private final PrintStream out;
    private final Look look;
    private final IntSupplier columns;

    /// What a screen can show.
    ///
    /// @param colour styles reach the terminal
    /// @param live lines may redraw themselves (a terminal that someone looks at)
    /// @param unicode characters beyond ASCII in lines and signs of ours (data is always written as it is)
    public record Look(boolean colour, boolean live, boolean unicode) {
        /// What a pipe or a file gets.
        public static final Look PIPE = new Look(false, false, true);
    }

    /// A screen on a stream.
    ///
    /// @param out UTF-8 output; not closed by the screen
    /// @param look what it can show
    /// @param columns its width in columns; asked when a line has to fit
    public Screen(PrintStream out, Look look, IntSupplier columns) {
        this.out = out;
        this.look = look;
        this.columns = columns;
    }

    /// What this screen can show.
    public Look look() {
        return look;
    }

    /// The columns of a line, at least 40.
    public int width() {
        return Math.max(LEAST_WIDTH, columns.getAsInt());
    }

    /// Writes one line.
    public void line(Text text) {
        Text line = text.trimmed();
        out.println(glyphs(look.colour() ? line.coloured() : line.plain()));
    }

    /// Writes one plain line, exactly as given.
    public void line(String content) {
        out.println(content);
    }

    /// Writes an empty line.
    public void blank() {
        out.println();
    }

    /// Writes a title over a rule as long as the screen is wide (at most 80 columns), after an empty line.
    public void title(String number, String content) {
        blank();
        Text head =
                Text.of(number, Style.CYAN).plus(" ").plus(content, Style.BOLD).plus(" ");
        int rule = Math.min(width(), 80) - head.width();
        line(head.plus("─".repeat(Math.max(3, rule)), Style.DIM));
    }

    /// Writes a table, as wide as it needs to be and at most as wide as the screen.
    public void table(Table table) {
        table.lines(look.live() ? width() : Integer.MAX_VALUE).forEach(this::line);
    }

    /// Writes over the line the cursor is in, without ending it: as much as fits, for nothing could be written over a
    /// second line. Only on a live screen.
    void redraw(Text text) {
        Text line = text.cut(width() - 1);
        String content = look.colour() ? line.coloured() : line.plain();
        out.print("\r" + glyphs(content) + "\u001b[K");
        out.flush();
    }

    /// The same screen, on which nothing redraws itself.
    public Screen still() {
        return new Screen(out, new Look(look.colour(), false, look.unicode()), columns);
    }

    /// Hands everything on to the system.
    public void flush() {
        out.flush();
    }

    private String glyphs(String content) {
        return look.unicode() ? content : Glyphs.ascii(content);
    }
}
