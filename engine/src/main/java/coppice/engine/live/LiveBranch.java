package coppice.engine.live;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.log.LogRecord;
import coppice.engine.log.RefMove;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.storage.Acknowledgement;
import coppice.engine.storage.Gate;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.journal.Journal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// A branch in use: the one place where its state changes.
///
/// A write goes: under the writing lock, build the next state from the newest and append the journal record, so
/// that the journal's order is the order of states; outside of it, wait until the record is kept, then show the
/// state. The newest state is what writers build on; the shown state is what readers see, and never holds what a
/// crash could undo.
///
/// Folding (checkpoint, commit) excludes other folding but not writing.
public final class LiveBranch {
    private final String name;
    private final Gate gate;
    private final Journal journal;
    private final Acknowledgement acknowledgement;
    private final MoveLog moves;
    private final long createdAt;
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock folding = new ReentrantLock();
    private final ReentrantLock turns = new ReentrantLock(true);
    private final ReentrantLock updating = new ReentrantLock();
    private final AtomicReference<BranchState> shown;
    private volatile BranchState newest;
    private volatile long movedAt;
    private volatile boolean dropped;
    private volatile Watching[] watching = {};

    /// @param createdAt when the branch was made, in milliseconds since 1970 UTC
    /// @param moves is told whenever the branch goes to another commit or gives up its working state
    LiveBranch(
            String name,
            long createdAt,
            BranchState state,
            Gate gate,
            Journal journal,
            Acknowledgement acknowledgement,
            MoveLog moves) {
        this.name = name;
        this.createdAt = createdAt;
        this.gate = gate;
        this.journal = journal;
        this.acknowledgement = acknowledgement;
        this.moves = moves;
        this.newest = state;
        this.shown = new AtomicReference<>(state);
    }

    /// Its name, without its kind.
    public String name() {
        return name;
    }

    /// When the branch was made, in milliseconds since 1970 UTC.
    public long createdAt() {
        return createdAt;
    }

    /// What readers see.
    public BranchState shown() {
        if (dropped) {
            throw gone();
        }
        return lastShown();
    }

    /// What readers saw last, also when the branch was deleted meanwhile.
    public BranchState lastShown() {
        return shown.get();
    }

    /// What writers build on; may hold what is not kept yet.
    public BranchState newest() {
        return newest;
    }

    /// What writers build on, once those are done that are about to write.
    public BranchState settled() {
        writing.lock();
        try {
            return newest;
        } finally {
            writing.unlock();
        }
    }

    /// Whether it was deleted.
    public boolean isDropped() {
        return dropped;
    }

    /// Keeps other folds out until unlocked.
    public ReentrantLock folding() {
        return folding;
    }

    /// Keeps others out who ask hooks about this branch. Nobody else waits for it.
    public ReentrantLock turns() {
        return turns;
    }

    /// Keeps others out who work on the newest state one after the other. It is taken before the writing lock.
    public ReentrantLock updating() {
        return updating;
    }

    /// Tells somebody what becomes of the branch from here on. The newest state is told at once.
    public void watchedBy(Watching one) {
        writing.lock();
        try {
            Watching[] all = Arrays.copyOf(watching, watching.length + 1);
            all[all.length - 1] = one;
            watching = all;
            one.represented(newest);
        } finally {
            writing.unlock();
        }
    }

    /// Tells somebody nothing any more.
    public void unwatchedBy(Watching one) {
        writing.lock();
        try {
            watching =
                    Arrays.stream(watching).filter(other -> !other.equals(one)).toArray(Watching[]::new);
        } finally {
            writing.unlock();
        }
    }

    /// Tells who watches that the branch is no more, once that is kept.
    void end(Optional<String> newName) {
        for (Watching told : watching) {
            told.ended(newName);
        }
    }

    /// The position of the last record that was no write: that moved the branch or replaced its working state. 0
    /// when there was none since the branch is in use.
    public long movedAt() {
        return movedAt;
    }

    /// Writes without looking at what is there.
    void write(List<SpaceWrites> writes) {
        change(new LogRecord.Writes(name, writes), state -> state.with(writes));
    }

    /// Appends a record and moves to the state that the change makes of the newest one, then waits until it is
    /// kept and shows it. A change that throws changes nothing.
    public BranchState change(LogRecord entry, UnaryOperator<BranchState> change) {
        BranchState next = append(entry, change);
        acknowledge(next);
        return next;
    }

    /// As [#change], unless the newest state does not meet a condition.
    ///
    /// @return whether it did
    public boolean changeIf(Predicate<BranchState> condition, LogRecord entry, UnaryOperator<BranchState> change) {
        Optional<BranchState> next = appendIf(condition, entry, change);
        next.ifPresent(this::acknowledge);
        return next.isPresent();
    }

