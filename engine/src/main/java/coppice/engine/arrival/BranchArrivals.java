package coppice.engine.arrival;

import coppice.engine.live.LiveBranch;
import coppice.engine.live.Watching;
import coppice.engine.log.LogRecord;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// What comes into spaces of a branch that somebody takes things out of. A writer looks up its spaces here, once
/// such a space is in use; who is woken is unparked when the writing lock is let go.
final class BranchArrivals implements Watching {
    private final LiveBranch branch;
    private final Gate gate;
    private final Clock clock;
    private final Tasks tasks;
    private final Map<String, SpaceArrivals> spaces = new ConcurrentHashMap<>();
    private final Queue<Thread> woken = new ConcurrentLinkedQueue<>();

    BranchArrivals(LiveBranch branch, Gate gate, Clock clock, Tasks tasks) {
        this.branch = branch;
        this.gate = gate;
        this.clock = clock;
        this.tasks = tasks;
    }

    SpaceArrivals of(String space) {
        SpaceArrivals known = spaces.get(space);
        return known != null
                ? known
                : spaces.computeIfAbsent(space, _ -> new SpaceArrivals(branch, gate, clock, tasks));
    }

    @Override
    public void recorded(LogRecord entry, BranchState next, int bytes) {
        if (LogRecord.isQuiet(entry)) {
            return;
        }
        Optional<List<SpaceWrites>> writes = LogRecord.written(entry);
        if (writes.isEmpty()) {
            spaces.values().forEach(space -> woken.addAll(space.changed()));
            return;
        }
        for (SpaceWrites one : writes.get()) {
            SpaceArrivals space = spaces.get(one.space());
            if (space != null) {
                woken.addAll(space.recorded(one));
            }
        }
    }

    @Override
    public void represented(BranchState next) {}

    @Override
    public void released() {
        for (Thread next = woken.poll(); next != null; next = woken.poll()) {
            LockSupport.unpark(next);
        }
    }

    @Override
    public void shown() {
        released();
    }

    @Override
    public void ended(Optional<String> newName) {
        end();
    }

    void end() {
        spaces.values().forEach(SpaceArrivals::end);
    }

    void tidy() {
        spaces.values().forEach(SpaceArrivals::tidy);
    }
}
