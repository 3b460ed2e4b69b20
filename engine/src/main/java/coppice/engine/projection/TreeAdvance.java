package coppice.engine.projection;

import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.state.DeltaEdits;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Brings a tree of entries from one state of folded inputs to another. Where there are none yet, what is put is
/// sorted, until somebody asks for entries.
final class TreeAdvance extends Advance {
    private final Step step;
    private final Deriving deriving;
    private final Ticker ticker;
    private final boolean isNew;
    private final long most;
    private final Changes pending = new Changes();
    private final EntrySort sort;
    private EntrySort.@Nullable Part first;
    private Tree entries;
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
        this.most = most;
        this.entries = entries;
        this.sort = new EntrySort(deriving.nodes(), deriving.batchBytes());
        this.first = isNew ? sort.part() : null;
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
                ticker.rows(1);
                visitor.row(cursor.key(), null, cursor.value());
            }
            return;
        }
        TreeDiff diff = before(input).base().diff(now, from.length == 0 ? null : from, end);
        while (diff.next()) {
            if (++differing > most) {
                throw new TooMuch();
            }
            ticker.rows(1);
            visitor.row(diff.key(), diff.before(), diff.after());
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    public void put(byte[] key, byte[] value) {
        if (first != null) {
            if (value != Delta.REMOVED) {
                first.add(key, value);
            }
            return;
        }
        pending.put(key, value);
        if (pending.bytes() >= deriving.batchBytes()) {
            tree();
        }
    }

    @Override
    public long batchBytes() {
        return deriving.batchBytes();
    }

    @Override
    public SpaceState entries() {
        return SpaceState.of(deriving.roots(), tree());
    }

    private Tree tree() {
        if (first != null) {
            first.end();
            entries = sort.finish();
            first = null;
        }
        if (!pending.isEmpty()) {
            entries = entries.apply(new DeltaEdits(pending.sorted()));
        }
        return entries;
    }
}
