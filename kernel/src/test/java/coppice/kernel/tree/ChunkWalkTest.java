package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Trees that somebody forged of chunks that are all sound: only what is said of them, or where they stand, is wrong.
class ChunkWalkTest {
    private static final int ROWS = 400;

    private final List<Hash> written = new ArrayList<>();
    private final Chunks chunks = new Chunks() {
        private final MemoryChunks memory = new MemoryChunks();

        @Override
        public byte[] read(Hash hash) {
            return memory.read(hash);
        }

        @Override
        public boolean contains(Hash hash) {
            return memory.contains(hash);
        }

        @Override
        public void write(Hash hash, byte[] bytes, int length) {
            memory.write(hash, bytes, length);
            written.add(hash);
        }
    };
    private final Nodes nodes = new Nodes(chunks, 1 << 20);

    private static byte[] key(int row) {
        return Rows.text(String.format("%06d", row));
    }

    private Tree tree(int from, int to, Random values) {
        return tree(from, to, values, 40);
    }

    private Tree tree(int from, int to, Random values, int shortest) {
        List<Edit> rows = new ArrayList<>();
        for (int row = from; row < to; row++) {
            byte[] value = new byte[shortest + values.nextInt(40)];
            values.nextBytes(value);
            rows.add(Edit.put(key(row), value));
        }
        return Tree.empty(nodes).apply(Edits.of(rows));
    }

    private Tree honest() {
        Tree tree = tree(0, ROWS, new Random(1));
        assertThat(tree.height()).isEqualTo(2);
        assertThat(tree.rootNode().count()).isGreaterThan(3);
        return tree;
    }

    /// Another root, of which one child is another.
    private Hash forged(Node root, int entry, Node from, int child, byte[] key) {
        byte[] bytes = root.bytes().clone();
        System.arraycopy(from.bytes(), from.childHashAt(child), bytes, root.childHashAt(entry), Hash.BYTES);
        Bytes.putI64(bytes, NodeLayout.rowsAt(root.count()) + entry * Long.BYTES, from.childContent(child));
        System.arraycopy(key, 0, bytes, root.keyStart(entry), key.length);
        int last = root.count() - 1;
        int common =
                Arrays.mismatch(bytes, root.keyStart(0), root.keyEnd(0), bytes, root.keyStart(last), root.keyEnd(last));
        Bytes.putU16(bytes, NodeLayout.AT_COMMON, common);
        return chunks.write(bytes);
    }

    private ChunkWalk walk() {
        return new ChunkWalk(nodes, chunks::read, new HashSet<>()::add);
    }

    /// What can be learnt of all chunks, but of one.
    private ChunkFacts facts(Hash but) {
        ChunkFacts facts = new ChunkFacts(4711);
        written.stream().filter(hash -> !hash.equals(but)).forEach(hash -> facts.learn(hash, chunks.read(hash)));
        facts.settle();
        return facts;
    }

    private void isRefused(Hash root, List<Tree> known, String expected) {
        isRefused(walk(), root, known, expected);
        ChunkWalk knowing = walk();
        knowing.knowing(facts(Hash.ZERO));
        isRefused(knowing, root, known, expected);
    }

    @Test
    void whatIsProvedIsNotReadAgain() {
        Tree tree = honest();
        List<Hash> read = new ArrayList<>();
        ChunkWalk.Source source = hash -> {
            read.add(hash);
            return chunks.read(hash);
        };
        ChunkWalk knowing = new ChunkWalk(nodes, source, new HashSet<>()::add);
        knowing.knowing(facts(Hash.ZERO));
        knowing.tree(tree.root(), List.of());
        assertThat(read).isEmpty();
        ChunkWalk ofLeaves = new ChunkWalk(nodes, source, new HashSet<>()::add);
        ofLeaves.knowing(facts(tree.root()));
        ofLeaves.tree(tree.root(), List.of());
        assertThat(read)
                .as("only of the first leaf is not known what is before it")
                .containsExactly(tree.root(), tree.rootNode().childHash(0));
    }

    private static void isRefused(ChunkWalk walk, Hash root, List<Tree> known, String expected) {
        assertThatThrownBy(() -> walk.tree(root, known))
                .isInstanceOfSatisfying(
                        CorruptException.class,
                        wrong -> assertThat(wrong.expected()).contains(expected));
    }

