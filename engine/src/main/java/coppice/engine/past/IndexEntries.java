package coppice.engine.past;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Nodes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What an index of changed keys has to say of commits. Safe for all threads.
///
/// @param nodes the trees
/// @param history the commits
/// @param none a catalog without spaces
record IndexEntries(Nodes nodes, History history, Catalog none) {
    /// A commit that changed more keys of a space is asked itself.
    static final int LISTED_MAX = 2048;

    /// The entries of a commit, each once, in no order. Costs finding out what it changed.
    List<byte[]> of(Hash name, Commit commit) {
        Mark mark = new Mark(commit.generation(), name);
        List<byte[]> entries = new ArrayList<>();
        CommitChanges changes = new CommitChanges(nodes, history, commit, none);
        for (String space : changes.spaces()) {
            add(space, changes.in(space, null, null), mark, entries);
        }
        entries.add(IndexKeys.name(mark));
        return entries;
    }

    private static void add(String space, OwnChanges changes, Mark mark, List<byte[]> entries) {
        int start = entries.size();
        byte[] row = {};
        while (changes.next()) {
            if (entries.size() - start == LISTED_MAX) {
                entries.subList(start, entries.size()).clear();
                entries.add(IndexKeys.marked(IndexKeys.wide(space), mark));
                break;
            }
            byte[] next = IndexKeys.row(space, changes.key());
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