    /// As [#append], unless the newest state does not meet a condition; then nothing.
    public Optional<BranchState> appendIf(
            Predicate<BranchState> condition, LogRecord entry, UnaryOperator<BranchState> change) {
        ByteWriter record = LogRecord.encode(entry);
        writing.lock();
        try {
            return condition.test(newest) ? Optional.of(append(entry, record, change)) : Optional.empty();
        } finally {
            writing.unlock();
        }
    }

    /// What is to become of the newest state.
    ///
    /// @param entry says so
    public record Step(LogRecord entry, BranchState next) {}

    /// Takes a step that is worked out from the newest state while no write comes between: it is the newest then,
    /// but not kept yet and not shown, until [#acknowledge]. Work that throws changes nothing.
    ///
    /// @param work returns nothing to do nothing
    /// @return the step, with the state that it arrived at
    public Optional<Step> advance(Function<BranchState, Optional<Step>> work) {
        writing.lock();
        try {
            gate.ensureOpen();
            return work.apply(newest).map(step -> new Step(step.entry(), append(step.entry(), _ -> step.next())));
        } finally {
            writing.unlock();
        }
    }

    /// Does the second half of [#change]: waits until a state is kept, and shows it.
    public void acknowledge(BranchState state) {
        for (Watching told : watching) {
            told.released();
        }
        acknowledgement.await(state.lsn());
        show(state);
    }

    /// Does the first half of [#change]: the new state is the newest, but not kept yet and not shown.
    public BranchState append(LogRecord entry, UnaryOperator<BranchState> change) {
        return append(entry, LogRecord.encode(entry), change);
    }

    private BranchState append(LogRecord entry, ByteWriter record, UnaryOperator<BranchState> change) {
        writing.lock();
        try {
            gate.ensureOpen();
            if (dropped) {
                throw gone();
            }
            BranchState before = newest;
            BranchState next = change.apply(before);
            RefMove move = Moves.of(entry, before, next).orElse(null);
            next = next.at(journal.append(LogRecord.type(entry), record.array(), 0, record.length()));
            newest = next;
            for (Watching told : watching) {
                told.recorded(entry, next, record.length());
            }
            if (!LogRecord.isWrite(entry)) {
                movedAt = next.lsn();
            }
            if (move != null) {
                moves.add(RefNames.head(name), next.lsn(), move);
            }
            return next;
        } finally {
            writing.unlock();
        }
    }

    /// Replaces the representation of the newest state by an equal one, without a record.
    public BranchState represent(UnaryOperator<BranchState> change) {
        BranchState next;
        writing.lock();
        try {
            next = change.apply(newest);
            newest = next;
            for (Watching told : watching) {
                told.represented(next);
            }
        } finally {
            writing.unlock();
        }
        show(next);
        return next;
    }

    /// Waits until no write is on its way. After the gate is closed, none comes after.
    void awaitWriters() {
        writing.lock();
        try {
            // Whoever held it before is done.
        } finally {
            writing.unlock();
        }
    }

    /// Waits until everything of this branch that could conflict is kept and shown.
    public void settle() {
        acknowledge(newest);
    }

    /// The same branch under another name, once this one is dropped.
    ///
    /// @param state the state that [#dropIf] gave
    LiveBranch renamed(String other, BranchState state) {
        LiveBranch next = new LiveBranch(other, createdAt, lastShown(), gate, journal, acknowledgement, moves);
        next.newest = state;
        return next;
    }

    /// Ends the branch, if its newest state meets a condition: nobody reads or writes it from here on.
    ///
    /// @param entry says so
    /// @param first what else can fail, while no write comes between
    /// @return its last state, at the position of the record; nothing when the condition was not met
    Optional<BranchState> dropIf(Predicate<BranchState> condition, LogRecord entry, Runnable first) {
        ByteWriter record = LogRecord.encode(entry);
        writing.lock();
        try {
            gate.ensureOpen();
            if (dropped) {
                throw gone();
            }
            if (!condition.test(newest)) {
                return Optional.empty();
            }
            first.run();
            RefMove move = Moves.of(entry, newest, null).orElse(null);
            long lsn = journal.append(LogRecord.type(entry), record.array(), 0, record.length());
            dropped = true;
            if (move != null) {
                moves.add(RefNames.head(name), lsn, move);
            }
            return Optional.of(newest.at(lsn));
        } finally {
            writing.unlock();
        }
    }

    private void show(BranchState kept) {
        BranchState candidate = newest;
        if (!acknowledgement.covers(candidate.lsn())) {
            candidate = kept;
        }
        if (!acknowledgement.covers(candidate.lsn())) {
            return;
        }
        BranchState current = shown.get();
        while (candidate.isAfter(current) && !shown.compareAndSet(current, candidate)) {
            current = shown.get();
        }
        for (Watching told : watching) {
            told.shown();
        }
    }

    private DatabaseException gone() {
        return new DatabaseException.NotFound(
                        ErrorCode.UNKNOWN_BRANCH,
                        "The branch '" + name + "' was deleted: create it again or use another")
                .with("branch", name);
    }
}