    @Test
    void aLeafThatIsNamedTwiceIsRefused() {
        Node root = honest().rootNode();
        isRefused(forged(root, 1, root, 0, root.key(1)), List.of(), "the last key that its parent says");
    }

    /// A root of which the second leaf begins before the first one ends.
    @Test
    void aLeafThatBeginsTooEarlyIsRefused() {
        Tree honest = honest();
        Node root = honest.rootNode();
        int rows = (int) root.childRows(0);
        for (int seed = 2; seed < 10_000; seed++) {
            Tree other = tree(rows - 1, ROWS, new Random(seed));
            if (other.rootNode().hasKey(0, root.key(1))) {
                isRefused(forged(root, 1, other.rootNode(), 0, root.key(1)), List.of(), "a first key behind");
                return;
            }
        }
        throw new AssertionError("no leaf ends at " + Arrays.toString(root.key(1)));
    }

    /// A root of which a leaf ends after the next one begins, which others have at the same place.
    private Hash reaching(Node root) {
        for (int seed = 2; seed < 1_000; seed++) {
            Node other = tree(0, ROWS, new Random(seed), seed % 80).rootNode();
            for (int leaf = 1; !other.isLeaf() && leaf < other.count(); leaf++) {
                byte[] last = other.key(leaf);
                int next = root.search(last);
                boolean reaches = next > 1
                        && next < root.count()
                        && !root.hasKey(next, last)
                        && other.compareKey(leaf - 1, root, next - 2) >= 0
                        && other.compareKey(leaf - 1, root, next - 1) < 0;
                if (other.level() == 1 && reaches) {
                    return forged(root, next - 1, other, leaf, last);
                }
            }
        }
        throw new AssertionError("no leaf ends in the midst of another");
    }

    @Test
    void aLeafThatReachesIntoAKnownOneIsRefused() {
        Tree honest = honest();
        isRefused(reaching(honest.rootNode()), List.of(honest), "a first key behind");
    }

    @Test
    void aLeafThatReachesIntoOneThatWasWalkedBeforeIsRefused() {
        Tree honest = honest();
        ChunkWalk walk = walk();
        walk.tree(honest.root(), List.of());
        isRefused(walk, reaching(honest.rootNode()), List.of(), "a first key behind");
    }

    @Test
    void theLastLeafMayEndAnywhereAndNoOther() {
        int seed = 0;
        Tree tree = honest();
        Tree longer = tree;
        int last = tree.rootNode().count() - 1;
        while (longer.height() != 2 || tree.height() != 2 || longer.rootNode().count() <= last + 1) {
            assertThat(seed++).isLessThan(1_000);
            tree = tree(0, ROWS, new Random(seed));
            longer = tree(0, ROWS + 90, new Random(seed));
            last = tree.rootNode().count() - 1;
        }
        Node root = tree.rootNode();
        ChunkWalk walk = walk();
        walk.tree(tree.root(), List.of());
        Hash lie = forged(longer.rootNode(), last, root, last, root.key(last));
        isRefused(walk, lie, List.of(), "a node that ends where its keys and sizes say");
    }

    @Test
    void aPartOfALongValueThatIsNamedTwiceIsRefused() {
        byte[] value = new byte[300_000];
        new Random(1).nextBytes(value);
        Blob blob = Blob.write(chunks, value);
        BlobNode index = BlobNode.decode(chunks.read(blob.root()), blob.root());
        assertThat(index.end(0)).isNotEqualTo(index.end(1) - index.end(0));
        byte[] bytes = chunks.read(blob.root()).clone();
        int names = bytes.length - index.count() * Hash.BYTES;
        System.arraycopy(bytes, names, bytes, names + Hash.BYTES, Hash.BYTES);
        Hash lie = chunks.write(bytes);
        Tree tree = Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(key(1), value))));
        byte[] leaf = chunks.read(tree.root()).clone();
        int at = 0;
        while (!Hash.read(leaf, at).equals(blob.root())) {
            at++;
        }
        lie.write(leaf, at);
        Hash root = chunks.write(leaf);
        isRefused(root, List.of(), "a blob chunk for");
        isRefused(root, List.of(tree), "a blob chunk for");
        ChunkWalk walk = walk();
        walk.tree(tree.root(), List.of());
        isRefused(walk, root, List.of(), "a blob chunk for");
    }
}
