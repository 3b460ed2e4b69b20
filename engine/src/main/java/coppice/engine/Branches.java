package coppice.engine;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.log.LogRecord;
import coppice.engine.state.BranchState;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.RefName;
import coppice.kernel.history.RefValue;
import coppice.kernel.tree.Tree;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// All branches: the table of all, and those in use, live. A live branch knows better than the table where it is.
final class Branches {
    private final Storage storage;
    private final Gate gate;
    private final Map<String, LiveBranch> live = new ConcurrentHashMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private volatile BranchTable table;

    /// @param table all branches
    /// @param states the states of those that changed since the table was written
    Branches(Storage storage, Gate gate, BranchTable table, Map<String, BranchState> states) {
        this.storage = storage;
        this.gate = gate;
        this.table = table;
        states.forEach((name, state) -> live.put(name, live(name, state)));
    }

    private LiveBranch live(String name, BranchState state) {
        return new LiveBranch(name, state, gate, storage.journal(), storage.acknowledgement());
    }

    /// The branch of a name, live.
    Optional<LiveBranch> find(String name) {
        LiveBranch found = live.get(name);
        return found != null ? Optional.of(found) : Optional.ofNullable(wake(name));
    }

    /// The branch of a name, live.
    LiveBranch require(String name) {
        return find(name)
                .orElseThrow(() -> new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_BRANCH,
                                "There is no branch '" + name + "': create it with branch(name, at), or see branches()")
                        .with("branch", name));
    }

    private @Nullable LiveBranch wake(String name) {
        changing.lock();
        try {
            LiveBranch found = live.get(name);
            if (found == null) {
                found = table.find(name)
                        .map(storage::state)
                        .map(state -> live(name, state))
                        .orElse(null);
                if (found != null) {
                    live.put(name, found);
                }
            }
            return found;
        } finally {
            changing.unlock();
        }
    }

    /// The names of all branches, in order.
    List<String> names() {
        return table.names();
    }

    /// Whether a branch in use is at this commit.
    boolean isHead(Hash commit) {
        return live.values().stream()
                .anyMatch(branch -> branch.newest().commit().equals(commit));
    }

    /// Creates a branch at a commit that is durable or will be with the journal. Durable itself when this returns.
    LiveBranch create(String name, Hash commit) {
        check(name);
        ByteWriter record = LogRecord.encode(new LogRecord.Moved(name, commit, true));
        long lsn;
        changing.lock();
        try {
            gate.ensureOpen();
            if (table.find(name).isPresent()) {
                throw new DatabaseException.Incorrect(
                                ErrorCode.BRANCH_EXISTS,
                                "There is a branch '" + name + "' already: use it, delete it, or take another name")
                        .with("branch", name);
            }
            lsn = storage.journal().append(LogRecord.MOVED, record.array(), 0, record.length());
            table = table.with(
                    name, RefValue.branch(commit, lsn, storage.clock().millis()));
        } finally {
            changing.unlock();
        }
        storage.acknowledgement().await(lsn);
        return require(name);
    }

    /// Deletes a branch. Durable when this returns.
    void delete(String name) {
        LiveBranch branch = require(name);
        ByteWriter record = LogRecord.encode(new LogRecord.Dropped(name));
        long lsn;
        changing.lock();
        try {
            lsn = branch.drop(() -> storage.journal().append(LogRecord.DROPPED, record.array(), 0, record.length()));
            live.remove(name);
            table = table.without(name);
        } finally {
            changing.unlock();
        }
        storage.acknowledgement().await(lsn);
    }

    /// What a checkpoint starts from: the journal position and, as of exactly there, the table (put aside) and who
    /// is live.
    Cut cut() {
        changing.lock();
        try {
            table = table.frozen();
            return new Cut(storage.journal().appended(), table, List.copyOf(live.values()));
        } finally {
            changing.unlock();
        }
    }

    /// See [#cut()].
    record Cut(long lsn, BranchTable table, Collection<LiveBranch> live) {}

    /// Takes the folded table of a checkpoint as the new base.
    void folded(Tree refs) {
        changing.lock();
        try {
            table = table.folded(refs);
        } finally {
            changing.unlock();
        }
    }

    /// Waits until no change is on its way. After the gate is closed, none comes after.
    void settle() {
        changing.lock();
        try {
            live.values().forEach(LiveBranch::awaitWriters);
        } finally {
            changing.unlock();
        }
    }

    /// The table as of the last checkpoint.
    Tree refs() {
        return table.tree();
    }

    private static void check(String name) {
        RefName.problem(name).ifPresent(problem -> {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_BRANCH_NAME,
                            "The branch name '" + name + "' " + problem.reason() + ": choose another name")
                    .with("branch", name);
        });
    }
}
