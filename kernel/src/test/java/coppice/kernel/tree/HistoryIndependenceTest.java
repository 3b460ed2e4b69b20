package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The law of the tree: equal content has the equal root, whatever led to it.
class HistoryIndependenceTest {
    /// Small nodes, so that a few thousand rows make a high tree.
    private static final TreeFormat SMALL = new TreeFormat(256, 64, 640, 10, 1024);

    private final Nodes nodes = new Nodes(new MemoryChunks(), 8 << 20);
    private final Nodes small = new Nodes(new MemoryChunks(), 8 << 20, SMALL);

    @ParameterizedTest
    @EnumSource
    void everyOrderOfInsertionGivesTheBulkRoot(Rows.Shape shape) {
        Random random = new Random(1);
        for (int count : new int[] {3, 40, shape == Rows.Shape.LONG_KEYS ? 100 : 600}) {
            NavigableMap<byte[], byte[]> rows = Rows.of(shape, count, random);
            for (Nodes some : List.of(nodes, small)) {
                Tree bulk = Rows.build(some, rows);
                List<byte[]> keys = new ArrayList<>(rows.keySet());
                assertThat(oneByOne(some, keys, rows)).isEqualTo(bulk);
                Collections.reverse(keys);
                assertThat(oneByOne(some, keys, rows)).isEqualTo(bulk);
                Collections.shuffle(keys, random);
                assertThat(oneByOne(some, keys, rows)).isEqualTo(bulk);
                assertThat(inBatches(some, keys, rows, 1 + random.nextInt(count)))
                        .isEqualTo(bulk);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyMixtureOfEditsGivesTheBulkRoot(Rows.Shape shape) {
        Random random = new Random(2);
        for (Nodes some : List.of(nodes, small)) {
            NavigableMap<byte[], byte[]> rows =
                    Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : some == small ? 4_000 : 2_000, random);
            Tree tree = Rows.build(some, rows);
            for (int round = 0; round < 25; round++) {
                NavigableMap<byte[], byte @Nullable []> edits = edits(shape, rows, random);
                tree = tree.apply(Edits.of(list(edits)));
                edits.forEach((key, value) -> change(rows, key, value));
                assertThat(tree).isEqualTo(Rows.build(some, rows));
                assertThat(tree.count()).isEqualTo(rows.size());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rangeDeletionGivesTheBulkRoot(Rows.Shape shape) {
        Random random = new Random(3);
        for (int round = 0; round < 25; round++) {
            NavigableMap<byte[], byte[]> rows =
                    Rows.of(shape, 1 + random.nextInt(shape == Rows.Shape.LONG_KEYS ? 300 : 3_000), random);
            Tree tree = Rows.build(small, rows);
            byte[] a = shape.key(random, random.nextInt(3_000));
            byte[] b = shape.key(random, random.nextInt(3_000));
            boolean ordered = Arrays.compareUnsigned(a, b) <= 0;
            byte[] low = ordered ? a : b;
            byte[] high = ordered ? b : a;
            switch (random.nextInt(4)) {
                case 0 -> {
                    tree = tree.deleteRange(null, high);
                    rows.headMap(high, false).clear();
                }
                case 1 -> {
                    tree = tree.deleteRange(low, null);
                    rows.tailMap(low, true).clear();
                }
                default -> {
                    tree = tree.deleteRange(low, high);
                    rows.subMap(low, true, high, false).clear();
                }
            }
            assertThat(tree).isEqualTo(Rows.build(small, rows));
        }
    }

    /// The matrix at full size: three levels and more, in the format as it is.
    @ParameterizedTest
    @EnumSource(names = {"RANDOM", "SEQUENTIAL", "JSON"})
    void largeTreesDoNotRememberTheirHistory(Rows.Shape shape) {
        Random random = new Random(5);
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, 100_000, random);
        Tree bulk = Rows.build(nodes, rows);
        assertThat(bulk.height()).isGreaterThanOrEqualTo(3);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        assertThat(inBatches(nodes, keys, rows, 9_000)).isEqualTo(bulk);
        Collections.shuffle(keys, random);
        assertThat(inBatches(nodes, keys, rows, 15_000)).isEqualTo(bulk);
        Tree tree = bulk;
        for (int round = 0; round < 10; round++) {
            NavigableMap<byte[], byte @Nullable []> edits = edits(shape, rows, random);
            tree = tree.apply(Edits.of(list(edits)));
            edits.forEach((key, value) -> change(rows, key, value));
        }
        assertThat(tree).isEqualTo(Rows.build(nodes, rows));
    }

    @Test
    void deletingEverythingGivesTheEmptyTree() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 3_000, new Random(4));
        Tree tree = Rows.build(small, rows);
        NavigableMap<byte[], byte @Nullable []> edits = Rows.map();
        rows.keySet().forEach(key -> edits.put(key, null));
        assertThat(tree.apply(Edits.of(list(edits)))).isEqualTo(Tree.empty(small));
        assertThat(tree.deleteRange(null, null)).isEqualTo(Tree.empty(small));
    }

    private static NavigableMap<byte[], byte @Nullable []> edits(
            Rows.Shape shape, NavigableMap<byte[], byte[]> rows, Random random) {
        NavigableMap<byte[], byte @Nullable []> edits = Rows.map();
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        int count = 1 + random.nextInt(random.nextInt(20) == 0 ? 1_000 : 12);
        boolean clustered = random.nextBoolean();
        int place = random.nextInt(keys.size() + 1);
        for (int i = 0; i < count; i++) {
            byte[] old = keys.isEmpty()
                    ? shape.key(random, i)
                    : keys.get(clustered ? (place + i) % keys.size() : random.nextInt(keys.size()));
            switch (random.nextInt(6)) {
                case 0, 1 -> edits.put(old, null);
                case 2 -> edits.put(old, Rows.value(random));
                case 3 -> edits.put(old, rows.getOrDefault(old, old).clone());
                case 4 -> edits.put(shape.key(random, random.nextInt(9_000)), null);
                default -> {
                    boolean outOfLine = random.nextInt(20) == 0;
                    byte[] value = outOfLine ? Rows.bytes(random, 1_025) : Rows.value(random);
                    edits.put(shape.key(random, random.nextInt(9_000)), value);
                }
            }
        }
        return edits;
    }

    private static void change(Map<byte[], byte[]> rows, byte[] key, byte @Nullable [] value) {
        if (value == null) {
            rows.remove(key);
        } else {
            rows.put(key, value);
        }
    }

    private static List<Edit> list(Map<byte[], byte @Nullable []> edits) {
        List<Edit> list = new ArrayList<>();
        edits.forEach((key, value) -> list.add(new Edit(key, value)));
        return list;
    }

    private static Tree oneByOne(Nodes nodes, List<byte[]> keys, Map<byte[], byte[]> rows) {
        return inBatches(nodes, keys, rows, 1);
    }

    private static Tree inBatches(Nodes nodes, List<byte[]> keys, Map<byte[], byte[]> rows, int size) {
        Tree tree = Tree.empty(nodes);
        for (int from = 0; from < keys.size(); from += size) {
            NavigableMap<byte[], byte[]> batch = Rows.map();
            keys.subList(from, Math.min(keys.size(), from + size)).forEach(key -> batch.put(key, value(rows, key)));
            List<Edit> edits = new ArrayList<>();
            batch.forEach((key, value) -> edits.add(Edit.put(key, value)));
            tree = tree.apply(Edits.of(edits));
        }
        return tree;
    }

    private static byte[] value(Map<byte[], byte[]> rows, byte[] key) {
        byte[] value = rows.get(key);
        assertThat(value).isNotNull();
        return value;
    }
}
