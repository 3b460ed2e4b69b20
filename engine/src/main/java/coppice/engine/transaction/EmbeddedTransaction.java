package coppice.engine.transaction;

import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Isolation;
import coppice.api.KeyPattern;
import coppice.api.Operation;
import coppice.api.Transaction;
import coppice.api.query.Query;
import coppice.api.structure.Structures;
import coppice.engine.delta.Delta;
import coppice.engine.live.LiveBranch;
import coppice.engine.log.SpaceWrites;
import coppice.engine.meter.Meter;
import coppice.engine.reading.Access;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import coppice.engine.terms.Checks;
import coppice.engine.terms.Failures;
import coppice.engine.terms.Keys;
import coppice.engine.views.OwnIndexes;
import coppice.expression.Declared;
import coppice.structure.SpaceStructures;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A transaction on a snapshot. It gathers its writes, shows them over the snapshot, and at commit checks that
/// nothing it depends on changed meanwhile: optimistic concurrency control (Kung and Robinson, TODS 1981) by
/// comparing states instead of keeping versions. Comparing is exact: a key that was changed and changed back is no
/// conflict.
public final class EmbeddedTransaction implements Transaction {
    private final LiveBranch branch;
    private final Means means;
    private final Access access;
    private final Gate gate;
    private final BranchState start;
    private final Roots.Hold hold;
    private final ReadSet reads;
    private final Map<String, TransactionSpace> spaces = new HashMap<>();
    private final Deque<Mark> savepoints = new ArrayDeque<>();
    private long bytes;
    private boolean ended;
    private @Nullable OwnGround ground;

    /// The writes so far, by space.
    private record Mark(Map<String, Delta> writes, long bytes) implements Savepoint {}

    /// @param start the state that it begins on
    EmbeddedTransaction(LiveBranch branch, BranchState start, Means means, Isolation isolation) {
        this.branch = branch;
        this.means = means;
        this.access = means.access();
        this.gate = access.gate();
        this.start = start;
        this.hold = access.roots().hold(this, start::roots);
        this.reads = isolation == Isolation.SERIALIZABLE ? ReadSet.recording() : ReadSet.ignoring();
    }

    @Override
    public TransactionSpace space(String name) {
        return within(name);
    }

    @Override
    public Query query(String space) {
        return within(space).query();
    }

    @Override
    public Structures structures() {
        ensureActive();
        OwnGround own = ground;
        if (own == null) {
            own = new OwnGround(
                    this, access.now(), means.stamps(), () -> means.origins().of(branch), access.vault());
            ground = own;
        }
        return new SpaceStructures(own);
    }

    private TransactionSpace within(String name) {
        ensureActive();
        TransactionSpace known = spaces.get(name);
        return known != null ? known : Failures.guarded(() -> begun(name));
    }

    private TransactionSpace begun(String name) {
        String checked = start.isTouched(name) ? name : Checks.spaceName(name);
        TransactionSpace space = new TransactionSpace(this, access, checked, start.space(checked), reads);
        spaces.put(checked, space);
        return space;
    }

    /// The indexes over the rows of a space, as this sees them.
    OwnIndexes indexes(String space) {
        return means.views().ownIndexes(space, start);
    }

    /// What types say of all rows of a space with some keys, but for those written here.
    Declared declared(String space, KeyPattern keys) {
        return means.views().declared(space, keys, start);
    }

    @Override
    public Savepoint savepoint() {
        ensureActive();
        Map<String, Delta> writes = new HashMap<>();
        spaces.forEach((name, space) -> writes.put(name, space.writes()));
        Mark mark = new Mark(writes, bytes);
        savepoints.push(mark);
        return mark;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a savepoint is this very object
    public void rollbackTo(Savepoint savepoint) {
        ensureActive();
        if (savepoints.stream().noneMatch(mark -> mark == savepoint)) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.INVALID_SAVEPOINT,
                    "The savepoint is not one of this transaction, or was rolled back over: take a new one");
        }
        while (savepoints.element() != savepoint) {
            savepoints.pop();
        }
        Mark mark = savepoints.element();
        spaces.forEach((name, space) -> space.restore(mark.writes().getOrDefault(name, Delta.EMPTY)));
        bytes = mark.bytes();
    }

    @Override
    public void commit() {
        ensureActive();
        List<SpaceWrites> writes = writes();
        if (writes.isEmpty()) {
            rollback();
            return;
        }
        ending(() -> {
            means.transacting().run(work(writes));
            return true;
        });
    }

    /// Does the first half of [#commit()]: what was written has taken effect for those who come after, and is kept
    /// once the state is.
    ///
    /// @return the state to wait for
    BranchState append() {
        ensureActive();
        List<SpaceWrites> writes = writes();
        if (writes.isEmpty()) {
            rollback();
            return start;
        }
        return ending(() -> means.transacting().append(work(writes)));
    }

    @Override
    public Commit commit(CommitMessage message) {
        ensureActive();
        return ending(() -> means.transacting().commit(work(writes()), message));
    }

    private Transacting.Work work(List<SpaceWrites> writes) {
        return new Transacting.Work(branch, writes, (newest, next) -> check(newest, writes));
    }

    private <T> T ending(Supplier<T> body) {
        ended = true;
        Meter meter = access.meters().of(Operation.TRANSACTION);
        long begun = meter.begin();
        try {
            gate.admit(bytes);
            T result = body.get();
            meter.end(begun);
            OwnGround own = ground;
            if (own != null) {
                own.dues().forEach(moment -> means.dues().add(branch, moment));
            }
            return result;
        } catch (RuntimeException failure) {
            throw gate.explain(failure);
        } finally {
            hold.release();
        }
    }

    private List<SpaceWrites> writes() {
        List<SpaceWrites> writes = new ArrayList<>();
        spaces.forEach((name, space) -> {
            if (!space.writes().isEmpty()) {
                writes.add(SpaceWrites.of(name, space.writes()));
            }
        });
        return writes;
    }

    /// Refuses to take effect when something it depends on is different in the newest state.
    @SuppressWarnings("ReferenceEquality") // the same state object: nobody came between
    private void check(BranchState newest, List<SpaceWrites> writes) {
        if (newest != start) {
            for (SpaceWrites written : writes) {
                checkUntouched(written, start.space(written.space()), newest.space(written.space()));
            }
            reads.check(start, newest, (space, key) -> conflict(space, key, "read"));
        }
    }

    private void checkUntouched(SpaceWrites written, SpaceState before, SpaceState now) {
        for (byte[] key : written.keys()) {
            if (!now.agreesAt(before, key)) {
                throw conflict(written.space(), key, "wrote");
            }
        }
    }

    private DatabaseException conflict(String space, byte[] key, String verb) {
        return new DatabaseException.Conflict("Another transaction changed what this one " + verb + " on branch '"
                        + branch.name() + "', key '" + Keys.display(key) + "' of space '" + space
                        + "': begin again, or use transact(), which does")
                .with("branch", branch.name())
                .with("space", space)
                .with("key", Keys.display(key));
    }

    @Override
    public void rollback() {
        ended = true;
        hold.release();
    }

    @Override
    public void close() {
        rollback();
    }

    void ensureActive() {
        gate.ensureOpen();
        if (ended) {
            throw new DatabaseException.Incorrect(
                    ErrorCode.TRANSACTION_ENDED, "The transaction was committed or rolled back: begin another");
        }
    }

    /// Counts bytes about to be written.
    void admit(long more) {
        ensureActive();
        Checks.transactionBytes(bytes + more);
        bytes += more;
    }
}
