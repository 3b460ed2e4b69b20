package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.CountingChunks;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class NodeCacheTest {
    private static final int CAPACITY = 400_000;

    private final CountingChunks chunks = new CountingChunks();
    private final NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 40_000, new Random(1));
    private final Hash root = Rows.build(new Nodes(chunks, CAPACITY), rows).root();
    private final Nodes nodes = new Nodes(chunks, CAPACITY);
    private final Tree tree = Tree.load(nodes, root);

    @Test
    void theCacheStaysWithinItsBytes() {
        assertThat(new Nodes(chunks, CAPACITY).statistics().bytes()).isZero();
        for (byte[] key : rows.keySet()) {
            tree.get(key);
            assertThat(nodes.statistics().bytes()).isLessThanOrEqualTo(CAPACITY);
        }
        assertThat(nodes.statistics().bytes()).isGreaterThan(CAPACITY / 2);
        NavigableMap<byte[], byte[]> others = Rows.of(Rows.Shape.RANDOM, 20_000, new Random(2));
        List<Edit> edits = new ArrayList<>();
        others.forEach((key, value) -> edits.add(Edit.put(key, value)));
        tree.apply(Edits.of(edits));
        assertThat(nodes.statistics().bytes()).isLessThanOrEqualTo(CAPACITY);
    }

    @Test
    void aHotRowIsReadOnceHoweverOftenItIsWanted() {
        byte[] key = rows.firstKey();
        tree.get(key);
        chunks.reset();
        for (int i = 0; i < 100; i++) {
            tree.get(key);
        }
        assertThat(chunks.reads()).isZero();
    }

    /// Of the leaves under all inner nodes in memory.
    private static void leaves(Nodes nodes, Node inner, BiConsumer<Node, Integer> visitor) {
        for (int child = 0; child < inner.count(); child++) {
            Node below = nodes.loaded(inner, child);
            if (inner.level() == 1) {
                visitor.accept(inner, child);
            } else if (below != null) {
                leaves(nodes, below, visitor);
            }
        }
    }

    @Test
    void onlyLeavesInMemoryAreNear() {
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        Random random = new Random(6);
        for (int i = 0; i < 50_000; i++) {
            byte[] key = keys.get((int) Math.abs(random.nextGaussian() * 4_000) % keys.size());
            assertThat(tree.get(key)).isEqualTo(rows.get(key));
        }
        int[] near = new int[1];
        leaves(nodes, tree.rootNode(), (inner, child) -> {
            if (inner.near(child) != null) {
                near[0]++;
                assertThat(nodes.loaded(inner, child)).isNotNull();
            }
        });
        assertThat(near[0]).isPositive();
        assertThat(nodes.statistics().evictions()).isPositive();
    }

    @Test
    void leavesAreNearInTheVersionThatReplacedAnother() {
        Nodes ample = new Nodes(chunks, 1L << 30);
        Tree before = Tree.load(ample, root);
        read(before);
        byte[] key = rows.firstKey();
        Tree after = before.apply(Edits.of(List.of(Edit.put(key, new byte[] {7}))));
        assertThat(after.get(key)).containsExactly(7);
        assertThat(before.get(key)).isEqualTo(rows.get(key));
        read(after);
        leaves(
                ample,
                after.rootNode(),
                (inner, child) ->
                        assertThat(inner.near(child)).as("leaf %s", child).isNotNull());
        int[] left = new int[1];
        leaves(ample, before.rootNode(), (inner, child) -> left[0] += inner.near(child) == null ? 1 : 0);
        assertThat(left[0]).isPositive();
        rows.forEach((each, value) -> assertThat(before.get(each)).isEqualTo(value));
    }

    private void read(Tree all) {
        for (int round = 0; round < 2; round++) {
            rows.keySet().forEach(all::get);
        }
    }

    @Test
    void everyLoadIsAMissAndWhatLeavesIsEvicted() {
        chunks.reset();
        rows.keySet().forEach(tree::get);
        CacheStatistics figures = nodes.statistics();
        assertThat(figures.limitBytes()).isEqualTo(CAPACITY);
        assertThat(figures.misses()).isEqualTo(chunks.reads() + 1); // the root was loaded before
        assertThat(figures.nodes()).isPositive();
        assertThat(figures.evictions()).isEqualTo(figures.misses() - 1 - figures.nodes());
        tree.get(rows.lastKey());
        assertThat(nodes.statistics()).isEqualTo(figures);
    }

    @Test
    void aScanDoesNotPushOutWhatIsHot() {
        List<byte[]> hot = new ArrayList<>(rows.keySet()).subList(10_000, 10_400);
        hot.forEach(tree::get);
        hot.forEach(tree::get);
        Cursor cursor = tree.cursor();
        long seen = 0;
        while (cursor.next()) {
            seen++;
        }
        assertThat(seen).isEqualTo(rows.size());
        chunks.reset();
        hot.forEach(tree::get);
        assertThat(chunks.reads()).isLessThanOrEqualTo(2);
    }

    @Test
    void whatIsUsedOftenSurvivesWhatIsUsedOnce() {
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        List<byte[]> hot = keys.subList(5_000, 5_300);
        hot.forEach(tree::get);
        Random random = new Random(4);
        long hotReads = 0;
        for (int i = 0; i < 3_000; i++) {
            tree.get(keys.get(random.nextInt(keys.size())));
            chunks.reset();
            tree.get(hot.get(i % hot.size()));
            hotReads += chunks.reads();
        }
        assertThat(hotReads).isLessThan(300);
    }

    @Test
    void theNewestVersionStaysHoweverManyThereAre() {
        Nodes ample = new Nodes(chunks, 1L << 30);
        Tree whole = Tree.load(ample, root);
        rows.keySet().forEach(whole::get);
        Nodes roomy = new Nodes(chunks, 3 * ample.statistics().bytes());
        Tree newest = Tree.load(roomy, root);
        rows.keySet().forEach(newest::get);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        Random random = new Random(5);
        for (int version = 0; version < 2_000; version++) {
            byte[] key = keys.get(random.nextInt(keys.size()));
            newest = newest.apply(Edits.of(List.of(Edit.put(key, new byte[] {(byte) version, 7}))));
        }
        assertThat(roomy.statistics().evictions()).isPositive();
        chunks.reset();
        keys.forEach(newest::get);
        assertThat(chunks.reads()).isZero();
    }

    @Test
    void versionsThatAreLoadedAgainByTheirRootsAreStillInMemory() {
        Nodes ample = new Nodes(chunks, 1L << 30);
        Tree newest = Tree.load(ample, root);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        List<Hash> roots = new ArrayList<>(List.of(root));
        for (int version = 0; version < 20; version++) {
            List<Edit> edits = new ArrayList<>();
            for (int i = version; i < keys.size(); i += 100) {
                edits.add(Edit.put(keys.get(i), new byte[] {(byte) version, 7}));
            }
            newest = newest.apply(Edits.of(edits));
            roots.add(newest.root());
        }
        chunks.reset();
        for (int version = 0; version < 20; version++) {
            TreeDiff diff = Tree.load(ample, roots.get(version)).diff(Tree.load(ample, roots.get(version + 1)));
            while (diff.next()) {
                assertThat(diff.after()).isNotNull();
            }
        }
        assertThat(chunks.reads()).isZero();
    }

    @Test
    void threadsShareTheCacheWithoutSeeingHalfANode() throws Exception {
        Nodes small = new Nodes(new CountingFree(chunks), 60_000);
        Tree shared = Tree.load(small, root);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> work = new ArrayList<>();
            for (int thread = 0; thread < 3; thread++) {
                Random random = new Random(thread);
                work.add(threads.submit(() -> {
                    for (int i = 0; i < 5_000; i++) {
                        byte[] key = keys.get(random.nextInt(keys.size()));
                        assertThat(shared.get(key)).isEqualTo(rows.get(key));
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get();
            }
        }
        assertThat(small.statistics().bytes()).isLessThanOrEqualTo(60_000);
    }

    /// Reads of counting chunks without the counting, which is for one thread.
    private record CountingFree(CountingChunks chunks) implements Chunks {
        @Override
        public byte[] read(Hash hash) {
            synchronized (chunks) {
                return chunks.read(hash);
            }
        }

        @Override
        public boolean contains(Hash hash) {
            return chunks.contains(hash);
        }

        @Override
        public void write(Hash hash, byte[] bytes, int length) {
            throw new UnsupportedOperationException();
        }
    }
}
