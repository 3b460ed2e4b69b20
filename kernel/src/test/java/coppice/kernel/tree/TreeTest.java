package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TreeTest {
    private final CountingChunks chunks = new CountingChunks();
    private final Nodes nodes = new Nodes(chunks, 4 << 20);

    @ParameterizedTest
    @EnumSource
    void everyRowIsFoundAndNothingElse(Rows.Shape shape) {
        Random random = new Random(1);
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : 3_000, random);
        Tree tree = Rows.build(nodes, rows);
        rows.forEach((key, value) -> {
            assertThat(tree.get(key)).isEqualTo(value);
            assertThat(tree.contains(key)).isTrue();
            assertThat(tree.isKnownToLack(key)).isFalse();
        });
        for (int i = 0; i < 2_000; i++) {
            byte[] key = random.nextBoolean() ? shape.key(random, random.nextInt(6_000)) : near(rows, random);
            assertThat(tree.get(key)).isEqualTo(rows.get(key));
            assertThat(tree.contains(key)).isEqualTo(rows.containsKey(key));
            assertThat(tree.isKnownToLack(key)).isEqualTo(!rows.containsKey(key));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotKnownToBeLackingIsNotRead(Rows.Shape shape) {
        Random random = new Random(7);
        int count = shape == Rows.Shape.LONG_KEYS ? 300 : 3_000;
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, count, random);
        Tree cold =
                Tree.load(new Nodes(chunks, 4 << 20), Rows.build(nodes, rows).root());
        long reads = chunks.reads();
        int known = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] key = random.nextBoolean() ? shape.key(random, random.nextInt(6_000)) : near(rows, random);
            boolean isKnown = cold.isKnownToLack(key);
            assertThat(isKnown && rows.containsKey(key)).isFalse();
            known += isKnown ? 1 : 0;
        }
        assertThat(cold.isKnownToLack(Arrays.copyOf(rows.lastKey(), rows.lastKey().length + 1)))
                .isTrue();
        assertThat(known).as("little is known of what was not read").isLessThan(2_000 / 2);
        assertThat(chunks.reads()).isEqualTo(reads);
    }

    @ParameterizedTest
    @EnumSource
    void manyKeysAreFoundAtATimeInAnyOrder(Rows.Shape shape) {
        Random random = new Random(3);
        int most = shape == Rows.Shape.LONG_KEYS ? 300 : 3_000;
        for (int size : new int[] {0, 1, 20, most}) {
            NavigableMap<byte[], byte[]> rows = Rows.of(shape, size, random);
            Tree tree = Rows.build(nodes, rows);
            byte[][] keys = new byte[random.nextInt(200)][];
            for (int i = 0; i < keys.length; i++) {
                boolean isNear = !rows.isEmpty() && random.nextInt(4) > 0;
                keys[i] = isNear ? near(rows, random) : shape.key(random, random.nextInt(6_000));
            }
            byte[][] found = tree.getAll(keys);
            for (int i = 0; i < keys.length; i++) {
                assertThat(found[i]).isEqualTo(rows.get(keys[i]));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void rankAndSelectCountRows(Rows.Shape shape) {
        Random random = new Random(2);
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, shape == Rows.Shape.LONG_KEYS ? 300 : 3_000, random);
        Tree tree = Rows.build(nodes, rows);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        for (int index = 0; index < keys.size(); index += 1 + random.nextInt(5)) {
            assertThat(tree.rank(keys.get(index))).isEqualTo(index);
            Cursor cursor = tree.select(index);
            assertThat(cursor.key()).isEqualTo(keys.get(index));
            assertThat(cursor.index()).isEqualTo(index);
        }
        for (int i = 0; i < 300; i++) {
            byte[] a = near(rows, random);
            byte[] b = near(rows, random);
            assertThat(tree.rank(a)).isEqualTo(rows.headMap(a, false).size());
            if (Arrays.compareUnsigned(a, b) <= 0) {
                assertThat(tree.count(a, b)).isEqualTo(rows.subMap(a, b).size());
            } else {
                assertThat(tree.count(a, b)).isZero();
            }
        }
        assertThat(tree.count(null, null)).isEqualTo(rows.size());
        assertThatThrownBy(() -> tree.select(rows.size())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> tree.select(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void theEmptyTreeIsLoadedWithoutBeingStored() {
        Tree empty = Tree.load(
                new Nodes(new MemoryChunks(), 1 << 20), Tree.empty(nodes).root());
        assertThat(empty.count()).isZero();
        assertThat(empty.height()).isEqualTo(1);
        assertThat(empty.get(new byte[] {1})).isNull();
        assertThat(empty.rank(new byte[] {1})).isZero();
        assertThat(empty.root()).hasToString("ac1c0294e8c6009d3b8e561ca02623fc5e9d8c527752b1825ca070fa653ef494");
    }

    @Test
    void longValuesLieOutOfLineAndComeBack() {
        for (int length : new int[] {0, 1, 1023, 1024, 1025, 70_000, 1 << 20}) {
            byte[] value = Rows.bytes(new Random(length), length);
            Tree tree = Tree.empty(nodes).apply(Edits.of(List.of(Edit.put(new byte[] {1}, value))));
            assertThat(tree.get(new byte[] {1})).isEqualTo(value);
            assertThat(tree.rootNode().bytes().length)
                    .isEqualTo(length <= 1024 ? 8 + 4 + 1 + 1 + length : 8 + 4 + 1 + 41);
            Cursor cursor = tree.select(0);
            assertThat(cursor.valueLength()).isEqualTo(length);
            assertThat(Arrays.copyOfRange(
                            cursor.valueArray(), cursor.valueOffset(), cursor.valueOffset() + cursor.valueLength()))
                    .isEqualTo(value);
            assertThat(tree.apply(Edits.of(List.of(Edit.put(new byte[] {1}, value.clone())))))
                    .isSameAs(tree);
        }
    }

    /// Equal places in different leaves are of interest: a cursor keeps the value that it read last.
    @Test
    void aCursorHasTheLongValueOfTheRowItStandsOn() {
        Random random = new Random(3);
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 500, random);
        rows.replaceAll((key, value) -> Rows.bytes(random, 1025 + random.nextInt(3)));
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        Cursor cursor = Rows.build(nodes, rows).cursor();
        for (int i = 0; i < 2_000; i++) {
            byte[] key = keys.get(random.nextInt(keys.size()));
            assertThat(cursor.seek(key)).isTrue();
            assertThat(Arrays.copyOf(cursor.valueArray(), cursor.valueLength())).isEqualTo(rows.get(key));
        }
    }

    @Test
    void keysAndValuesAreHeldToTheirLimits() {
        byte[] value = {1};
        for (int length : new int[] {1, Tree.MAX_KEY_BYTES - 1, Tree.MAX_KEY_BYTES}) {
            Edit edit = Edit.put(new byte[length], value);
            Tree tree = Tree.empty(nodes).apply(Edits.of(List.of(edit)));
            assertThat(tree.get(new byte[length])).isEqualTo(value);
        }
        for (int length : new int[] {0, Tree.MAX_KEY_BYTES + 1}) {
            Edit edit = Edit.put(new byte[length], value);
            assertThatThrownBy(() -> Tree.empty(nodes).apply(Edits.of(List.of(edit))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1 to 4096 bytes");
            assertThatThrownBy(() -> Tree.builder(nodes).add(edit.key(), value))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatCode(() -> Tree.checkValue(new byte[Tree.MAX_VALUE_BYTES])).doesNotThrowAnyException();
        assertThatThrownBy(() -> Tree.builder(nodes).add(value, new byte[Tree.MAX_VALUE_BYTES + 1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("67108864");
    }

    @Test
    void unsortedRowsAndEditsAreRefused() {
        byte[] one = {1};
        byte[] two = {2};
        TreeBuilder builder = Tree.builder(nodes);
        builder.add(two, one);
        assertThatThrownBy(() -> builder.add(one, one)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(two, one)).isInstanceOf(IllegalArgumentException.class);
        Edits edits = Edits.of(List.of(Edit.put(two, one), Edit.delete(one)));
        assertThatThrownBy(() -> Tree.empty(nodes).apply(edits)).isInstanceOf(IllegalArgumentException.class);
        builder.finish();
        assertThatThrownBy(builder::finish).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.add(two, one)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void editsThatChangeNothingWriteNothing() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.RANDOM, 5_000, new Random(6));
        Tree tree = Rows.build(nodes, rows);
        List<Edit> edits = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
            edits.add(Edit.put(row.getKey(), row.getValue().clone()));
        }
        edits.add(Edit.delete(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 1}));
        WriteStatistics statistics = new WriteStatistics();
        assertThat(tree.apply(Edits.of(edits), statistics)).isSameAs(tree);
        assertThat(statistics.nodesWritten()).isZero();
        assertThat(tree.apply(Edits.of(List.of()))).isSameAs(tree);
        assertThat(tree.deleteRange(new byte[] {1}, new byte[] {1})).isSameAs(tree);
    }

    @Test
    void aLoadedTreeIsTheTreeThatWasBuilt() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.LETTERS, 4_000, new Random(8));
        Tree built = Rows.build(nodes, rows);
        Tree loaded = Tree.load(new Nodes(chunks, 100_000), built.root());
        assertThat(loaded.count()).isEqualTo(rows.size());
        rows.forEach((key, value) -> assertThat(loaded.get(key)).isEqualTo(value));
        Cursor cursor = loaded.cursor();
        for (Map.Entry<byte[], byte[]> row : rows.entrySet()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(row.getKey());
        }
        assertThat(cursor.next()).isFalse();
    }

    @Test
    void everyChunkIsVisitedOnceAndLeavesAreReadOnlyForTheirBlobs() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 20_000, new Random(9));
        rows.put(Rows.text("5 is long"), Rows.bytes(new Random(10), 50_000));
        Tree tree = Rows.build(nodes, rows);
        chunks.reset();
        List<Object> seen = new ArrayList<>();
        Tree.load(new Nodes(chunks, 1 << 20), tree.root()).visitChunks(seen::add);
        assertThat(seen).doesNotHaveDuplicates();
        assertThat(chunks.reads()).isLessThan(60);
        tree.apply(Edits.of(List.of(Edit.delete(Rows.text("5 is long"))))).visitChunks(seen::add);
        assertThat(seen.size()).isGreaterThan(600);
    }

    @Test
    void noChunkOfATreeIsLeftUnvisited() {
        NavigableMap<byte[], byte[]> rows = Rows.of(Rows.Shape.DIGITS, 2_000, new Random(9));
        rows.put(Rows.text("long"), Rows.bytes(new Random(10), 300_000));
        MemoryChunks own = new MemoryChunks();
        Tree tree = Rows.build(new Nodes(own, 1 << 20), rows);
        List<Object> seen = new ArrayList<>();
        tree.visitChunks(seen::add);
        assertThat(seen).doesNotHaveDuplicates().hasSize((int) own.count());
    }

    /// A key that is, or is close to, one of the map.
    private static byte[] near(NavigableMap<byte[], byte[]> rows, Random random) {
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        byte[] key = keys.get(random.nextInt(keys.size())).clone();
        switch (random.nextInt(4)) {
            case 0 -> key[key.length - 1]++;
            case 1 -> key[random.nextInt(key.length)] += (byte) random.nextInt(256);
            case 2 -> key = Arrays.copyOf(key, Math.max(1, random.nextInt(key.length + 1)));
            default -> key = Arrays.copyOf(key, key.length + 1);
        }
        return key;
    }
}
