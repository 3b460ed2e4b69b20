package coppice.engine.upkeep;

import coppice.engine.flight.RecordedStall;
import coppice.engine.meter.Meter;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The work beside the work: folds when changes fill their share of memory, holds writers back while they are
/// faster than folding, and makes room on disk: beside writers when much has been written, and when nobody writes.
public final class Maintenance implements Gate.Pressure {
    /// How long nothing may have been written before room is made on disk.
    private static final Duration IDLE = Duration.ofSeconds(10);

    /// Heap that a write holds beyond its bytes, roughly.
    private static final long WRITE_OVERHEAD_BYTES = 64;

    private final Checkpoint checkpoint;
    private final Compaction compaction;
    private final Pace pace;
    private final Meter stalls;
    private final Tasks tasks;
    private final long foldAtBytes;
    private final List<Task> background = new ArrayList<>();
    private final AtomicLong unfolded = new AtomicLong();
    private final ReentrantLock folding = new ReentrantLock();
    private final Condition folded = folding.newCondition();
    private @Nullable Task running;
    private @Nullable Task tidying;
    private @Nullable RuntimeException failure;
    private boolean stopped; // guarded by folding
    private long seenByIdle;
    private long compactedAt;

    /// @param stalls how long writers are held back
    /// @param foldAtBytes how much heap unfolded changes may take before they are folded; twice that holds writers
    ///     back
    public Maintenance(
            Checkpoint checkpoint, Compaction compaction, Pace pace, Meter stalls, Tasks tasks, long foldAtBytes) {
        this.checkpoint = checkpoint;
        this.compaction = compaction;
        this.pace = pace;
        this.stalls = stalls;
        this.tasks = tasks;
        this.foldAtBytes = foldAtBytes;
    }

    /// Starts what runs by the clock.
    public void start() {
        background.add(tasks.every("coppice-idle", IDLE, this::idle));
    }

    /// Starts something else that runs by the clock and ends with the database.
    public void every(String name, Duration pause, Runnable body) {
        background.add(tasks.every(name, pause, body));
    }

    @Override
    public void admit(long bytes) {
        pace.wrote(bytes);
        long now = unfolded.addAndGet(bytes + WRITE_OVERHEAD_BYTES);
        if (now > foldAtBytes) {
            relieve(now > 2 * foldAtBytes);
        }
    }

    private void relieve(boolean wait) {
        folding.lock();
        try {
            if (running == null) {
                unfolded.set(0);
                running = tasks.start("coppice-checkpoint", this::fold);
            }
            // After a failure nobody writes on until one has succeeded, or memory would fill without end.
            if (wait || failure != null) {
                awaitFold();
            }
        } finally {
            folding.unlock();
        }
    }

    private void awaitFold() {
        RecordedStall event = new RecordedStall();
        long begun = stalls.begin();
        while (running != null) {
            folded.awaitUninterruptibly();
        }
        stalls.end(begun);
        event.commit();
        RuntimeException why = failure;
        if (why != null) {
            throw why;
        }
    }

    private void fold() {
        RuntimeException why = null;
        try {
            checkpoint.runWithoutJoining();
        } catch (RuntimeException e) {
            why = e;
        }
        folding.lock();
        try {
            running = null;
            failure = why;
            if (why != null) {
                unfolded.addAndGet(foldAtBytes);
            }
            folded.signalAll();
        } finally {
            folding.unlock();
        }
        if (why == null) {
            tidy();
        }
    }

    /// Starts to make room beside the writers, if there is reason to.
    public void tidyIfDue() {
        if (compaction.isDue()) {
            tidy();
        }
    }

    /// Starts to make room beside the writers and to join small packs, unless that goes on already.
    private void tidy() {
        folding.lock();
        try {
            Task last = tidying;
            if (!stopped && (last == null || last.ended())) {
                tidying = tasks.start("coppice-gc", this::collectAndJoin);
            }
        } finally {
            folding.unlock();
        }
    }

    private void collectAndJoin() {
        try {
            compaction.runWhileDue();
            compaction.join();
        } catch (RuntimeException e) {
            // Nobody waits for it. What has been done counts; the rest is done when more has been written.
            compaction.failed();
        }
    }

    private void idle() {
        long now = pace.written();
        boolean quiet = now == seenByIdle;
        seenByIdle = now;
        if (quiet && now != compactedAt) {
            compactedAt = now;
            try {
                checkpoint.run();
                if (compaction.isDueWhenIdle()) {
                    compaction.runWhenIdle();
                }
            } catch (RuntimeException e) {
                // Nobody waits for it; the next writer or checkpoint meets the same trouble and reports it.
                compactedAt = -1;
            }
        }
    }

    /// Ends all background work and waits for it.
    public void stop() {
        pace.stop();
        folding.lock();
        try {
            stopped = true;
        } finally {
            folding.unlock();
        }
        background.forEach(Task::stop);
        background.forEach(Task::join);
        join(() -> running);
        join(() -> tidying);
    }

    private void join(Supplier<@Nullable Task> task) {
        Task last;
        folding.lock();
        try {
            last = task.get();
        } finally {
            folding.unlock();
        }
        if (last != null) {
            last.join();
        }
    }
}
