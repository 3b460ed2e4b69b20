package coppice.engine.transaction;

import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.Tasks;
import java.time.Duration;

/// Pauses between attempts of a transaction: none at first, then growing up to a bound, each a random part of it
/// ("full jitter", Brooker, AWS Architecture Blog 2015), so that those who collided do not collide again in step.
public final class Retry {
    private static final int IMMEDIATE = 3;
    private static final long FIRST_MICROS = 50;
    private static final long LONGEST_MICROS = 20_000;

    private final Tasks tasks;
    private final Entropy entropy;

    public Retry(Tasks tasks, Entropy entropy) {
        this.tasks = tasks;
        this.entropy = entropy;
    }

    /// Pauses after a failed attempt.
    ///
    /// @param attempt how many failed so far, at least 1
    public void pause(int attempt) {
        if (attempt <= IMMEDIATE) {
            return;
        }
        int doublings = Math.min(attempt - IMMEDIATE, 20);
        long bound = Math.min(LONGEST_MICROS, FIRST_MICROS << doublings);
        tasks.sleep(Duration.ofNanos(1000 * Long.remainderUnsigned(entropy.nextLong(), bound)));
    }
}
