package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.CountingChunks;
import coppice.kernel.LackingChunks;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeAuditTest {
    private final CountingChunks chunks = new CountingChunks();
    private final Nodes nodes = new Nodes(chunks, 1 << 20);
    private final ChunkFacts facts = new ChunkFacts();
    private final List<String> problems = new ArrayList<>();
    private final List<KeySpan> lost = new ArrayList<>();
    private final TreeAudit.Problems listed = new TreeAudit.Problems() {
        @Override
        public void unreadable(Hash chunk, KeySpan rows, RuntimeException why) {
            lost.add(rows);
            problems.add("unreadable " + chunk);
        }

        @Override
        public void invalid(Hash chunk, CorruptException why) {
            problems.add("invalid " + chunk + " " + why.found());
        }
    };

    private List<String> audit(Nodes of, Hash root) {
        problems.clear();
        new TreeAudit(of, facts).tree(root, listed);
        return List.copyOf(problems);
    }

    /// Learns all chunks of a tree but some.
    private Set<Hash> learn(Tree tree, Set<Hash> without) {
        Set<Hash> all = new HashSet<>();
        tree.visitChunks(all::add);
        for (Hash hash : all) {
            if (!without.contains(hash)) {
                facts.learn(hash, chunks.read(hash));
            }
        }
        facts.settle();
        return all;
    }

    private static NavigableMap<byte[], byte[]> rows(Rows.Shape shape, int seed) {
        NavigableMap<byte[], byte[]> rows =
                Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : 3_000, new Random(seed));
        rows.put(Rows.text("one chunk"), new byte[9_000]);
        byte[] many = new byte[2_000_000];
        new Random(seed).nextBytes(many);
        rows.put(Rows.text("many chunks"), many);
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void everyTreeThatIsBuiltPassesKnownOrNot(Rows.Shape shape) {
        Tree tree = Rows.build(nodes, rows(shape, 1));
        assertThat(audit(nodes, tree.root())).as("nothing is known").isEmpty();
        Set<Hash> all = learn(tree, Set.of());
        assertThat(audit(nodes, tree.root())).as("everything is known").isEmpty();
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(audit(nodes, Tree.empty(nodes).root())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTreeOfWhichAllIsKnownIsNotReadAgain(boolean childrenFirst) {
        Tree tree = Rows.build(nodes, rows(Rows.Shape.RANDOM, 2));
        List<Hash> all = new ArrayList<>();
        tree.visitChunks(all::add);
        (childrenFirst ? all.reversed() : all).forEach(hash -> facts.learn(hash, chunks.read(hash)));
        facts.settle();
        chunks.reset();
        assertThat(audit(new Nodes(chunks, 1 << 20), tree.root())).isEmpty();
        assertThat(chunks.reads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsLearntFromALentArrayStaysTrueWhenItIsOverwritten(boolean childrenFirst) {
        Tree tree = Rows.build(nodes, rows(Rows.Shape.RANDOM, 2));
        List<Hash> all = new ArrayList<>();
        tree.visitChunks(all::add);
        byte[] lent = new byte[Chunks.MAX_LENGTH];
        for (Hash hash : childrenFirst ? all.reversed() : all) {
            byte[] chunk = chunks.read(hash);
            Arrays.fill(lent, (byte) 0xff);
            System.arraycopy(chunk, 0, lent, 0, chunk.length);
            facts.learn(hash, lent, chunk.length);
        }
        Arrays.fill(lent, (byte) 0xff);
        facts.settle();
        chunks.reset();
        assertThat(audit(new Nodes(chunks, 1 << 20), tree.root())).isEmpty();
        assertThat(chunks.reads()).isZero();
    }

    @Test
    void leavesThatAreKnownAreNotReadAgain() {
        Tree tree = Rows.build(nodes, Rows.of(Rows.Shape.RANDOM, 20_000, new Random(2)));
        Set<Hash> all = learn(tree, Set.of());
        chunks.reset();
        assertThat(audit(new Nodes(chunks, 1 << 20), tree.root())).isEmpty();
        assertThat(chunks.reads()).isLessThan(all.size() / 10);
    }

    @Test
    void aTreeThatWasCutOtherwiseIsFoundOutKnownOrNot() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 3_000, new Random(3));
        for (int scale : new int[] {1_000, 9_000}) {
            TreeFormat other = new TreeFormat(scale, 1_024, 12 * 1024, 200, 1_024);
            Tree foreign = Rows.build(new Nodes(chunks, 1 << 20, other), rows);
            assertThat(audit(nodes, foreign.root())).isNotEmpty();
            learn(Tree.load(nodes, foreign.root()), Set.of());
            assertThat(audit(nodes, foreign.root())).isNotEmpty();
        }
    }

    /// The last leaf of one tree, which ends with the rows and not by the rule, in the middle of another.
    @Test
    void anOpenNodeInsideOfALevelIsFoundOutAlsoWhenItWasSeenAtAnEdgeBefore() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 200, new Random(4));
        Tree left = Rows.build(nodes, rows.headMap(Rows.text("00000100"), false));
        Tree right = Rows.build(nodes, rows.tailMap(Rows.text("00000100"), true));
        NodeWriter writer = new NodeWriter(2);
        for (Tree side : List.of(left, right)) {
            byte[] last = side.rootNode().key(side.rootNode().count() - 1);
            writer.addChild(last, 0, last.length, side.count(), side.root(), null);
        }
        assertThat(left.height()).isEqualTo(2);
        assertThat(right.height()).isEqualTo(2);
        Hash joined = chunks.write(writer.encode());
        learn(left, Set.of());
        learn(right, Set.of());
        facts.learn(joined, chunks.read(joined));
        facts.settle();
        TreeAudit audit = new TreeAudit(nodes, facts);
        audit.tree(left.root(), listed);
        audit.tree(right.root(), listed);
        assertThat(problems).isEmpty();
        audit.tree(joined, listed);
        assertThat(problems).anyMatch(problem -> problem.contains("an end too early"));
    }

    @Test
    void whatAParentSaysWronglyIsFoundOut() {
        Tree tree = Rows.build(nodes, Rows.of(Rows.Shape.DIGITS, 200, new Random(5)));
        learn(tree, Set.of());
        Node root = tree.rootNode();
        assertThat(root.level()).isEqualTo(1);
        assertThat(root.count()).isGreaterThan(4);
        for (int lie = 0; lie < 3; lie++) {
            NodeWriter writer = new NodeWriter(1);
            for (int entry = 0; entry < root.count(); entry++) {
                byte[] key = root.key(entry);
                long content = root.childContent(entry);
                Hash child = root.childHash(entry);
                if (entry == 3) {
                    switch (lie) {
                        case 0 -> content++;
                        case 1 -> key[key.length - 1]++;
                        default -> child = root.childHash(4);
                    }
                }
                writer.addChild(key, 0, key.length, content, child, null);
            }
            Hash lying = chunks.write(writer.encode());
            facts.learn(lying, chunks.read(lying));
            facts.settle();
            assertThat(audit(nodes, lying)).as("lie " + lie).anyMatch(problem -> problem.startsWith("invalid"));
        }
    }

    /// A leaf that begins with a key of the leaf before it, in every place of a tree: what parents say is all right.
    @ParameterizedTest
    @EnumSource(names = {"DIGITS", "CONSTANT_PREFIX", "RANDOM", "LONG_KEYS"})
    void leavesThatOverlapAreFoundOutKnownOrNot(Rows.Shape shape) {
        Tree tree = Rows.build(nodes, Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : 6_000, new Random(9)));
        assertThat(tree.height()).isGreaterThan(2);
        long leaves = tree.shape().levels().getFirst().nodes();
        int overlapping = 0;
        for (long leaf = 1; leaf < leaves; leaf += 1 + leaves / 50) {
            Forgery forgery = new Forgery(leaf);
            Hash forged = forgery.of(tree.rootNode());
            if (forgery.isOtherwiseRight) {
                overlapping++;
                ChunkFacts nothing = new ChunkFacts();
                ChunkFacts all = new ChunkFacts();
                List<Hash> below = new ArrayList<>();
                Tree.load(nodes, forged).visitChunks(below::add);
                below.reversed().forEach(hash -> all.learn(hash, chunks.read(hash)));
                all.settle();
                for (ChunkFacts known : List.of(nothing, all)) {
                    problems.clear();
                    new TreeAudit(nodes, known).tree(forged, listed);
                    assertThat(problems).singleElement().asString().endsWith("one that is not");
                }
            }
        }
        assertThat(overlapping).isGreaterThan(3);
    }

    /// Copies a tree, but for one leaf, which gets another first key.
    private final class Forgery {
        private long until;
        private byte[] before = {};
        boolean isOtherwiseRight;

        Forgery(long leaf) {
            this.until = leaf;
        }

        Hash of(Node node) {
            NodeWriter writer = new NodeWriter(node.level());
            boolean isHere = node.isLeaf() && until-- == 0;
            for (int entry = 0; entry < node.count(); entry++) {
                byte[] key = isHere && entry == 0 ? before : node.key(entry);
                if (node.isLeaf()) {
                    int cell = node.cellStart(entry);
                    writer.addCell(key, node.bytes(), cell, node.cellEnd(entry) - cell);
                } else {
                    Hash child = of(nodes.passing(node, entry));
                    writer.addChild(key, 0, key.length, node.childContent(entry), child, null);
                }
            }
            Hash written = chunks.write(writer.encode());
            if (isHere) {
                Node forged = NodeReader.read(nodes.format(), chunks.read(written), written);
                isOtherwiseRight = node.count() > 1
                        && NodeEnds.firstEnd(nodes.splitter(), forged) == NodeEnds.firstEnd(nodes.splitter(), node);
            } else if (node.isLeaf()) {
                before = node.key(node.count() / 2);
            }
            return written;
        }
    }

    /// Where a leaf begins cannot be told by what is kept when it and the leaf before have more in common.
    @Test
    void leavesOfWhichTheBeginningIsNotKnownWellEnoughAreReadOnceForAllVersions() {
        NavigableMap<byte[], byte[]> rows = Rows.map();
        for (int row = 0; row < 4_000; row++) {
            rows.put(Rows.text(String.format("%08x/the same for all rows/%06d", 31 * (row / 25), row)), new byte[40]);
        }
        Tree tree = Rows.build(nodes, rows);
        Set<Hash> all = learn(tree, Set.of());
        TreeAudit audit = new TreeAudit(new Nodes(chunks, 1 << 20), facts);
        problems.clear();
        chunks.reset();
        audit.tree(tree.root(), listed);
        assertThat(problems).isEmpty();
        assertThat(chunks.reads()).isBetween(10L, 2L * all.size());
        chunks.reset();
        Tree next = tree.apply(Edits.of(List.of(Edit.put(Rows.text("a"), new byte[1]))));
        next.visitChunks(hash -> {
            facts.learn(hash, chunks.read(hash));
            return true;
        });
        facts.settle();
        chunks.reset();
        audit.tree(next.root(), listed);
        assertThat(problems).isEmpty();
        assertThat(chunks.reads()).isLessThan(10);
    }

    @Test
    void everyChunkThatIsMissingIsNamedWithItsRowsAndTheRestProved() {
        Tree tree = Rows.build(nodes, rows(Rows.Shape.JSON, 6));
        Set<Hash> all = new LinkedHashSet<>();
        tree.visitChunks(all::add);
        for (Hash gone : all) {
            Chunks less = new LackingChunks(chunks, Set.of(gone));
            ChunkFacts rest = new ChunkFacts();
            List<Hash> left = all.stream().filter(hash -> !hash.equals(gone)).toList();
            left.reversed().forEach(hash -> rest.learn(hash, chunks.read(hash)));
            rest.settle();
            problems.clear();
            lost.clear();
            new TreeAudit(new Nodes(less, 1 << 20), rest).tree(tree.root(), listed);
            assertThat(problems).containsExactly("unreadable " + gone);
            List<KeySpan> spans = new ArrayList<>();
            TreeSalvage.visit(new Nodes(less, 1 << 20), tree.root(), new TreeSalvage.Visitor() {
                @Override
                public void row(byte[] key, byte[] value) {}

                @Override
                public void lost(KeySpan span) {
                    spans.add(span);
                }
            });
            assertThat(lost).isEqualTo(spans).hasSize(1);
        }
    }

    @Test
    void aBlobThatWasCutOtherwiseIsFoundOut() {
        byte[] value = new byte[400_000];
        new Random(7).nextBytes(value);
        int half = 200_000;
        byte[] hashes = new byte[2 * Hash.BYTES];
        data(value, 0, half).write(hashes, 0);
        data(value, half, value.length).write(hashes, Hash.BYTES);
        Hash root = chunks.write(BlobNode.encode(1, 2, new long[] {half, value.length}, hashes));
        NodeWriter leaf = new NodeWriter(0);
        byte[] cell = new byte[Cell.BLOB_SIZE];
        Cell.writeBlob(new Blob(value.length, root), cell, 0);
        leaf.addCell(Rows.text("k"), cell, 0, cell.length);
        Hash tree = chunks.write(leaf.encode());
        assertThat(Tree.load(nodes, tree).get(Rows.text("k"))).isEqualTo(value);
        assertThat(audit(nodes, tree)).isNotEmpty();
        learn(Tree.load(nodes, tree), Set.of());
        assertThat(audit(nodes, tree)).isNotEmpty();
    }

    private Hash data(byte[] value, int from, int to) {
        byte[] chunk = new byte[BlobNode.DATA_HEADER + to - from];
        chunk[0] = BlobNode.DATA_TAG;
        chunk[1] = BlobNode.VERSION;
        System.arraycopy(value, from, chunk, BlobNode.DATA_HEADER, to - from);
        return chunks.write(chunk);
    }

    @Test
    void whereDataChunksEndFollowsFromTheirContentAlone() {
        byte[] value = new byte[3_000_000];
        new Random(8).nextBytes(value);
        int at = 0;
        while (at < value.length) {
            int length = BlobChunker.cut(value, at, value.length - at);
            boolean last = at + length == value.length;
            assertThat(last || BlobChunker.isCut(value, at, length)).isTrue();
            byte[] shorter = Arrays.copyOfRange(value, at, at + length - 1);
            assertThat(BlobChunker.cut(shorter, 0, shorter.length)).isEqualTo(shorter.length);
            at += length;
        }
    }
}
