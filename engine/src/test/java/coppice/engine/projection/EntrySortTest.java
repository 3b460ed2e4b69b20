package coppice.engine.projection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.store.MemoryChunks;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntrySortTest {
    private final Nodes nodes = new Nodes(new MemoryChunks(), 1 << 22);

    /// Keys of few letters, zeros among them, that begin alike: all depths are sorted by.
    private static byte[] key(SplittableRandom random) {
        int alike = random.nextInt(3) * 11;
        byte[] key = new byte[alike + 1 + random.nextInt(random.nextInt(20) == 0 ? 200 : 9)];
        Arrays.fill(key, 0, alike, (byte) 7);
        for (int i = alike; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(4) * 85);
        }
        return key;
    }

    private Tree expected(Map<byte[], byte[]> entries) {
        return Tree.empty(nodes)
                .apply(Edits.of(entries.entrySet().stream()
                        .map(entry -> Edit.put(entry.getKey(), entry.getValue()))
                        .toList()));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void entriesComeInOrderWhetherTheyFitOrNot(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (int i = random.nextInt(10_000); i > 0; i--) {
            entries.put(key(random), new byte[random.nextInt(5)]);
        }
        EntrySort sort = new EntrySort(nodes, seed % 2 == 0 ? 20_000 : 1 << 24);
        EntrySort.Part one = sort.part();
        EntrySort.Part other = sort.part();
        entries.forEach((key, value) -> (random.nextBoolean() ? one : other).add(key, value));
        one.end();
        other.end();
        assertThat(sort.finish()).isEqualTo(expected(entries));
    }

    @Test
    void keysOfWhichEachIsTheBeginningOfTheNextAreInOrder() {
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        EntrySort sort = new EntrySort(nodes, 1 << 24);
        EntrySort.Part part = sort.part();
        for (int length = 3_000; length > 0; length--) {
            byte[] key = new byte[length];
            entries.put(key, new byte[0]);
            part.add(key, new byte[0]);
        }
        part.end();
        assertThat(sort.finish()).isEqualTo(expected(entries));
    }

    @Test
    void valuesLargerThanABlockAreKept() {
        EntrySort sort = new EntrySort(nodes, 1 << 24);
        EntrySort.Part part = sort.part();
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 9);
        part.add("b".getBytes(UTF_8), large);
        part.add("a".getBytes(UTF_8), "small".getBytes(UTF_8));
        part.end();
        Tree all = sort.finish();
        assertThat(all.get("b".getBytes(UTF_8))).isEqualTo(large);
        assertThat(all.get("a".getBytes(UTF_8))).isEqualTo("small".getBytes(UTF_8));
    }

    @Test
    void twoOfTheSameKeyAreRefused() {
        EntrySort sort = new EntrySort(nodes, 1 << 24);
        EntrySort.Part one = sort.part();
        EntrySort.Part other = sort.part();
        one.add("a".getBytes(UTF_8), "1".getBytes(UTF_8));
        other.add("a".getBytes(UTF_8), "2".getBytes(UTF_8));
        one.end();
        other.end();
        assertThatThrownBy(sort::finish).hasMessageContaining("same key");
    }

    @Test
    void nothingMakesAnEmptyTree() {
        assertThat(new EntrySort(nodes, 1).finish()).isEqualTo(Tree.empty(nodes));
    }
}
