package coppice.cli.render;

import java.util.function.LongSupplier;

/// A line that shows how far a long step is: a bar where it is known how much there is, the rate, and from the second
/// second on the time that is left. On a live screen it redraws itself at most twenty times a second; elsewhere it says
/// nothing. One thread at a time.
public final class ProgressBar implements AutoCloseable {
    private static final long REDRAW_NANOS = 50_000_000;
    private static final long GUESS_AFTER_NANOS = 1_000_000_000;
    private static final int BAR = 28;
    private static final int BAR_MIN = 4;
    private static final String BYTES = "bytes";
    private final Screen screen;
    private final String label;
    private final String unit;
    private final LongSupplier nanos;
    private final long start;
    private long total;
    private long done;
    private String beside = "";
    private long drawn;

    /// A bar at zero.
    ///
    /// @param screen where it is drawn
    /// @param label what is being done, short
    /// @param unit of what, such as `rows`; `bytes` are shown as sizes
    /// @param total how many there will be; 0 when that is not known
    /// @param nanos a clock that only goes forward, in nanoseconds
    public ProgressBar(Screen screen, String label, String unit, long total, LongSupplier nanos) {
        this.screen = screen;
        this.label = label;
        this.unit = unit;
        this.total = total;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.drawn = start - REDRAW_NANOS;
    }

    /// Counts `steps` more steps as done.
    public void advance(long steps) {
        moved(done + steps, total, beside);
    }

    /// Says how far it is.
    ///
    /// @param reached how much is done; less than before counts as before
    /// @param all how much there is, as far as is known; as long as that is what is done, it is not known
    /// @param more a word beside it
    public void moved(long reached, long all, String more) {
        done = Math.max(done, reached);
        total = all > done || total > 0 ? Math.max(all, done) : 0;
        beside = more;
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

    private Text text(long elapsed) {
        Text head = Text.of("  ").plus(label).plus("  ");
        String rate = "  " + rate(elapsed) + (beside.isEmpty() ? "" : "  " + beside);
        if (total <= 0) {
            String of = unit.isEmpty() || unit.equals(BYTES) ? "" : " " + unit;
            return head.plus(amount(done) + of, Style.BOLD).plus(rate, Style.DIM);
        }
        long percent = Math.min(100, 100 * done / total);
        Text tail = Text.of(" " + " ".repeat(3 - Long.toString(percent).length()) + percent + " %", Style.BOLD)
                .plus("  " + amount(done) + " of " + amount(total) + rate + left(elapsed), Style.DIM);
        int room = Math.min(BAR, screen.width() - 1 - head.width() - tail.width());
        if (room < BAR_MIN) {
            return head.plus(tail);
        }
        int filled = (int) Math.min(room, (double) room * done / total);
        return head.plus("█".repeat(filled), Style.CYAN)
                .plus("░".repeat(room - filled), Style.DIM)
                .plus(tail);
    }

    private String amount(long number) {
        return unit.equals(BYTES) ? Amounts.bytes(number) : Amounts.count(number);
    }

    private String rate(long elapsed) {
        return unit.equals(BYTES) ? Amounts.byteRate(done, elapsed) : Amounts.rate(done, elapsed);
    }

    /// How long the rest will take at the mean speed so far; nothing in the first second, when that is anybody's guess.
    private String left(long elapsed) {
        if (elapsed < GUESS_AFTER_NANOS || done <= 0 || done >= total) {
            return "";
        }
        return "  " + Amounts.time((long) ((double) elapsed / done * (total - done))) + " left";
    }
}
