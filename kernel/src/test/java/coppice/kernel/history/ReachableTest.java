package coppice.kernel.history;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachableTest {
    private static final int ROWS = 500;

    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 64 << 20);
    private final History history = new History(nodes);

    /// Rows that differ from version to version, one of them long.
    private Catalog catalog(int version) {
        List<Edit> edits = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            byte[] key = {(byte) (row >> 8), (byte) row};
            edits.add(Edit.put(key, row == version ? new byte[300_000 + version] : new byte[20]));
        }
        Tree rows = Tree.empty(nodes).apply(Edits.of(edits));
        Tree schema = Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(new byte[] {1}, new byte[version]))));
        return Catalog.empty(nodes).with("s" + version % 3, SpaceRecord.of("table", rows, schema.root()));
    }

    private Hash commit(int version, Hash... parents) {
        return history.commit(CommitDraft.of(catalog(version).root(), List.of(parents), "a", version, "v" + version));
    }

    /// Reads everything that refs point to, in a store that has only some chunks.
    private static long readAll(Nodes copy, Refs refs) {
        History history = new History(copy);
        long rows = 0;
        for (Refs.Ref ref : refs.list("")) {
            List<Hash> catalogs = new ArrayList<>();
            Hash commit = ref.value().commit();
            if (commit != null) {
                CommitLog log = history.log(List.of(commit));
                while (log.next()) {
                    history.check(log.hash());
                    catalogs.add(log.commit().catalog());
                }
            }
            Hash working = ref.value().working();
            if (working != null) {
                catalogs.add(working);
            }
            for (Hash root : catalogs) {
                Catalog catalog = Catalog.load(copy, root);
                for (Catalog.Space space : catalog.spaces()) {
                    Cursor cursor = catalog.rows(space.name()).cursor();
                    while (cursor.next()) {
                        rows += cursor.value().length > 0 ? 1 : 0;
                    }
                    Hash schema = space.record().schema();
                    if (schema != null) {
                        assertThat(Tree.load(copy, schema).count()).isEqualTo(1);
                    }
                }
            }
        }
        return rows;
    }

    @Test
    void whatIsVisitedIsEnoughAndNothingElseIs() {
        Hash first = commit(1);
        Hash second = commit(2, first);
        Hash side = commit(3, first);
        Hash merge = commit(4, second, side);
        Hash lost = commit(5, merge);
        Hash working = catalog(6).root();
        Refs refs = Refs.empty(nodes)
                .with("main", RefValue.branch(merge, 0, 0).moved(merge, working, 1, 1))
                .with("side", RefValue.branch(side, 0, 0))
                .with("v1", RefValue.tag(first, null, 0, 0));
        Set<Hash> live = new HashSet<>();
        new Reachable(nodes, live::add).visit(refs);
        assertThat(live)
                .doesNotContain(
                        lost, history.read(lost).catalog(), history.read(lost).closure());
        assertThat((long) live.size()).isLessThan(chunks.count());

        MemoryChunks copy = new MemoryChunks();
        live.forEach(hash -> copy.write(chunks.read(hash)));
        Nodes there = new Nodes(copy, 64 << 20);
        // Four versions and the working state by the branch, two by the other, one by the tag.
        assertThat(readAll(there, Refs.load(there, refs.root()))).isEqualTo(8 * ROWS);

        // And each of them is needed.
        Set<Hash> asked = new HashSet<>();
        Nodes watched = new Nodes(new Watching(copy, asked), 64 << 20);
        assertThat(readAll(watched, Refs.load(watched, refs.root()))).isEqualTo(8 * ROWS);
        assertThat(asked).containsAll(live);
    }

    @Test
    void allCommitsOfAGraphAreVisitedOnce() {
        Property.forAll(Graph.shapes(40)).runs(40).check(shape -> {
            Graph graph = Graph.of(history, Catalog.empty(nodes).root(), shape);
            Set<Hash> live = new HashSet<>();
            new Reachable(nodes, live::add).visitCommit(graph.hash(graph.size() - 1));
            Set<Integer> expected = graph.withAncestors(graph.size() - 1);
            for (int commit = 0; commit < graph.size(); commit++) {
                assertThat(live.contains(graph.hash(commit))).isEqualTo(expected.contains(commit));
            }
        });
    }

    /// Remembers what was read.
    private record Watching(MemoryChunks chunks, Set<Hash> asked) implements Chunks {
        @Override
        public byte[] read(Hash hash) {
            asked.add(hash);
            return chunks.read(hash);
        }

        @Override
        public boolean contains(Hash hash) {
            return chunks.contains(hash);
        }

        @Override
        public void write(Hash hash, byte[] bytes, int length) {
            asked.add(hash);
            chunks.write(hash, bytes, length);
        }
    }
}
