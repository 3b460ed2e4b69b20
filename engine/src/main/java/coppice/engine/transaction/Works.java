package coppice.engine.transaction;

import coppice.api.DatabaseException;
import coppice.api.progress.BackgroundWork;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import coppice.structure.ground.Backlog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is to be done in the background, one after the other in the order in which they came, on a task that is
/// there while there is something to do. Those that failed wait until they are due, and hold up nobody. Safe for
/// all threads.
public final class Works {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);

    private final Tasks tasks;
    private final Clock clock;
    private final Gate gate;
    private final Map<Place, Work> all = new LinkedHashMap<>();
    private boolean isBusy;

    /// Of which branch what.
    private record Place(Object branch, String subject) {}

    Works(Tasks tasks, Clock clock, Gate gate) {
        this.tasks = tasks;
        this.clock = clock;
        this.gate = gate;
    }

    /// Those of a branch.
    Backlog of(Object branch) {
        return (subject, version, chore) -> add(new Place(branch, subject), version, chore);
    }

    private Work add(Place place, Object version, Backlog.Chore chore) {
        Work work = new Work(this, version, chore);
        Optional<Work> before;
        synchronized (this) {
            gate.ensureOpen();
            before = Optional.ofNullable(all.get(place));
            if (before.filter(there -> there.isSame(version)).isPresent()) {
                return before.get();
            }
            all.remove(place); // so that it is the last one
            all.put(place, work);
        }
        before.ifPresent(Work::cancel); // not within: what hangs on its outcome is somebody else's
        run();
        return work;
    }

    Instant now() {
        return Instant.ofEpochMilli(clock.millis());
    }

    /// How long to wait after so many failures.
    static Duration pause(int failures) {
        Duration pause = PAUSE.multipliedBy(1L << Math.min(failures - 1, Short.SIZE));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    void ensureOpen() {
        gate.ensureOpen();
    }

    /// Begins with what is due, unless something is being done, which goes on with it. By the clock, and when
    /// something came.
    void run() {
        synchronized (this) {
            all.values().removeIf(work -> work.status().state().isOver());
            if (isBusy || due().isEmpty()) {
                return;
            }
            isBusy = true;
        }
        tasks.start("coppice-background", this::work);
    }

    private Optional<Work> due() {
        return all.values().stream().filter(work -> work.isDue(now())).findFirst();
    }

    private void work() {
        for (Optional<Work> next = take(); next.isPresent(); next = take()) {
            next.get().run();
        }
    }

    private synchronized Optional<Work> take() {
        Optional<Work> next = due();
        isBusy = next.isPresent();
        return next;
    }

    /// The database is closed: nothing more is done.
    public void close() {
        List<Work> left;
        synchronized (this) {
            left = List.copyOf(all.values());
            all.clear();
        }
        left.forEach(work -> work.end(
                BackgroundWork.State.CANCELLED,
                new DatabaseException.Closed("The database was closed: open it again,"
                        + " and ask for it again; it goes on from what it has kept")));
    }
}
