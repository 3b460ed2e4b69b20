package coppice.engine.recovery;

import static coppice.engine.live.RefNames.SYSTEM;

import coppice.engine.live.Moves;
import coppice.engine.live.RefNames;
import coppice.engine.live.RefTable;
import coppice.engine.live.Reflog;
import coppice.engine.log.LogRecord;
import coppice.engine.log.Note;
import coppice.engine.log.RefMove;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Brings the branches from the last checkpoint to the end of the journal.
///
/// Trees are history-independent, so folding the same changes again arrives at the same roots; every commit made
/// since the checkpoint is made again, and must come out with its name.
public final class Recovery implements PastRecords.Known {
    private final Nodes nodes;
    private final Roots roots;
    private final History history;
    private final Map<String, BranchState> states = new HashMap<>();
    private final Map<String, PendingWrites> pending = new HashMap<>();
    private final List<SpaceWrites> derived = new ArrayList<>();
    private RefTable table;

    public Recovery(Nodes nodes, Roots roots, History history, RefTable table) {
        this.nodes = nodes;
        this.roots = roots;
        this.history = history;
        this.table = table;
    }

    /// All refs, after replay.
    public RefTable table() {
        return table;
    }

    /// The states of the branches that replay changed.
    public Map<String, BranchState> states() {
        List.copyOf(pending.keySet()).forEach(this::settle);
        settleDerived();
        return states;
    }

    /// Applies one record.
    ///
    /// @param lsn the position of the record's end
    public void replay(byte type, byte[] bytes, int offset, int length, long lsn) {
        LogRecord entry = LogRecord.decode(where(lsn), type, bytes, offset, length);
        switch (entry) {
            case LogRecord.Writes(var branch, var writes) -> gather(branch, writes, lsn);
            case LogRecord.Mark(var branch) -> apply(branch, entry, lsn, BranchState::frozen);
            case LogRecord.Committed committed ->
                apply(committed.branch(), entry, lsn, state -> commit(state, committed.commit(), lsn));
            case LogRecord.Transacted made -> apply(made.branch(), entry, lsn, state -> transact(state, made, lsn));
            case LogRecord.Loaded(var branch, var space, var root) ->
                apply(branch, entry, lsn, state -> state.with(space, Tree.load(nodes, root)));
            case LogRecord.Moved moved -> apply(moved.branch(), entry, lsn, state -> move(state, moved));
            case LogRecord.Placed(var ref, var value, var note) -> place(ref, value, note, lsn);
            case LogRecord.Dropped(var ref, var note) -> drop(entry, ref, note, lsn);
            case LogRecord.Renamed(var from, var to, var note) -> rename(from, to, note, lsn);
            case LogRecord.Stashed stashed -> stash(stashed, lsn);
        }
    }

    @Override
    public boolean has(String ref) {
        return table.find(ref).isPresent();
    }

    @Override
    public boolean isPast(String ref, long lsn) {
        return table.find(ref).map(RefValue::lsn).orElse(-1L) >= lsn;
    }

    @Override
    public void forget(String branch) {
        pending.remove(branch);
        states.remove(branch);
        table = table.without(RefNames.head(branch));
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

    private void apply(String name, LogRecord entry, long lsn, UnaryOperator<BranchState> change) {
        settle(name);
        BranchState before = state(name, lsn);
        if (lsn > before.lsn()) {
            BranchState after = change.apply(before).at(lsn);
            states.put(name, after);
            Moves.of(entry, before, after).ifPresent(move -> derive(RefNames.head(name), lsn, move));
        }
    }

    /// Gathers what the reflog has to say; nobody asks for it during replay, but for [#rename].
    private void derive(String ref, long lsn, RefMove move) {
        derived.add(Reflog.entry(ref, lsn, move));
    }

    private void settleDerived() {
        if (!derived.isEmpty()) {
            states.put(SYSTEM, state(SYSTEM, 0).derived(derived));
            derived.clear();
        }
    }

    private BranchState state(String name, long lsn) {
        return states.computeIfAbsent(name, missing -> load(missing, lsn));
    }

    private BranchState load(String name, long lsn) {
        RefValue ref = table.find(RefNames.head(name)).orElseThrow(() -> missing(RefNames.head(name), lsn));
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

    private BranchState transact(BranchState state, LogRecord.Transacted made, long lsn) {
        BranchState written = state.with(made.spaces());
        if (!made.isKept()) {
            return commit(written.frozen(), made.commit(), lsn);
        }
        Hash name = Hash.of(made.commit());
        return written.committed(name, history.read(name).catalog());
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

    private BranchState move(BranchState state, LogRecord.Moved moved) {
        Hash commit = moved.commit();
        BranchState there = BranchState.at(nodes, roots, history, commit, 0);
        return switch (moved.working()) {
            case LogRecord.Working.Committed _ -> there;
            case LogRecord.Working.Kept _ -> state.committed(commit, there.committedCatalog());
            case LogRecord.Working.Replaced(Hash catalog) ->
                BranchState.of(commit, there.committedCatalog(), Spaces.load(nodes, roots, catalog), 0);
        };
    }

    private void place(String ref, RefValue value, Note note, long lsn) {
        RefValue before = table.find(ref).orElse(null);
        table = table.with(ref, value.at(lsn));
        derive(ref, lsn, Moves.placed(note, before, value));
    }

    private void drop(LogRecord entry, String ref, Note note, long lsn) {
        RefValue value = table.find(ref).orElseThrow(() -> missing(ref, lsn));
        if (value.kind() == RefValue.Kind.BRANCH) {
            String name = RefNames.shown(ref);
            settle(name);
            Moves.of(entry, state(name, lsn), null).ifPresent(move -> derive(ref, lsn, move));
            states.remove(name);
        } else {
            derive(ref, lsn, Moves.removed(note, value));
        }
        table = table.without(ref);
    }

    private void rename(String from, String to, Note note, long lsn) {
        settle(from);
        settle(SYSTEM);
        BranchState state = state(from, lsn).at(lsn);
        RefValue value = table.find(RefNames.head(from)).orElseThrow(() -> missing(RefNames.head(from), lsn));
        states.remove(from);
        states.put(to, state);
        table = table.without(RefNames.head(from))
                .with(RefNames.head(to), RefValue.branch(state.commit(), lsn, value.createdAt()));
        settleDerived();
        BranchState system = state(SYSTEM, lsn);
        derived.add(Reflog.renamed(system.space(Reflog.SPACE), RefNames.head(from), RefNames.head(to), lsn));
        derive(RefNames.head(to), lsn, RefMove.of(note, state.commit(), state.commit()));
        settleDerived();
    }

    private void stash(LogRecord.Stashed stashed, long lsn) {
        apply(stashed.branch(), stashed, lsn, state -> {
            Hash head = state.commit();
            commit(state, stashed.commit(), lsn);
            return state.folded(Spaces.load(nodes, roots, state.committedCatalog()))
                    .committed(head, state.committedCatalog());
        });
        RefValue value =
                RefValue.pointer(Hash.of(stashed.commit()), lsn, stashed.note().millis());
        table = table.with(stashed.ref(), value);
        derive(stashed.ref(), lsn, Moves.placed(stashed.note(), null, value));
    }

    private static CorruptException missing(String ref, long lsn) {
        return new CorruptException(where(lsn), -1, "a ref that exists", "'" + ref + "'");
    }

    private static String where(long lsn) {
        return "journal record that ends at position " + lsn;
    }
}
