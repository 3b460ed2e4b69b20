package coppice.engine;

import coppice.engine.log.LogRecord;
import coppice.engine.log.SpaceWrites;
import coppice.engine.state.BranchState;
import coppice.engine.state.Folding;
import coppice.engine.state.Roots;
import coppice.engine.state.Spaces;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;
import coppice.kernel.history.CommitDraft;
import coppice.kernel.history.History;
import coppice.kernel.history.RefValue;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Brings the branches from the last checkpoint to the end of the journal.
///
/// Trees are history-independent, so folding the same changes again arrives at the same roots; every commit made
/// since the checkpoint is made again, and must come out with its name.
final class Recovery {
    private final Nodes nodes;
    private final Roots roots;
    private final History history;
    private final Map<String, BranchState> states = new HashMap<>();
    private final Map<String, PendingWrites> pending = new HashMap<>();
    private BranchTable table;

    Recovery(Nodes nodes, Roots roots, History history, BranchTable table) {
        this.nodes = nodes;
        this.roots = roots;
        this.history = history;
        this.table = table;
    }

    /// All branches, after replay.
    BranchTable table() {
        return table;
    }

    /// The states of the branches that replay changed.
    Map<String, BranchState> states() {
        List.copyOf(pending.keySet()).forEach(this::settle);
        return states;
    }

    /// Applies one record.
    ///
    /// @param lsn the position of the record's end
    void replay(byte type, byte[] bytes, int offset, int length, long lsn) {
        LogRecord entry = LogRecord.decode(where(lsn), type, bytes, offset, length);
        switch (entry) {
            case LogRecord.Writes(var branch, var writes) -> gather(branch, writes, lsn);
            case LogRecord.Mark(var branch) -> apply(branch, lsn, BranchState::frozen);
            case LogRecord.Committed(var branch, var commit) -> apply(branch, lsn, state -> commit(state, commit, lsn));
            case LogRecord.Loaded(var branch, var space, var root) ->
                apply(branch, lsn, state -> state.with(space, Tree.load(nodes, root)));
            case LogRecord.Moved(var branch, var commit, var created) -> move(branch, commit, created, lsn);
            case LogRecord.Dropped(var branch) -> drop(branch, lsn);
        }
    }

    private void gather(String name, List<SpaceWrites> writes, long lsn) {
        if (lsn > state(name, lsn).lsn()) {
            PendingWrites gathered = pending.computeIfAbsent(name, _ -> new PendingWrites());
            gathered.add(writes, lsn);
            if (gathered.isEnough()) {
                settle(name);
            }
        }
    }

    private void settle(String name) {
        PendingWrites gathered = pending.remove(name);
        if (gathered != null) {
            states.computeIfPresent(
                    name, (_, state) -> state.with(gathered.all()).at(gathered.lsn()));
        }
    }

    private void apply(String name, long lsn, UnaryOperator<BranchState> change) {
        settle(name);
        BranchState state = state(name, lsn);
        if (lsn > state.lsn()) {
            states.put(name, change.apply(state).at(lsn));
        }
    }

    private BranchState state(String name, long lsn) {
        return states.computeIfAbsent(name, missing -> load(missing, lsn));
    }

    private BranchState load(String name, long lsn) {
        RefValue ref = table.find(name)
                .orElseThrow(
                        () -> new CorruptException(where(lsn), -1, "a branch that exists", "branch '" + name + "'"));
        return BranchState.load(nodes, roots, history, ref);
    }

    private BranchState commit(BranchState state, byte[] bytes, long lsn) {
        Hash name = Hash.of(bytes);
        Commit commit = Commit.decode(name, bytes);
        Spaces folded = Folding.fold(state);
        if (!folded.root().equals(commit.catalog())) {
            String expected = "changes that fold to catalog " + commit.catalog() + ", as commit " + name + " says";
            throw new CorruptException(where(lsn), -1, expected, "catalog " + folded.root());
        }
        restore(commit, lsn);
        return state.folded(folded).committed(name, commit.catalog());
    }

    /// Writes a commit again, and the tree of its ancestors, which only the checkpoint would have kept.
    private void restore(Commit commit, long lsn) {
        Commit again = history.prepare(new CommitDraft(
                commit.catalog(),
                commit.parents(),
                commit.author(),
                commit.authoredAt(),
                commit.committer(),
                commit.committedAt(),
                commit.message(),
                commit.metadata()));
        if (!again.closure().equals(commit.closure())) {
            throw new CorruptException(where(lsn), -1, "ancestors " + commit.closure(), "ancestors " + again.closure());
        }
        history.write(commit);
    }

    private void move(String name, Hash commit, boolean created, long lsn) {
        if (!created) {
            apply(name, lsn, _ -> BranchState.at(nodes, roots, history, commit, lsn));
        } else if (table.find(name).isEmpty()) {
            table = table.with(name, RefValue.branch(commit, lsn, 0));
        }
    }

    private void drop(String name, long lsn) {
        settle(name);
        if (table.find(name).map(RefValue::lsn).orElse(Long.MAX_VALUE) < lsn) {
            table = table.without(name);
            states.remove(name);
        }
    }

    private static String where(long lsn) {
        return "journal record that ends at position " + lsn;
    }
}
