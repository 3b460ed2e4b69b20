package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// Brings a tree of entries from one state of folded inputs to another. Where there are none yet, what is put is
/// gathered in runs that are merged in the end, until somebody asks for entries.
final class TreeAdvance extends Advance {
    private final Step step;
    private final Deriving deriving;
    private final Ticker ticker;
    private final boolean isNew;
    private final long most;
    private final Changes pending = new Changes();
    private final Deque<Tree> runs = new ArrayDeque<>();
    private boolean isApplied;
    private long differing;

    /// So much differs that making all anew is quicker.
    static final class TooMuch extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMuch() {
            super("Too much differs", null, false, false);
        }
    }

    /// @param most how many rows may differ: when more do, [#finish()] throws [TooMuch]
    TreeAdvance(
            Step step, Deriving deriving, Ticker ticker, List<Tree> before, Tree entries, List<Tree> after, long most) {
        super(states(deriving.roots(), before), states(deriving.roots(), after));
        this.step = step;
        this.deriving = deriving;
        this.ticker = ticker;
        this.isNew = before.stream().allMatch(Tree::isEmpty);
        this.isApplied = !isNew;
        this.most = most;
        runs.add(entries);
    }

    private static List<SpaceState> states(Roots roots, List<Tree> trees) {
        return trees.stream().map(tree -> SpaceState.of(roots, tree)).toList();
    }

    /// The entries of a state.
    static Tree all(Step step, Deriving deriving, List<Tree> inputs, Ticker ticker) {
        Tree none = Tree.empty(deriving.nodes());
        List<Tree> before = inputs.stream().map(_ -> none).toList();
        return new TreeAdvance(step, deriving, ticker, before, none, inputs, Long.MAX_VALUE).finish();
    }

    /// The entries that come of it.
    Tree finish() {
        step.advance(this);
        return tree();
    }

    @Override
    public boolean isNew() {
        return isNew;
    }

    @Override
    public void differences(int input, RowChange visitor) {
        Range keys = step.keys(input);
        byte[] from = keys.lower();
        byte[] end = keys.upper().orElse(null);
        Tree now = after(input).base();
        if (before(input).base().isEmpty()) {
            Cursor cursor = now.cursor();
            boolean more = from.length == 0 ? cursor.next() : cursor.seek(from);
            for (; more && (end == null || cursor.compareKey(end) < 0); more = cursor.next()) {
                ticker.row();
                visitor.row(cursor.key(), null, cursor.value());
            }
            return;
        }
        TreeDiff diff = before(input).base().diff(now, from.length == 0 ? null : from, end);
        while (diff.next()) {
            if (++differing > most) {
                throw new TooMuch();
            }
            ticker.row();
            visitor.row(diff.key(), diff.before(), diff.after());
        }
    }

    @Override
    public void put(byte[] key, byte[] value) {
        pending.put(key, value);
        if (pending.bytes() >= deriving.batchBytes()) {
            flush();
        }
    }

    @Override
    public long batchBytes() {
        return deriving.batchBytes();
    }

    @Override
    public SpaceState entries() {
        isApplied = true;
        return SpaceState.of(deriving.roots(), tree());
    }

    private void flush() {
        if (pending.isEmpty()) {
            return;
        }
        Delta sorted = pending.sorted();
        runs.add(isApplied ? mergedRuns().apply(new DeltaEdits(sorted)) : run(sorted));
    }

    private Tree tree() {
        flush();
        Tree all = mergedRuns();
        runs.add(all);
        return all;
    }

    private Tree mergedRuns() {
        while (runs.size() > 1) {
            runs.add(union(runs.remove(), runs.remove()));
        }
        return runs.remove();
    }

    private Tree union(Tree one, Tree other) {
        Tree none = Tree.empty(deriving.nodes());
        return one.merge(none, other, conflict -> {
                    throw new IllegalStateException("Two rows have an entry with the same key");
                })
                .tree();
    }

    private Tree run(Delta sorted) {
        TreeBuilder builder = Tree.builder(deriving.nodes());
        for (var cursor = sorted.cursor(); cursor.next(); ) {
            builder.add(cursor.key(), cursor.value());
        }
        return builder.finish();
    }
}
