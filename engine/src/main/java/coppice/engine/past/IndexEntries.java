package coppice.engine.past;

import coppice.engine.delta.Delta;
import coppice.engine.delta.DeltaCursor;
import coppice.engine.past.CommitChanges.Change;
import coppice.engine.state.Folds;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an index of changed keys has to say of commits. Safe for all threads.
///
/// @param nodes the trees
/// @param history the commits
/// @param none a catalog without spaces
/// @param folds spares it to compare trees of late
record IndexEntries(Nodes nodes, History history, Catalog none, Folds folds) {
    /// A commit that changed more keys of a space is asked itself.
    static final int LISTED_MAX = 2048;

    /// The entries of a commit, each once, in no order. Costs finding out what it changed.
    List<byte[]> of(Hash name, Commit commit) {
        Mark mark = new Mark(commit.generation(), name);
        List<byte[]> entries = new ArrayList<>();
        CommitChanges changes = new CommitChanges(nodes, history, commit, none);
        for (String space : changes.spaces()) {
            add(space, keys(space, changes), mark, entries);
        }
        entries.add(IndexKeys.name(mark));
        return entries;
    }

    /// Changed keys in order, null after the last.
    private interface Keys {
        byte @Nullable [] next();
    }

    private Keys keys(String space, CommitChanges changes) {
        Optional<Change> change = changes.change(space);
        Optional<Delta> exact = change.flatMap(one -> folds.exactly(one.before(), one.after()));
        if (exact.isPresent()) {
            DeltaCursor cursor = exact.get().cursor();
            return () -> cursor.next() ? cursor.key() : null;
        }
        Optional<Delta> folded = change.flatMap(one -> folds.between(one.before(), one.after()));
        if (folded.isPresent()) {
            return keys(change.get().before(), folded.get());
        }
        OwnChanges own = changes.in(space, null, null);
        return () -> own.next() ? own.key() : null;
    }

    /// Some that were written have the value that they had.
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    private static Keys keys(Tree before, Delta changes) {
        DeltaCursor cursor = changes.cursor();
        return () -> {
            while (cursor.next()) {
                byte[] value = cursor.value() == Delta.REMOVED ? null : cursor.value();
                if (!Arrays.equals(before.get(cursor.key()), value)) {
                    return cursor.key();
                }
            }
            return null;
        };
    }

    private static void add(String space, Keys keys, Mark mark, List<byte[]> entries) {
        int start = entries.size();
        byte[] row = {};
        for (byte[] key = keys.next(); key != null; key = keys.next()) {
            if (entries.size() - start == LISTED_MAX) {
                entries.subList(start, entries.size()).clear();
                entries.add(IndexKeys.marked(IndexKeys.wide(space), mark));
                break;
            }
            byte[] next = IndexKeys.row(space, key);
            if (!Arrays.equals(row, next)) {
                entries.add(IndexKeys.marked(next, mark));
            }
            row = next;
        }
        if (entries.size() > start) {
            entries.add(IndexKeys.marked(IndexKeys.changed(space), mark));
        }
    }
}
