package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.store.MemoryChunks;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What edits may cost, in nodes (`ARCHITECTURE.md`, the tree). Nodes read count every old node that is looked
/// into, also those in memory; nodes written count every node that is encoded.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeBudgetTest {
    private static final int ROWS = 200_000;

    private final Nodes nodes = new Nodes(new MemoryChunks(), 64 << 20);
    private Tree tree = Tree.empty(nodes);
    /// For each level, the rows below each of its nodes.
    private final List<List<Long>> rowsBelow = new ArrayList<>();

    enum Kind {
        UPDATE,
        RESIZE,
        INSERT,
        DELETE,
        MIXED
    }

    @BeforeAll
    void buildTree() {
        TreeBuilder builder = Tree.builder(nodes);
        Random random = new Random(1);
        for (int row = 0; row < ROWS; row++) {
            builder.add(key(2 * row), Rows.bytes(random, 100));
        }
        tree = builder.finish();
        countNodes(tree.rootNode());
        assertThat(tree.height()).isGreaterThanOrEqualTo(3);
    }

    /// Mean over some batches, as the budget is one for expected values: at most 1.25 times the nodes that so many
    /// random rows are under, plus the height. While the edits are few against the leaves, that is also within 1.25
    /// times the sum over levels of kL / (k + L - 1); beyond, that sum (which is exact for leaves of geometric
    /// sizes) is less than what even leaves of equal sizes have: most of them are hit.
    @ParameterizedTest
    @EnumSource
    void randomEditsCostAboutTheNodesTheyFallInto(Kind kind) {
        for (int k : new int[] {1, 10, 100, 1_000, 10_000}) {
            int batches = Math.clamp(2_000 / k, 1, 200);
            WriteStatistics statistics = new WriteStatistics();
            Random random = new Random(k);
            for (int batch = 0; batch < batches; batch++) {
                tree.apply(Edits.of(edits(kind, k, random)), statistics);
            }
            double nodesHit = k < leaves() / 5 ? geometric(k) : hit(k);
            double budget = 1.25 * nodesHit + tree.height();
            assertThat((double) statistics.nodesRead() / batches)
                    .as("nodes read by %d edits", k)
                    .isLessThanOrEqualTo(budget);
            assertThat((double) statistics.nodesWritten() / batches)
                    .as("nodes written by %d edits", k)
                    .isLessThanOrEqualTo(budget);
        }
    }

    /// A cut may move on for a few nodes before it meets an old one; how many is a matter of chance. So: the mean
    /// is within the height and one node, 99 of 100 edits are within the height and four, and none is far from
    /// that.
    @ParameterizedTest
    @EnumSource
    void oneEditCostsThePathAndAFewNeighbours(Kind kind) {
        Random random = new Random(3);
        int edits = 3_000;
        int height = tree.height();
        long read = 0;
        long written = 0;
        int beyond = 0;
        for (int i = 0; i < edits; i++) {
            WriteStatistics statistics = new WriteStatistics();
            tree.apply(Edits.of(edits(kind, 1, random)), statistics);
            read += statistics.nodesRead();
            written += statistics.nodesWritten();
            long most = Math.max(statistics.nodesRead(), statistics.nodesWritten());
            beyond += most > height + 4 ? 1 : 0;
            assertThat(most).isLessThanOrEqualTo(height + 16);
        }
        assertThat((double) read / edits).isLessThanOrEqualTo(height + 1);
        assertThat((double) written / edits).isLessThanOrEqualTo(height + 1);
        assertThat(beyond).isLessThanOrEqualTo(edits / 100);
    }

    @Test
    void anUpdateOfEqualLengthCostsThePathAlone() {
        Random random = new Random(4);
        for (int i = 0; i < 500; i++) {
            WriteStatistics statistics = new WriteStatistics();
            tree.apply(Edits.of(edits(Kind.UPDATE, 1, random)), statistics);
            assertThat(statistics.nodesRead()).isEqualTo(tree.height());
            assertThat(statistics.nodesWritten()).isEqualTo(tree.height());
        }
    }

    @Test
    void appendingCostsTheRightEdgeAndTheNewNodes() {
        List<Edit> edits = new ArrayList<>();
        for (int row = 0; row < 1_000; row++) {
            edits.add(Edit.put(key(2 * (ROWS + row)), new byte[100]));
        }
        WriteStatistics statistics = new WriteStatistics();
        Tree longer = tree.apply(Edits.of(edits), statistics);
        assertThat(longer.count()).isEqualTo(ROWS + 1_000);
        assertThat(statistics.nodesRead()).isEqualTo(tree.height());
        assertThat(statistics.nodesWritten()).isLessThan(1_000 * 122 / 4_000 * 3 / 2 + tree.height());
    }

    @Test
    void deletingARangeCostsItsEdges() {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            int from = random.nextInt(ROWS);
            int to = from + 1 + random.nextInt(ROWS - from);
            WriteStatistics statistics = new WriteStatistics();
            Tree shorter = tree.deleteRange(key(2 * from), key(2 * to), statistics);
            assertThat(shorter.count()).isEqualTo(ROWS - (to - from));
            assertThat(statistics.nodesRead()).isLessThanOrEqualTo(3L * tree.height() + 8);
            assertThat(statistics.nodesWritten()).isLessThanOrEqualTo(2L * tree.height() + 8);
        }
    }

    private int leaves() {
        return rowsBelow.getFirst().size();
    }

    private double geometric(int edits) {
        double sum = 0;
        double k = edits;
        for (List<Long> level : rowsBelow) {
            k = k * level.size() / (k + level.size() - 1);
            sum += k;
        }
        return sum;
    }

    /// The expected number of nodes that `edits` random rows are under.
    private double hit(int edits) {
        return rowsBelow.stream()
                .flatMap(List::stream)
                .mapToDouble(rows -> 1 - Math.pow(1 - (double) rows / ROWS, edits))
                .sum();
    }

    private void countNodes(Node node) {
        while (rowsBelow.size() <= node.level()) {
            rowsBelow.add(new ArrayList<>());
        }
        rowsBelow.get(node.level()).add(node.rows());
        if (!node.isLeaf()) {
            for (int i = 0; i < node.count(); i++) {
                countNodes(nodes.passing(node, i));
            }
        }
    }

    private static List<Edit> edits(Kind kind, int count, Random random) {
        NavigableMap<byte[], Edit> edits = Rows.map();
        while (edits.size() < count) {
            int row = 2 * random.nextInt(ROWS);
            Kind some = kind == Kind.MIXED ? Kind.values()[random.nextInt(4)] : kind;
            Edit edit = switch (some) {
                case UPDATE, MIXED -> Edit.put(key(row), Rows.bytes(random, 100));
                case RESIZE -> Edit.put(key(row), Rows.bytes(random, random.nextInt(200)));
                case INSERT -> Edit.put(key(row + 1), Rows.bytes(random, 100));
                case DELETE -> Edit.delete(key(row));
            };
            edits.put(edit.key(), edit);
        }
        return new ArrayList<>(edits.values());
    }

    private static byte[] key(int row) {
        long mixed = row * 0x9E3779B97F4A7C15L;
        return ByteBuffer.allocate(16).putLong(row).putLong(mixed).array();
    }
}
