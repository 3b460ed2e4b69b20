package coppice.engine.projection;

import coppice.engine.delta.Delta;
import coppice.engine.state.DeltaEdits;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import coppice.kernel.tree.TreeDiff;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes trees of entries: from a whole space, or from the entries of another state of it by what differs. Writes
/// chunks. Safe for all threads.
///
/// @param nodes where trees are
/// @param batchBytes how much heap the entries may hold that wait to be put in order
public record Deriving(Nodes nodes, long batchBytes) {
    /// Entries are made anew when so large a part of them would change one by one: that costs about as much.
    private static final int ANEW_RATIO = 4;

    /// The entries of all rows of a space. Costs a walk over the rows, and sorting the entries: in memory, or
    /// where they are too many for that, by merging trees of them.
    Tree all(Derivation derivation, Tree source) {
        Deque<Tree> runs = new ArrayDeque<>();
        EntryChanges batch = new EntryChanges(derivation);
        Walk walk = new Walk(derivation, source);
        while (walk.next()) {
            batch.row(walk.cursor.key(), null, walk.cursor.value());
            if (batch.bytes() >= batchBytes) {
                runs.add(run(batch));
            }
        }
        runs.add(run(batch));
        while (runs.size() > 1) {
            runs.add(union(runs.remove(), runs.remove()));
        }
        return runs.remove();
    }

    /// The rows that a derivation looks at.
    private static final class Walk {
        private final Cursor cursor;
        private final byte @Nullable [] end;
        private final byte[] begin;
        private boolean started;

        Walk(Derivation derivation, Tree source) {
            this.cursor = source.cursor();
            this.begin = derivation.keys().lower();
            this.end = derivation.keys().upper().orElse(null);
        }

        boolean next() {
            boolean more = (started || begin.length == 0) ? cursor.next() : cursor.seek(begin);
            started = true;
            return more && (end == null || cursor.compareKey(end) < 0);
        }
    }

    private Tree run(EntryChanges batch) {
        Delta sorted = Delta.EMPTY.with(batch.keys(), batch.values());
        batch.clear();
        TreeBuilder builder = Tree.builder(nodes);
        for (var cursor = sorted.cursor(); cursor.next(); ) {
            builder.add(cursor.key(), cursor.value());
        }
        return builder.finish();
    }

    private Tree union(Tree one, Tree other) {
        return one.merge(Tree.empty(nodes), other, conflict -> {
                    throw new IllegalStateException("Two rows have an entry with the same key");
                })
                .tree();
    }

    /// The entries of a space from those of another state of it. Costs what differs; nothing comes of it when
    /// that is so much that making all anew is quicker.
    Optional<Tree> advanced(Derivation derivation, Tree before, Tree entries, Tree after) {
        long most = Math.max(1_000, after.count() / ANEW_RATIO);
        byte[] from = derivation.keys().lower();
        TreeDiff diff = before.diff(
                after, from.length == 0 ? null : from, derivation.keys().upper().orElse(null));
        Tree tree = entries;
        EntryChanges batch = new EntryChanges(derivation);
        for (long rows = 0; diff.next(); rows++) {
            if (rows == most) {
                return Optional.empty();
            }
            batch.row(diff.key(), diff.before(), diff.after());
            if (batch.bytes() >= batchBytes) {
                tree = apply(tree, batch);
            }
        }
        return Optional.of(apply(tree, batch));
    }

    private static Tree apply(Tree tree, EntryChanges batch) {
        Delta sorted = Delta.EMPTY.with(batch.keys(), batch.values());
        batch.clear();
        return tree.apply(new DeltaEdits(sorted));
    }
}
