package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.FirstKey.Order;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FirstKeyTest {
    private static final Hash ANY = Hash.of(1, 2, 3, 4);

    private static Node leaf(String... keys) {
        return node(0, Arrays.stream(keys).map(Rows::text).toList());
    }

    private static Node parent(String... keys) {
        return node(1, Arrays.stream(keys).map(Rows::text).toList());
    }

    private static Node node(int level, List<byte[]> keys) {
        NodeWriter writer = new NodeWriter(level);
        for (byte[] key : keys) {
            if (level == 0) {
                writer.addInline(key, new byte[1]);
            } else {
                writer.addChild(key, 0, key.length, 1, ANY, null);
            }
        }
        return new Node(writer.encode());
    }

    private static Order order(String before, String... leaf) {
        return FirstKey.order(FirstKey.of(leaf(leaf)), parent(before, leaf[leaf.length - 1]), 1);
    }

    @Test
    void aKeyIsToldByWhatItSharesWithTheLastOne() {
        assertThat(order("user:7/az", "user:8/aa", "user:8/zz")).isEqualTo(Order.BEHIND);
        assertThat(order("user:8/ab", "user:8/aa", "user:8/zz")).isEqualTo(Order.NOT_BEHIND);
    }

    @Test
    void orByTheBytesBehindThat() {
        assertThat(order("aa 0122", "aa 0123", "b")).isEqualTo(Order.UNTOLD);
        assertThat(order("aa 012", "aa 0123", "b")).isEqualTo(Order.BEHIND);
        assertThat(order("aa 11", "aa 0123", "b")).isEqualTo(Order.NOT_BEHIND);
        assertThat(order("aa 00", "aa 0123", "b")).isEqualTo(Order.BEHIND);
    }

    @Test
    void aKeyThatBeginsAnotherIsBeforeIt() {
        assertThat(order("k", "k1", "k2")).isEqualTo(Order.BEHIND);
        assertThat(order("k1", "k", "k2")).isEqualTo(Order.NOT_BEHIND);
        assertThat(order("k1", "k1", "k2")).isEqualTo(Order.NOT_BEHIND);
        assertThat(order("k0", "k1")).isEqualTo(Order.BEHIND);
        assertThat(order("k", "k1")).isEqualTo(Order.BEHIND);
    }

    @Test
    void ofANodeOfWhichNothingIsKnownNothingIsTold() {
        assertThat(FirstKey.of(parent("a", "b"), FirstKey.UNKNOWN)).isEqualTo(FirstKey.UNKNOWN);
        assertThat(FirstKey.order(FirstKey.UNKNOWN, parent("a", "b"), 1)).isEqualTo(Order.UNTOLD);
    }

    /// Through any number of levels it says of any other key what comparing says, or nothing.
    @Test
    void whatIsToldIsWhatComparingTells() {
        Random random = new Random(1);
        int told = 0;
        for (int run = 0; run < 20_000; run++) {
            TreeSet<byte[]> sorted = new TreeSet<>(Arrays::compareUnsigned);
            while (sorted.size() < 4) {
                sorted.add(key(random));
            }
            List<byte[]> keys = List.copyOf(sorted);
            int rows = 1 + random.nextInt(2);
            long first = FirstKey.of(node(0, keys.subList(0, rows)));
            first = FirstKey.of(node(1, keys.subList(rows - 1, 3)), first);
            first = FirstKey.of(node(2, keys.subList(2, 4)), first);
            byte[] other = random.nextInt(4) == 0 ? keys.getFirst() : key(random);
            if (Arrays.compareUnsigned(other, keys.getLast()) < 0) {
                Order order = FirstKey.order(first, node(3, List.of(other, keys.getLast())), 1);
                boolean isBehind = Arrays.compareUnsigned(keys.getFirst(), other) > 0;
                assertThat(order).isIn(Order.UNTOLD, isBehind ? Order.BEHIND : Order.NOT_BEHIND);
                told += order == Order.UNTOLD ? 0 : 1;
            }
        }
        assertThat(told).isGreaterThan(5_000);
    }

    /// Of few different bytes, so that keys have much in common.
    private static byte[] key(Random random) {
        byte[] key = new byte[1 + random.nextInt(12)];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (random.nextInt(5) == 0 ? 0xff : 'a');
        }
        return key;
    }
}
