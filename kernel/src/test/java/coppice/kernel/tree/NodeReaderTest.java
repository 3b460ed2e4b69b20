package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NodeReaderTest {
    private static final Hash HASH = Hash.ZERO;

    @Test
    void everyNodeOfATreeIsValid() {
        for (byte[] bytes : someNodes()) {
            Node node = NodeReader.read(TreeFormat.V2, bytes, HASH);
            assertThat(node.count()).isEqualTo(Bytes.u16(bytes, NodeLayout.AT_COUNT));
        }
    }

    @Test
    void arbitraryBytesAreRefusedOrValid() {
        Property.forAll(Gen.bytes(0, 200)).runs(2_000).check(NodeReaderTest::readOrRefuse);
    }

    @Test
    void arbitraryBytesBehindAValidHeaderAreRefusedOrValid() {
        Gen<byte[]> headed = Gen.combine(Gen.bytes(8, 300), Gen.ints(0, 40), (bytes, count) -> {
            bytes[0] = NodeLayout.TAG;
            bytes[1] = NodeLayout.VERSION;
            bytes[2] = (byte) (bytes[2] & 1);
            bytes[3] = 0;
            Bytes.putU16(bytes, NodeLayout.AT_COUNT, count);
            return bytes;
        });
        Property.forAll(headed).runs(4_000).check(NodeReaderTest::readOrRefuse);
    }

    @Test
    void damagedNodesAreRefusedOrValid() {
        Random random = new Random(7);
        int refused = 0;
        List<byte[]> nodes = someNodes();
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = nodes.get(random.nextInt(nodes.size())).clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                // Most of the structure is in front.
                int at = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
                bytes[at] = (byte) random.nextInt(256);
            }
            refused += readOrRefuse(bytes) ? 0 : 1;
        }
        assertThat(refused).isGreaterThan(5_000);
    }

    @Test
    void cutAndExtendedNodesAreRefused() {
        for (byte[] bytes : someNodes()) {
            for (int length : new int[] {0, 1, 7, 8, bytes.length / 2, bytes.length - 1, bytes.length + 1}) {
                byte[] other = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> NodeReader.read(TreeFormat.V2, other, HASH))
                        .isInstanceOf(CorruptException.class);
                byte[] lent = Arrays.copyOf(bytes, bytes.length + 100);
                assertThatThrownBy(() -> NodeReader.readLent(TreeFormat.V2, lent, length, HASH))
                        .as("what lies behind does not count")
                        .isInstanceOf(CorruptException.class);
            }
        }
    }

    @Test
    void anotherVersionIsNamed() {
        byte[] bytes = someNodes().getFirst().clone();
        bytes[NodeLayout.AT_VERSION] = 3;
        assertThatThrownBy(() -> NodeReader.read(TreeFormat.V2, bytes, HASH))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("node version 2")
                .hasMessageContaining("version 3");
    }

    @Test
    void aChildThatIsNotWhatItsParentSaysIsRefused() {
        MemoryChunks chunks = new MemoryChunks();
        Tree tree = Rows.build(new Nodes(chunks, 1 << 20), Rows.of(Rows.Shape.RANDOM, 500, new Random(3)));
        Node root = tree.rootNode();
        byte[] second = chunks.read(root.childHash(1));
        assertThatCode(() -> NodeReader.readChild(TreeFormat.V2, second, root, 1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> NodeReader.readChild(TreeFormat.V2, second, root, 0))
                .isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> NodeReader.readChild(TreeFormat.V2, root.bytes(), root, 0))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("level 0");
    }

    /// Whether the bytes are a node; fails on any other outcome than that or a [CorruptException].
    private static boolean readOrRefuse(byte[] bytes) {
        try {
            Node node = NodeReader.read(TreeFormat.V2, bytes, HASH);
            // What was accepted can be used: every offset is inside.
            for (int i = 0; i < node.count(); i++) {
                assertThat(node.search(node.key(i))).isEqualTo(i);
                if (node.isLeaf()) {
                    assertThat(Cell.valueLength(bytes, node.cellStart(i), node.cellEnd(i)))
                            .isBetween(0L, (long) Tree.MAX_VALUE_BYTES);
                } else {
                    assertThat(node.childHash(i)).isNotNull();
                }
            }
            return true;
        } catch (CorruptException refused) {
            return false;
        }
    }

    private static List<byte[]> someNodes() {
        List<byte[]> nodes = new ArrayList<>();
        for (Rows.Shape shape : Rows.Shape.values()) {
            NavigableMap<byte[], byte[]> rows = Rows.of(shape, 300, new Random(5));
            rows.put(Rows.text("long"), new byte[1025]);
            collect(Rows.build(new Nodes(new MemoryChunks(), 1 << 20), rows), nodes);
        }
        return nodes;
    }

    private static void collect(Tree tree, List<byte[]> into) {
        collect(tree, tree.rootNode(), into);
    }

    private static void collect(Tree tree, Node node, List<byte[]> into) {
        into.add(node.bytes());
        for (int i = 0; !node.isLeaf() && i < node.count(); i++) {
            collect(tree, tree.nodes().passing(node, i), into);
        }
    }
}
