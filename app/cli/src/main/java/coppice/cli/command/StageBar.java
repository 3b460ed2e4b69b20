package coppice.cli.command;

import coppice.api.Traffic;
import coppice.api.progress.Progress;
import coppice.cli.render.Amounts;
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

    StageBar(Screen screen, LongSupplier nanos) {
        this.screen = screen;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
    }

    @Override
    public void moved(String stage, String unit, long done, long total) {
        moved(stage, unit, done, total, "");
    }

    /// Shows how much has moved between databases.
    void moved(Traffic traffic) {
        String bytes = Amounts.bytes(traffic.bytes()) + " at " + Amounts.byteRate(traffic.bytes(), traffic.nanos());
        moved("moving", "commits", traffic.commits(), traffic.commitsInAll(), bytes);
    }

    private synchronized void moved(String stage, String unit, long done, long total, String beside) {
        ProgressBar current = bar;
        if (current == null || !shown.equals(stage)) {
            close();
            current = new ProgressBar(screen, stage, unit, 0, nanos);
            bar = current;
            shown = stage;
        }
        current.moved(done, total, beside);
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
