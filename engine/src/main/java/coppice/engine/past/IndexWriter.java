package coppice.engine.past;

import coppice.engine.state.Folds;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Catalog;
import coppice.kernel.history.Commit;
import coppice.kernel.history.History;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Adds commits to a [ChangeIndex]: gathers what a batch of them changed, and makes a new run of it. Runs that
/// are not much larger than what follows them are merged with it, so that there are few, and each entry is
/// written again only O(log n) times, always in order: a log-structured merge (O'Neil et al., "The LSM-Tree",
/// 1996). Not thread-safe.
final class IndexWriter {
    /// A run is kept apart from what follows it as long as it has so many times the entries: so there are about as
    /// many as the number of batches has bits, and an entry is written about half as often.
    private static final int RATIO = 2;

    private final Nodes nodes;
    private final History history;
    private final IndexEntries all;
    private final List<byte[]> entries = new ArrayList<>();
    private final List<byte[]> covered = new ArrayList<>();

    IndexWriter(Nodes nodes, History history, Catalog none, Folds folds) {
        this.nodes = nodes;
        this.history = history;
        this.all = new IndexEntries(nodes, history, none, folds);
    }

    /// How many entries were gathered.
    int size() {
        return entries.size();
    }

    /// Gathers what a commit changed. Its parents are covered, or were added before.
    void add(Hash name) {
        Commit commit = history.read(name);
        entries.addAll(all.of(name, commit));
        covered.add(ChangeIndex.coveredKey(name, commit.generation()));
    }

    /// The index with all that was gathered. Writes chunks.
    ChangeIndex addTo(ChangeIndex index) {
        entries.sort(Bytes::compare);
        covered.sort(Bytes::compare);
        Tree all = index.covered()
                .apply(Edits.of(
                        covered.stream().map(key -> Edit.put(key, Bytes.EMPTY)).toList()));
        List<Tree> runs = new ArrayList<>(index.runs());
        runs.add(run());
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

    /// A run of what was gathered. Commits whose marks are alike share entries.
    private Tree run() {
        TreeBuilder builder = Tree.builder(nodes);
        byte[] last = Bytes.EMPTY;
        for (byte[] entry : entries) {
            if (!Arrays.equals(last, entry)) {
                builder.add(entry, Bytes.EMPTY);
                last = entry;
            }
        }
        return builder.finish();
    }

    /// All entries of some runs.
    private Tree merge(List<Tree> runs) {
        TreeBuilder builder = Tree.builder(nodes);
        for (RunMerge merge = new RunMerge(runs); merge.next(); ) {
            builder.add(merge.key(), Bytes.EMPTY);
        }
        return builder.finish();
    }
}
