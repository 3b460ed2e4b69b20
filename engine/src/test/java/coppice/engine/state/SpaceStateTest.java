package coppice.engine.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpaceStateTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 20);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void readsLikeASortedMapHoweverItIsLayered(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        SpaceState space = SpaceState.of(new Roots(), Tree.empty(nodes));
        for (int step = 0; step < 120; step++) {
            switch (random.nextInt(6)) {
                case 0 -> space = space.frozen();
                case 1 -> space = space.folded(space.base().apply(new DeltaEdits(space.aside())));
                default -> space = write(space, model, random);
            }
            if (random.nextBoolean()) {
                assertThat(space.count()).isEqualTo(model.size());
            }
            assertSame(space, model, random);
        }
    }

    @Test
    void whatComesAndGoesLeavesNothingBehind() {
        SpaceState space = SpaceState.of(new Roots(), Tree.empty(nodes));
        space = put(space, "folded");
        space = space.frozen();
        space = space.folded(space.base().apply(new DeltaEdits(space.aside())));
        space = put(space, "aside").frozen();
        for (String key : List.of("folded", "aside", "recent")) {
            space = put(space, key);
        }
        assertThat(space.unfolded()).isEqualTo(1 + 3);
        for (String key : List.of("folded", "aside", "recent")) {
            space = remove(space, key);
            assertThat(space.contains(key.getBytes(UTF_8))).isFalse();
        }
        assertThat(space.unfolded())
                .as("what is below has to be known to be gone")
                .isEqualTo(1 + 2);
        assertThat(space.hasEntries()).isFalse();
        assertThat(space.countOnce(Range.all())).isZero();
    }

    @Test
    void asksTheDiskForNothingWhenSomethingIsRemoved() {
        LosingChunks chunks = new LosingChunks();
        Tree written = Tree.empty(new Nodes(chunks, 1 << 20));
        SpaceState space = SpaceState.of(new Roots(), written);
        for (int i = 0; i < 5_000; i++) {
            space = put(space, "key " + i);
        }
        Tree tree = space.whole();
        SpaceState cold = SpaceState.of(new Roots(), Tree.load(new Nodes(chunks, 1 << 20), tree.root()));
        assertThat(tree.height()).isGreaterThan(1);
        long reads = chunks.reads;
        SpaceState gone = remove(put(cold, "key 7"), "key 7");
        assertThat(gone.unfolded()).as("it may be below").isEqualTo(1);
        assertThat(chunks.reads).isEqualTo(reads);
        assertThat(gone.contains("key 7".getBytes(UTF_8))).isFalse();
        assertThat(remove(put(gone, "way behind"), "way behind").unfolded())
                .as("the root says that nothing is so far behind")
                .isEqualTo(1);
    }

    private static SpaceState put(SpaceState space, String key) {
        return space.with(SpaceWrites.one("s", key.getBytes(UTF_8), new byte[] {1}));
    }

    private static SpaceState remove(SpaceState space, String key) {
        return space.with(SpaceWrites.one("s", key.getBytes(UTF_8), Delta.REMOVED));
    }

    private static SpaceState write(SpaceState space, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
        int writes = 1 + random.nextInt(40);
        byte[][] keys = new byte[writes][];
        byte[][] values = new byte[writes][];
        for (int i = 0; i < writes; i++) {
            keys[i] = key(random);
            if (random.nextInt(3) == 0) {
                values[i] = Delta.REMOVED;
                model.remove(keys[i]);
            } else {
                values[i] = new byte[random.nextInt(4)];
                model.put(keys[i], values[i]);
            }
        }
        return space.with(new SpaceWrites("s", keys, values));
    }

    private static byte[] key(SplittableRandom random) {
        byte[] key = new byte[1 + random.nextInt(2)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(8) * 36);
        }
        return key;
    }

    private static void assertSame(SpaceState space, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
        assertThat(space.hasEntries()).isEqualTo(!model.isEmpty());
        byte[] a = key(random);
        byte[] b = key(random);
        Range range = switch (random.nextInt(5)) {
            case 0 -> Range.all();
            case 1 -> Range.from(a);
            case 2 -> Range.to(a);
            case 3 -> Range.prefix(a);
            default -> Range.between(a, b);
        };
        NavigableMap<byte[], byte[]> expected = new TreeMap<>(model);
        expected.keySet().removeIf(key -> !range.contains(key));
        assertWalk(space.scan(range), expected);
        assertWalk(space.scan(range.reversed()), expected.descendingMap());
        assertThat(space.countOnce(range)).isEqualTo(expected.size());
        assertThat(space.estimate(range)).isEqualTo(expected.size());
        assertThat(space.count(range)).isEqualTo(expected.size());
        assertRanks(space, model, random);
        assertThat(space.get(a)).isEqualTo(model.get(a));
        assertThat(space.contains(a)).isEqualTo(model.containsKey(a));
    }

    /// States are asked in any order, long after others came of them, and not each of them.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void numbersRowsLikeAListInWhateverOrderStatesAreAsked(long seed) {
        record Version(SpaceState space, NavigableMap<byte[], byte[]> model) {}
        SplittableRandom random = new SplittableRandom(seed);
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        List<Version> versions = new ArrayList<>();
        SpaceState space = SpaceState.of(new Roots(), Tree.empty(nodes));
        for (int step = 0; step < 300; step++) {
            switch (random.nextInt(12)) {
                case 0 -> space = space.frozen();
                case 1 -> space = space.folded(space.base().apply(new DeltaEdits(space.aside())));
                case 2 -> space = space.apart();
                default -> space = write(space, model, random);
            }
            versions.add(new Version(space, new TreeMap<>(model)));
            Version asked = versions.get(versions.size() - 1 - random.nextInt(Math.min(8, versions.size())));
            if (random.nextBoolean()) {
                assertRanks(asked.space(), asked.model(), random);
            }
        }
    }

    @Test
    void numberingRowsMakesNoTree() {
        MemoryChunks chunks = new MemoryChunks();
        SpaceState space = SpaceState.of(new Roots(), Tree.empty(new Nodes(chunks, 1 << 20)));
        NavigableMap<byte[], byte[]> model = new TreeMap<>(Arrays::compareUnsigned);
        long before = chunks.count();
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            space = write(space, model, random);
            assertRanks(space, model, random);
            assertThat(space.count(Range.all())).isEqualTo(model.size());
        }
        assertThat(chunks.count()).isEqualTo(before);
    }

    private static void assertRanks(SpaceState space, NavigableMap<byte[], byte[]> model, SplittableRandom random) {
        byte[] key = key(random);
        assertThat(space.rank(key)).isEqualTo(model.headMap(key).size());
        List<Map.Entry<byte[], byte[]>> rows = List.copyOf(model.entrySet());
        int index = random.nextInt(rows.size() + 2);
        if (index < rows.size()) {
            Entry found = space.select(index).orElseThrow();
            assertThat(found.key()).isEqualTo(rows.get(index).getKey());
            assertThat(found.value()).isEqualTo(rows.get(index).getValue());
        } else {
            assertThat(space.select(index)).isEmpty();
        }
    }

    private static void assertWalk(StateCursor cursor, NavigableMap<byte[], byte[]> expected) {
        for (Map.Entry<byte[], byte[]> entry : expected.entrySet()) {
            assertThat(cursor.next()).isTrue();
            assertThat(cursor.key()).isEqualTo(entry.getKey());
            assertThat(cursor.value()).isEqualTo(entry.getValue());
        }
        assertThat(cursor.next()).isFalse();
        assertThat(cursor.next()).isFalse();
    }
}
