package coppice.kernel.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/// Sorted maps of many shapes to build trees from.
final class Rows {
    /// What keys may look like.
    enum Shape {
        RANDOM,
        SEQUENTIAL,
        DIGITS,
        LETTERS,
        CONSTANT_PREFIX,
        JSON,
        LONG_KEYS,
        SHORT_KEYS;

        /// A key of a shape that needs no chance.
        byte[] key(int number) {
            return key(new Random(number), number);
        }

        byte[] key(RandomGenerator random, int number) {
            return switch (this) {
                case RANDOM -> bytes(random, 16);
                case SEQUENTIAL -> ByteBuffer.allocate(8).putLong(number).array();
                case DIGITS -> text(String.format("%08d", number));
                case LETTERS -> letters(random, 6 + random.nextInt(6));
                case CONSTANT_PREFIX -> text("customers/by-name/europe/" + number);
                case JSON -> text("{\"type\":\"order\",\"id\":" + number + "}");
                case LONG_KEYS -> longKey(random, number);
                case SHORT_KEYS -> bytes(random, 1 + random.nextInt(3));
            };
        }
    }

    private Rows() {}

    static <V extends @org.jspecify.annotations.Nullable Object> NavigableMap<byte[], V> map() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /// `count` rows, or as many as there are different keys of a shape.
    static NavigableMap<byte[], byte[]> of(Shape shape, int count, RandomGenerator random) {
        NavigableMap<byte[], byte[]> rows = map();
        for (int number = 0; number < count; number++) {
            rows.put(shape.key(random, number), value(random));
        }
        return rows;
    }

    /// Mostly short, sometimes at the limit of what lies in a leaf.
    static byte[] value(RandomGenerator random) {
        int length = switch (random.nextInt(50)) {
            case 0 -> 0;
            case 1 -> TreeFormat.V2.inlineLimit();
            case 2 -> TreeFormat.V2.inlineLimit() - 1;
            default -> random.nextInt(120);
        };
        return bytes(random, length);
    }

    static byte[] bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] letters(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(26));
        }
        return bytes;
    }

    private static byte[] longKey(RandomGenerator random, int number) {
        byte[] key = new byte[Tree.MAX_KEY_BYTES - random.nextInt(3)];
        Arrays.fill(key, (byte) 'k');
        ByteBuffer.wrap(key).putInt(key.length - 8, number);
        return key;
    }

    static Tree build(Nodes nodes, NavigableMap<byte[], byte[]> rows) {
        TreeBuilder builder = Tree.builder(nodes);
        rows.forEach(builder::add);
        return builder.finish();
    }
}
