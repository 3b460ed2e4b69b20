package coppice.engine.past;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/// Adds commits to a [ChangeIndex]: gathers what a batch of them changed, and makes a new run of it. Runs that
/// are not much larger than what follows them are merged with it, so that there are few, and each entry is
/// written again only O(log n) times, always in order: a log-structured merge (O'Neil et al., "The LSM-Tree",
/// 1996). Not thread-safe.
final class IndexWriter {
    /// A commit that changed more keys of a space is asked itself.
    static final int LISTED_MAX = 2048;

    /// A run is kept apart from what follows it as long as it has so many times the entries: so there are about as
    /// many as the number of batches has bits, and an entry is written about half as often.
    private static final int RATIO = 2;

    private final Nodes nodes;
    private final History history;
    private final Catalog none;
    private final List<byte[]> entries = new ArrayList<>();
    private final List<byte[]> covered = new ArrayList<>();

    IndexWriter(Nodes nodes, History history, Catalog none) {
        this.nodes = nodes;
        this.history = history;
        this.none = none;
    }

    /// How many entries were gathered.
    int size() {
        return entries.size();
    }

    /// Gathers what a commit changed. Its parents are covered, or were added before.
    void add(Hash name) {
        Commit commit = history.read(name);
        Mark mark = new Mark(commit.generation(), name);
        CommitChanges changes = new CommitChanges(nodes, history, commit, none);
        for (String space : changes.spaces()) {
            add(space, changes.in(space, null, null), mark);
        }
        entries.add(IndexKeys.name(mark));
        covered.add(ChangeIndex.coveredKey(name, commit.generation()));
    }

    private void add(String space, OwnChanges changes, Mark mark) {
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

    /// The index with all that was gathered. Writes chunks.
    ChangeIndex addTo(ChangeIndex index) {
        entries.sort(Bytes::compare);
        covered.sort(Bytes::compare);
        Tree all = index.covered()
                .apply(Edits.of(
                        covered.stream().map(key -> Edit.put(key, Bytes.EMPTY)).toList()));
        Distinct builder = new Distinct();
        entries.forEach(builder::add);
        List<Tree> runs = new ArrayList<>(index.runs());
        runs.add(builder.finish());
        return new ChangeIndex(all, merged(runs));
    }

    private List<Tree> merged(List<Tree> runs) {
        int first = runs.size() - 1;
        long size = runs.getLast().count();
        while (first > 0 && runs.get(first - 1).count() < RATIO * size) {
            first--;
            size += runs.get(first).count();
        }
        if (first == runs.size() - 1) {
            return runs;
        }
        List<Tree> fewer = new ArrayList<>(runs.subList(0, first));
        fewer.add(merge(runs.subList(first, runs.size())));
        return fewer;
    }

    /// Takes entries in order. Commits whose marks are alike share theirs.
    private final class Distinct {
        private final TreeBuilder builder = Tree.builder(nodes);
        private byte[] last = Bytes.EMPTY;

        void add(byte[] entry) {
            if (!Arrays.equals(last, entry)) {
                builder.add(entry, Bytes.EMPTY);
                last = entry;
            }
        }

        Tree finish() {
            return builder.finish();
        }
    }

    /// A run that is read, and the entry at which that is.
    private static final class Reading {
        private final Cursor cursor;
        private byte[] key = Bytes.EMPTY;

        Reading(Tree run) {
            this.cursor = run.cursor();
        }

        boolean next() {
            boolean more = cursor.next();
            key = more ? cursor.key() : Bytes.EMPTY;
            return more;
        }
    }

    /// All entries of some runs.
    private Tree merge(List<Tree> runs) {
        PriorityQueue<Reading> open = new PriorityQueue<>(Comparator.comparing(reading -> reading.key, Bytes::compare));
        for (Tree run : runs) {
            Reading reading = new Reading(run);
            if (reading.next()) {
                open.add(reading);
            }
        }
        Distinct builder = new Distinct();
        while (!open.isEmpty()) {
            Reading least = open.remove();
            builder.add(least.key);
            if (least.next()) {
                open.add(least);
            }
        }
        return builder.finish();
    }
}
