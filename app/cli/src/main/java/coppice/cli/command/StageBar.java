package coppice.cli.command;

import coppice.api.Progress;
import coppice.cli.render.ProgressBar;
import coppice.cli.render.Screen;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Shows how far a long operation of the database is: one bar after the other, a stage each. Thread-safe.
final class StageBar implements Progress, AutoCloseable {
    private final Screen screen;
    private final LongSupplier nanos;
    private final long start;
    private @Nullable ProgressBar bar;
    private String shown = "";
    private long shownDone;

    StageBar(Screen screen, LongSupplier nanos) {
        this.screen = screen;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public synchronized void moved(String stage, String unit, long done, long total) {
        ProgressBar current = bar;
        if (current == null || !shown.equals(stage)) {
            close();
            // A total that grows with what is done is none.
            current = new ProgressBar(screen, stage + ", " + unit, total == done ? 0 : total, nanos);
            bar = current;
            shown = stage;
            shownDone = 0;
        }
        current.advance(Math.max(0, done - shownDone));
        shownDone = Math.max(done, shownDone);
    }

    /// The nanoseconds since the beginning.
    long elapsed() {
        return nanos.getAsLong() - start;
    }

    @Override
    public synchronized void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
