package coppice.engine.arrival;

import coppice.engine.delta.Delta;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.SpaceWrites;
import coppice.engine.storage.Gate;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Tasks;
import coppice.structure.ground.Line;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// What comes into a space of a branch: where its rows begin, who waits for them, and the alarm that wakes the
/// first one when something that is there already becomes due.
final class SpaceArrivals implements Line {
    private static final long NEVER = Alarm.NEVER;

    private final LiveBranch branch;
    private final Gate gate;
    private final Clock clock;
    private final SpaceFronts fronts = new SpaceFronts();
    private final Waiters waiters = new Waiters();
    private final Alarm alarm;

    SpaceArrivals(LiveBranch branch, Gate gate, Clock clock, Tasks tasks) {
        this.branch = branch;
        this.gate = gate;
        this.clock = clock;
        this.alarm = new Alarm(
                clock, tasks, () -> !waiters.isEmpty(), () -> waiters.wake(1).forEach(LockSupport::unpark));
    }

    SpaceFronts fronts() {
        return fronts;
    }

    /// Where nobody waits, looks before standing in the line: who finds something at once is seen by nobody, so
    /// that writers have nobody to wake.
    @Override
    public <T> Optional<T> await(long nanos, Supplier<Look<T>> look) {
        Optional<T> found = waiters.isEmpty() ? look.get().found() : Optional.empty();
        return found.isPresent() ? found : inLine(nanos, look);
    }

    private <T> Optional<T> inLine(long nanos, Supplier<Look<T>> look) {
        return waiters.await(nanos, clock, this::check, () -> {
            Look<T> seen = look.get();
            if (seen.found().isEmpty()) {
                alarm.at(seen.next());
            }
            return seen;
        });
    }

    private void check() {
        gate.ensureOpen();
        branch.shown();
    }

    /// Takes note of what was recorded.
    ///
    /// @return whom that wakes, to unpark
    List<Thread> recorded(SpaceWrites writes) {
        int ready = 0;
        long next = NEVER;
        for (int i = 0; i < writes.keys().length; i++) {
            byte[] key = writes.keys()[i];
            if (isRemoved(writes.values()[i])) {
                fronts.removed(key);
            } else {
                fronts.added(key);
                ready += key[0] == READY ? 1 : 0;
                next = Math.min(next, moment(key));
            }
        }
        if (waiters.isEmpty()) {
            return List.of();
        }
        alarm.at(next);
        return ready > 0 ? waiters.wake(ready) : List.of();
    }

    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private static boolean isRemoved(byte[] value) {
        return value == Delta.REMOVED;
    }

    private static long moment(byte[] key) {
        boolean isLater = (key[0] == DELAYED || key[0] == LEASED) && key.length > Long.BYTES;
        return isLater ? ByteBuffer.wrap(key).getLong(1) : NEVER;
    }

    /// Anything may have been recorded: the first one is to look.
    List<Thread> changed() {
        fronts.forget();
        return waiters.isEmpty() ? List.of() : waiters.wake(1);
    }

    /// Everybody is to look, and meets what is wrong.
    void end() {
        waiters.wake(NEVER).forEach(LockSupport::unpark);
        alarm.end();
    }

    /// Ends the alarm when nobody waits any more.
    void tidy() {
        alarm.tidy();
    }
}
