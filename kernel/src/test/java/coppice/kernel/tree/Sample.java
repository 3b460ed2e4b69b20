package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.testing.property.Gen;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Maps to compare and merge trees with, and what may happen to them.
final class Sample {
    /// Nodes so small that a few hundred rows make a tree of four levels.
    static final TreeFormat SMALL = new TreeFormat(256, 96, 640, 7, 64);

    private static final int KEYS = 1_200;

    private Sample() {}

    /// Sets or deletes `length` keys from number `start` on.
    record Block(int start, int length, int version) {
        void on(NavigableMap<byte[], byte[]> map) {
            for (int number = start; number < start + length; number++) {
                if (version == 0) {
                    map.remove(key(number));
                } else {
                    map.put(key(number), Sample.value(number, version));
                }
            }
        }
    }

    static NavigableMap<byte[], byte[]> map() {
        return new TreeMap<>(Bytes::compare);
    }

    /// Every second number up to `size` of them.
    static NavigableMap<byte[], byte[]> map(int size) {
        NavigableMap<byte[], byte[]> map = map();
        for (int row = 0; row < size; row++) {
            map.put(key(2 * row), value(2 * row, 1));
        }
        return map;
    }

    static NavigableMap<byte[], byte[]> changed(NavigableMap<byte[], byte[]> map, List<Block> blocks) {
        NavigableMap<byte[], byte[]> copy = map();
        copy.putAll(map);
        blocks.forEach(block -> block.on(copy));
        return copy;
    }

    static byte[] key(int number) {
        byte[] key = new byte[number % 7 == 0 ? 12 : 8];
        Bytes.putI64BigEndian(key, 0, number * 0x1_0001L);
        return key;
    }

    static byte[] value(int number, int version) {
        // Every eleventh value is too long for a leaf of the small format.
        byte[] value = new byte[number % 11 == 0 ? 80 : number % 5 + 1];
        value[0] = (byte) version;
        return value;
    }

    static Gen<Integer> sizes() {
        return Gen.ints(0, KEYS / 2);
    }

    static Gen<List<Block>> blocks() {
        Gen<Integer> lengths = Gen.frequency(
                Gen.constant(1).weighing(6),
                Gen.ints(1, 30).weighing(3),
                Gen.ints(1, KEYS).weighing(1));
        return Gen.combine(
                        Gen.combine(Gen.ints(0, KEYS), lengths, (start, length) -> new Block(start, length, 0)),
                        Gen.ints(0, 3),
                        (block, value) -> new Block(block.start(), block.length(), value))
                .list(0, 12);
    }

    static Tree build(Nodes nodes, Map<byte[], byte[]> sorted) {
        TreeBuilder builder = Tree.builder(nodes);
        sorted.forEach(builder::add);
        return builder.finish();
    }

    static NavigableMap<byte[], byte[]> rows(Tree tree) {
        NavigableMap<byte[], byte[]> rows = map();
        Cursor cursor = tree.cursor();
        while (cursor.next()) {
            rows.put(cursor.key(), cursor.value());
        }
        return rows;
    }
}
