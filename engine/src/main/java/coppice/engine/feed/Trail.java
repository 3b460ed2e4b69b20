package coppice.engine.feed;

import coppice.engine.log.LogRecord;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The latest states of a branch, in order: what who follows it has not looked at yet is here, while it is not too
/// much. Safe for all threads; adding takes next to no time.
///
/// A state may be represented in two ways: as it was when it came about, and as it was before the next came. Two
/// states next to each other are then over the same trees, unless something more than a write happened.
final class Trail {
    /// The most states.
    static final int STEPS_MAX = 1_024;

    /// The most bytes of records that led to them.
    static final long BYTES_MAX = 16 << 20;

    private final Step[] steps = new Step[STEPS_MAX];
    private long first;
    private long end;
    private long bytes;

    /// One state.
    static final class Step {
        private final BranchState begin;
        private final String action;
        private final boolean isQuiet;
        private final Optional<List<SpaceWrites>> writes;
        private final int bytes;
        private BranchState latest;

        /// @param entry what led to it
        Step(LogRecord entry, BranchState state, int bytes) {
            this(state, action(entry), LogRecord.isQuiet(entry), LogRecord.written(entry), bytes);
        }

        /// The first state, of which it does not matter what led to it.
        Step(BranchState state) {
            this(state, "", true, Optional.empty(), 0);
        }

        private Step(BranchState state, String action, boolean isQuiet, Optional<List<SpaceWrites>> writes, int bytes) {
            this.begin = state;
            this.latest = state;
            this.action = action;
            this.isQuiet = isQuiet;
            this.writes = writes;
            this.bytes = bytes;
        }
    }

    /// Adds the state that a record led to.
    synchronized void add(LogRecord entry, BranchState next, int length) {
        add(new Step(entry, next, length));
    }

    /// Puts earlier states in front of those here, if there is room for them.
    ///
    /// @param earlier without gaps; states that are here already are left out
    /// @return whether all are here now
    synchronized boolean prepend(List<Step> earlier) {
        Step head = step(first);
        List<Step> all = new ArrayList<>(earlier);
        all.removeIf(step -> step.begin.lsn() > head.begin.lsn());
        if (all.isEmpty() || all.getLast().begin.lsn() != head.begin.lsn()) {
            return false;
        }
        all.getLast().latest = head.latest;
        for (long i = first + 1; i < end; i++) {
            all.add(step(i));
        }
        if (all.size() > STEPS_MAX || all.stream().mapToLong(step -> step.bytes).sum() > BYTES_MAX) {
            return false;
        }
        first = 0;
        end = 0;
        bytes = 0;
        all.forEach(this::add);
        return true;
    }

    private void add(Step step) {
        if (end - first == STEPS_MAX) {
            drop();
        }
        steps[(int) (end++ % STEPS_MAX)] = step;
        bytes += step.bytes;
        while (bytes > BYTES_MAX && end - first > 1) {
            drop();
        }
    }

    @SuppressWarnings("NullAway") // a place in the ring that is not in use
    private void drop() {
        bytes -= step(first).bytes;
        steps[(int) (first++ % STEPS_MAX)] = null;
    }

    /// Represents the latest state in another way, or is the first to know one.
    synchronized void represent(BranchState state) {
        if (end == first) {
            add(new Step(state));
        } else if (step(end - 1).latest.lsn() == state.lsn()) {
            step(end - 1).latest = state;
        }
    }

    /// Forgets all states, and begins with another.
    synchronized void restart(BranchState state) {
        while (end > first) {
            drop();
        }
        first = 0;
        end = 0;
        add(new Step(state));
    }

    private Step step(long number) {
        return steps[(int) (number % STEPS_MAX)];
    }

    /// The number of the state of a position, or -1.
    private long find(long lsn) {
        long low = first;
        long high = end - 1;
        while (low <= high) {
            long middle = (low + high) >>> 1;
            long at = step(middle).begin.lsn();
            if (at == lsn) {
                return middle;
            }
            if (at < lsn) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /// The position of the latest state.
    synchronized long lastLsn() {
        return step(end - 1).begin.lsn();
    }

    /// The state of a position if it is here.
    synchronized Optional<BranchState> at(long lsn) {
        long found = find(lsn);
        return found < 0 ? Optional.empty() : Optional.of(step(found).latest);
    }

    /// The way from a state to the next that somebody made, or to that of a position where none did, with what is
    /// between. Both are states of the branch, the second not before the first.
    ///
    /// @param all whether to go to the position in any case
    /// @return nothing when the states are not all here
    synchronized Optional<Stretch> way(BranchState from, long to, boolean all) {
        long at = find(from.lsn());
        long last = find(to);
        if (at < 0 || last < 0) {
            return Optional.empty();
        }
        BranchState before = step(at).latest;
        List<Stretch.Leg> legs = new ArrayList<>();
        String action = "";
        while (at < last && (all || legs.isEmpty())) {
            Step next = step(at + 1);
            if (!next.isQuiet) {
                legs.add(new Stretch.Leg(step(at).latest, next.begin, next.writes));
                action = next.action;
            }
            at++;
        }
        BranchState after = legs.isEmpty() || all ? step(at).latest : step(at).begin;
        return Optional.of(new Stretch(before, after, legs.size() == 1 ? action : "", Optional.of(legs)));
    }

    /// Everything on disk that reading the states may need.
    synchronized List<Roots.Root> roots() {
        List<Roots.Root> all = new ArrayList<>();
        for (long i = first; i < end; i++) {
            all.addAll(step(i).begin.roots());
            all.addAll(step(i).latest.roots());
        }
        return all;
    }

    private static String action(LogRecord entry) {
        return switch (entry) {
            case LogRecord.Writes _ -> "write";
            case LogRecord.Loaded _ -> "load";
            case LogRecord.Mark _ -> "";
            case LogRecord.Committed made -> made.note().action();
            case LogRecord.Transacted made -> made.note().action();
            case LogRecord.Moved moved -> moved.note().action();
            case LogRecord.Stashed stashed -> stashed.note().action();
            case LogRecord.Placed placed -> placed.note().action();
            case LogRecord.Dropped dropped -> dropped.note().action();
            case LogRecord.Renamed renamed -> renamed.note().action();
        };
    }
}
