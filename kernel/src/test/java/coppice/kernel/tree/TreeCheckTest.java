package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import java.util.HashSet;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeCheckTest {
    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);

    @ParameterizedTest
    @EnumSource
    void everyTreeThatIsBuiltPasses(Rows.Shape shape) {
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : 3_000, new Random(1));
        rows.put(Rows.text("long"), new byte[70_000]);
        Tree tree = Rows.build(nodes, rows);
        Set<Hash> seen = new HashSet<>();
        assertThatCode(() -> tree.verify(seen::add)).doesNotThrowAnyException();
        assertThat(seen).hasSizeGreaterThan(1);
        assertThatCode(() -> Tree.empty(nodes).verify(hash -> true)).doesNotThrowAnyException();
    }

    /// Its nodes are valid, its hashes are right, its rows can be read: but it is not the tree of these rows.
    @Test
    void aTreeThatWasCutOtherwiseIsFoundOut() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 3_000, new Random(2));
        for (TreeFormat other : new TreeFormat[] {
            new TreeFormat(1_000, 1_024, 12 * 1024, 200, 1_024), new TreeFormat(9_000, 1_024, 12 * 1024, 200, 1_024)
        }) {
            Tree foreign = Rows.build(new Nodes(chunks, 1 << 20, other), rows);
            Tree tree = Tree.load(nodes, foreign.root());
            assertThat(tree.get(rows.firstKey())).isEqualTo(rows.firstEntry().getValue());
            assertThatThrownBy(() -> tree.verify(hash -> true))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("ends where its keys and sizes say");
        }
    }

    @Test
    void aRootOfOneChildIsFoundOut() {
        Tree leaf = Rows.build(nodes, Rows.of(Rows.Shape.DIGITS, 3, new Random(3)));
        NodeWriter writer = new NodeWriter(1);
        byte[] last = leaf.rootNode().key(2);
        writer.addChild(last, 0, last.length, 3, leaf.root(), null);
        Hash root = chunks.write(writer.encode());
        assertThatThrownBy(() -> Tree.load(nodes, root).verify(hash -> true))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("one child");
    }

    @Test
    void whatIsKnownIsLeftOut() {
        Tree tree = Rows.build(nodes, Rows.of(Rows.Shape.JSON, 3_000, new Random(4)));
        assertThatCode(() -> tree.verify(hash -> false)).doesNotThrowAnyException();
        Set<Hash> seen = new HashSet<>();
        tree.verify(hash -> {
            seen.add(hash);
            return hash.equals(tree.root());
        });
        assertThat(seen).hasSize(1 + tree.rootNode().count());
    }
}
