package coppice.engine.arrival;

import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Rings at a moment. It has a light thread only while there is a moment to wait for and somebody for whom it is
/// to ring. Safe for all threads.
public final class Alarm {
    /// No moment.
    public static final long NEVER = Long.MAX_VALUE;

    private final Clock clock;
    private final Tasks tasks;
    private final BooleanSupplier isNeeded;
    private final Runnable ring;

    // Guarded by this.
    private long due = NEVER;
    private boolean isRunning;
    private boolean isOver;
    private @Nullable Thread thread; // while it is parked

    /// @param isNeeded whether there is somebody to ring for; called while others wait, so without locks
    /// @param ring called when the moment has come, on a thread of the alarm's own
    public Alarm(Clock clock, Tasks tasks, BooleanSupplier isNeeded, Runnable ring) {
        this.clock = clock;
        this.tasks = tasks;
        this.isNeeded = isNeeded;
        this.ring = ring;
    }

    /// Has it ring at a moment, unless it will before: then it is for whom it rings to say when next.
    ///
    /// @param moment in milliseconds since 1970 UTC, or [#NEVER]
    public synchronized void at(long moment) {
        if (moment >= due || isOver) {
            return;
        }
        due = moment;
        if (!isRunning) {
            isRunning = true;
            tasks.startLight("coppice-alarm", this::run);
        } else {
            wake();
        }
    }

    private void wake() {
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    /// Lets go of the thread if nobody needs it any more.
    public synchronized void tidy() {
        if (!isNeeded.getAsBoolean()) {
            wake();
        }
    }

    /// Never rings again.
    public synchronized void end() {
        isOver = true;
        wake();
    }

    private void run() {
        for (long millis = pause(); millis >= 0; millis = pause()) {
            if (millis > 0) {
                LockSupport.parkNanos(this, Math.min(millis, NEVER / 2_000_000) * 1_000_000);
            } else {
                ring.run();
            }
        }
    }

    /// How long it is to wait; 0 when it is time, -1 when there is nothing to wait for.
    private synchronized long pause() {
        thread = Thread.currentThread();
        long left = due - clock.millis();
        if (due == NEVER || isOver || !isNeeded.getAsBoolean()) {
            thread = null;
            isRunning = false;
            due = NEVER;
            return -1;
        }
        if (left <= 0) {
            due = NEVER;
            return 0;
        }
        return left;
    }
}
