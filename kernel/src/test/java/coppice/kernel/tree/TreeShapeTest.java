package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// How trees lie in nodes, and what they share, held against a look at every chunk.
class TreeShapeTest {
    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20, Sample.SMALL);

    private Set<Hash> nodesOf(Tree tree) {
        Set<Hash> all = new HashSet<>();
        tree.visitChunks(hash -> chunks.read(hash)[0] == NodeLayout.TAG && all.add(hash));
        return all;
    }

    private long bytes(Set<Hash> hashes) {
        return hashes.stream().mapToLong(hash -> chunks.read(hash).length).sum();
    }

    @Test
    void theShapeIsThatOfTheChunks() {
        Property.forAll(Sample.sizes()).runs(60).check(size -> {
            NavigableMap<byte[], byte[]> map = Sample.map(size);
            Tree tree = Sample.build(nodes, map);
            TreeShape shape = tree.shape();
            Set<Hash> all = nodesOf(tree);
            List<TreeShape.Level> levels = shape.levels();
            assertThat(levels).hasSize(tree.height());
            assertThat(levels.stream().mapToLong(TreeShape.Level::nodes).sum()).isEqualTo(all.size());
            assertThat(levels.stream().mapToLong(TreeShape.Level::bytes).sum()).isEqualTo(bytes(all));
            assertThat(levels.getFirst().entries()).isEqualTo(map.size());
            assertThat(levels.getLast().nodes()).isOne();
            for (int level = 1; level < levels.size(); level++) {
                assertThat(levels.get(level).entries())
                        .isEqualTo(levels.get(level - 1).nodes());
            }
            assertThat(levels)
                    .allSatisfy(level -> assertThat(level.bytes())
                            .isBetween(level.nodes() * level.smallest(), level.nodes() * level.largest()));
            double mean = (double) levels.getFirst().bytes() / levels.getFirst().nodes();
            assertThat(levels.getFirst().fill()).isCloseTo(mean / Sample.SMALL.cap(), within(1e-9));
            assertThat(levels).allSatisfy(level -> assertThat(level.fill()).isBetween(0.0, 1.5));
            int inline = Sample.SMALL.inlineLimit();
            List<byte[]> large =
                    map.values().stream().filter(value -> value.length > inline).toList();
            assertThat(shape.blobs()).isEqualTo(large.size());
            assertThat(shape.blobBytes())
                    .isEqualTo(large.stream().mapToLong(value -> value.length).sum());
        });
    }

    @Test
    void whatIsNotSharedIsWhatTheOtherHasNot() {
        Gen<List<Sample.Block>> blocks = Sample.blocks();
        Property.forAll(Gen.combine(Sample.sizes(), blocks, (size, changes) -> {
                    NavigableMap<byte[], byte[]> map = Sample.map(size);
                    return List.of(map, Sample.changed(map, changes));
                }))
                .runs(150)
                .check(maps -> {
                    Tree one = Sample.build(nodes, maps.getFirst());
                    Tree other = Sample.build(nodes, maps.getLast());
                    Set<Hash> own = nodesOf(one);
                    own.removeAll(nodesOf(other));
                    TreeOverlap overlap = one.without(other);
                    assertThat(overlap.nodes()).isEqualTo(own.size());
                    assertThat(overlap.bytes()).isEqualTo(bytes(own));
                    long ownRows = own.stream()
                            .map(hash -> NodeReader.read(Sample.SMALL, chunks.read(hash), hash))
                            .filter(Node::isLeaf)
                            .mapToLong(Node::rows)
                            .sum();
                    assertThat(overlap.sharedRows()).isEqualTo(one.count() - ownRows);
                });
    }

    @Test
    void whatAChunkLeadsToIsWhatItHolds() {
        Nodes standard = new Nodes(chunks, 1 << 20);
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 1_000, new java.util.Random(1));
        rows.put(Rows.text("long"), new byte[400_000]);
        Tree tree = Rows.build(standard, rows);
        ChunkContent root = content(tree.root());
        assertThat(root.kind()).isEqualTo(ChunkContent.Kind.NODE);
        assertThat(root.level()).isEqualTo(tree.height() - 1);
        assertThat(root.holds()).isEqualTo(1_001);
        Set<Hash> seen = new HashSet<>();
        reach(tree.root(), seen);
        Set<Hash> all = new HashSet<>();
        tree.visitChunks(all::add);
        assertThat(seen).isEqualTo(all);
        assertThat(seen.stream().map(this::content).map(ChunkContent::kind))
                .contains(ChunkContent.Kind.BLOB_INDEX, ChunkContent.Kind.BLOB_DATA);
        assertThat(ChunkContent.of(Hash.ZERO, new byte[] {'C', 1})).isEmpty();
    }

    private ChunkContent content(Hash hash) {
        return ChunkContent.of(hash, chunks.read(hash)).orElseThrow();
    }

    private void reach(Hash hash, Set<Hash> seen) {
        if (seen.add(hash)) {
            content(hash).links().forEach(link -> reach(link, seen));
        }
    }
}
