package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LeafTest {
    private final Random random = new Random(5);

    /// How many rows fit into a leaf in any case.
    private static int most(Rows.Shape shape) {
        return shape == Rows.Shape.LONG_KEYS ? 12 : 40;
    }

    private static byte[] leaf(NavigableMap<byte[], byte[]> rows) {
        NodeWriter writer = new NodeWriter(0);
        rows.forEach(writer::addInline);
        return writer.encode();
    }

    /// Keys that are there, and others before, between and behind them, some of which are shorter or longer.
    private List<byte[]> sought(List<byte[]> keys) {
        List<byte[]> sought = new ArrayList<>(keys);
        sought.add(new byte[1]);
        sought.add(new byte[] {-1});
        for (byte[] key : keys) {
            sought.add(Arrays.copyOf(key, key.length + 1));
            sought.add(Arrays.copyOf(key, Math.max(1, random.nextInt(key.length))));
            byte[] other = key.clone();
            other[random.nextInt(key.length)] += (byte) (1 + random.nextInt(255));
            sought.add(other);
        }
        return sought;
    }

    /// What a look at all keys finds.
    private static int firstAtOrAfter(List<byte[]> keys, byte[] key) {
        return (int) keys.stream()
                .filter(each -> Arrays.compareUnsigned(each, key) < 0)
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatALookAtAllKeysFindsFromAnyGuess(Rows.Shape shape) {
        for (int count = 1; count <= most(shape); count++) {
            NavigableMap<byte[], byte[]> rows = Rows.of(shape, count, random);
            List<byte[]> keys = new ArrayList<>(rows.keySet());
            byte[] bytes = leaf(rows);
            long leaf = Leaf.shape(bytes, bytes.length);
            assertThat(Leaf.count(leaf)).isEqualTo(keys.size());
            for (byte[] key : sought(keys)) {
                int wanted = firstAtOrAfter(keys, key);
                assertThat(Leaf.search(bytes, leaf, key)).isEqualTo(wanted);
                for (int guess = 0; guess < keys.size(); guess++) {
                    assertThat(Leaf.searchFrom(bytes, leaf, key, guess)).isEqualTo(wanted);
                }
                assertThat(Leaf.isAt(bytes, leaf, wanted, key)).isEqualTo(rows.containsKey(key));
            }
        }
    }

    /// Bytes may lie in a longer array.
    @ParameterizedTest
    @EnumSource
    void hasTheCellsOfItsRows(Rows.Shape shape) {
        NavigableMap<byte[], byte[]> rows = Rows.of(shape, most(shape), random);
        byte[] bytes = leaf(rows);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + random.nextInt(100));
        long leaf = Leaf.shape(longer, bytes.length);
        assertThat(leaf).isEqualTo(Leaf.shape(bytes, bytes.length));
        int entry = 0;
        for (byte[] value : rows.values()) {
            int start = Leaf.cellStart(longer, leaf, entry);
            assertThat(Arrays.copyOfRange(longer, start + 1, Leaf.cellEnd(longer, leaf, entry)))
                    .isEqualTo(value);
            entry++;
        }
    }
}
