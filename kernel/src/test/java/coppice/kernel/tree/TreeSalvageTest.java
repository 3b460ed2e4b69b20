package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.LackingChunks;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TreeSalvageTest {
    private final MemoryChunks chunks = new MemoryChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);

    /// What is told: rows, and spans in the order of keys.
    private static final class Told implements TreeSalvage.Visitor {
        private final NavigableMap<byte[], byte[]> rows = Rows.map();
        private final List<KeySpan> lost = new ArrayList<>();
        private byte[] last = Bytes.EMPTY;

        @Override
        public void row(byte[] key, byte[] value) {
            assertThat(Bytes.compare(last, key)).isNegative();
            rows.put(key, value);
            last = key;
        }

        @Override
        public void lost(KeySpan span) {
            assertThat(Bytes.compare(last, span.after())).isLessThanOrEqualTo(0);
            lost.add(span);
            last = span.upTo();
        }

        boolean isLost(byte[] key) {
            return lost.stream()
                    .anyMatch(span -> Bytes.compare(span.after(), key) < 0
                            && (span.upTo().length == 0 || Bytes.compare(key, span.upTo()) <= 0));
        }
    }

    private Told salvage(Hash root, Set<Hash> lost) {
        Told told = new Told();
        TreeSalvage.visit(new Nodes(new LackingChunks(chunks, lost), 1 << 20), root, told);
        return told;
    }

    @Test
    void eachRowIsThereOrInAStretchThatIsNamed() {
        Random random = new Random(1);
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.JSON, 3_000, random);
        rows.put(Rows.text("{"), new byte[9_000]);
        Tree tree = Rows.build(nodes, rows);
        List<Hash> all = new ArrayList<>();
        tree.visitChunks(all::add);
        for (int run = 0; run < 200; run++) {
            Set<Hash> lost = new HashSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                lost.add(all.get(1 + random.nextInt(all.size() - 1)));
            }
            Told told = salvage(tree.root(), lost);
            rows.forEach((key, value) -> {
                assertThat(told.isLost(key)).isEqualTo(!told.rows.containsKey(key));
                assertThat(told.rows.getOrDefault(key, value)).isEqualTo(value);
            });
            assertThat(told.lost).hasSizeBetween(1, lost.size());
        }
    }

    @Test
    void withoutItsRootAllIsLostAndWithoutLossNothingIs() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 500, new Random(2));
        Tree tree = Rows.build(nodes, rows);
        assertThat(salvage(tree.root(), Set.of(tree.root())).lost).containsExactly(KeySpan.ALL);
        assertThat(salvage(tree.root(), Set.of()).lost).isEmpty();
        assertThat(salvage(tree.root(), Set.of()).rows).hasSameSizeAs(rows);
        assertThat(salvage(Nodes.EMPTY_ROOT, Set.of()).lost).isEmpty();
    }

    @Test
    void neighboursAreToldAsOneStretch() {
        Tree tree = Rows.build(nodes, Rows.of(Rows.Shape.DIGITS, 200, new Random(3)));
        Node root = tree.rootNode();
        assertThat(root.level()).isEqualTo(1);
        Set<Hash> lost = Set.of(root.childHash(2), root.childHash(3), root.childHash(5));
        assertThat(salvage(tree.root(), lost).lost)
                .containsExactly(new KeySpan(root.key(1), root.key(3)), new KeySpan(root.key(4), root.key(5)));
    }
}
