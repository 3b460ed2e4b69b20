package coppice.cli.render;

import java.util.function.LongSupplier;

/// A line that shows how far a long step is. On a live screen it redraws itself at most twenty times a second;
/// elsewhere
/// it says nothing until [#close()]. One thread at a time.
public final class ProgressBar implements AutoCloseable {
    private static final long REDRAW_NANOS = 50_000_000;
    private static final long GUESS_AFTER_NANOS = 1_000_000_000;
    private static final int BAR = 28;
    private final Screen screen;
    private final String label;
    private final long total;
    private final LongSupplier nanos;
    private final long start;
    private long done;
    private long drawn;

    /// A bar at zero.
    ///
    /// @param screen where it is drawn
    /// @param label what is being done, short
    /// @param total how many steps there will be; 0 when that is not known
    /// @param nanos a clock that only goes forward, in nanoseconds
    public ProgressBar(Screen screen, String label, long total, LongSupplier nanos) {
        this.screen = screen;
        this.label = label;
        this.total = total;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /// Counts `steps` more steps as done.
    public void advance(long steps) {
        done += steps;
        long now = nanos.getAsLong();
        if (screen.look().live() && now - drawn >= REDRAW_NANOS) {
            drawn = now;
            screen.redraw(text(now - start));
        }
    }

    /// Wipes the bar off a live screen, so that the next line takes its place.
    @Override
    public void close() {
        if (screen.look().live()) {
            screen.redraw(Text.EMPTY);
            screen.flush();
        }
    }

    /// The nanoseconds since the bar was made.
    public long elapsed() {
        return nanos.getAsLong() - start;
    }

    Text text(long elapsed) {
        Text head = Text.of("  ").plus(label).plus("  ");
        String rate = total > 0 && total < 100 ? "" : "  " + Amounts.rate(done, elapsed);
        if (total <= 0) {
            return head.plus(Amounts.count(done), Style.BOLD).plus(rate, Style.DIM);
        }
        int filled = (int) Math.min(BAR, BAR * done / total);
        long percent = Math.min(100, 100 * done / total);
        return head.plus("█".repeat(filled), Style.CYAN)
                .plus("░".repeat(BAR - filled), Style.DIM)
                .plus(" " + " ".repeat(3 - Long.toString(percent).length()) + percent + " %", Style.BOLD)
                .plus("  " + Amounts.count(done) + " of " + Amounts.count(total) + rate + left(elapsed), Style.DIM);
    }

    /// How long the rest will take at the mean speed so far; nothing in the first second, when that is anybody's guess.
    private String left(long elapsed) {
        if (elapsed < GUESS_AFTER_NANOS || done <= 0 || done >= total) {
            return "";
        }
        return "  " + Amounts.time((long) ((double) elapsed / done * (total - done))) + " left";
    }
}
