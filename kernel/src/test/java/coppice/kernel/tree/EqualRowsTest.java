package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EqualRowsTest {
    private static final byte[] FIRST = Rows.text("key 00");

    private static NavigableMap<byte[], byte[]> rows(Random random) {
        NavigableMap<byte[], byte[]> rows = Rows.map();
        rows.put(FIRST, new byte[random.nextInt(30)]);
        for (int row = 1; row < 30; row++) {
            rows.put(Rows.text(String.format("key %02d", row)), Rows.bytes(random, random.nextInt(30)));
        }
        return rows;
    }

    private static Node leaf(NavigableMap<byte[], byte[]> rows) {
        NodeWriter writer = new NodeWriter(0);
        rows.forEach(writer::addInline);
        return new Node(writer.encode());
    }

    private static int oneByOne(Node a, int entryA, Node b, int entryB, int most) {
        int run = 0;
        while (run < most
                && Arrays.equals(a.key(entryA + run), b.key(entryB + run))
                && Arrays.equals(cell(a, entryA + run), cell(b, entryB + run))) {
            run++;
        }
        return run;
    }

    private static byte[] cell(Node leaf, int entry) {
        return Arrays.copyOfRange(leaf.bytes(), leaf.cellStart(entry), leaf.cellEnd(entry));
    }

    /// A value of equal or other length, a key of equal length, a row more, a row less: wherever they are, the count is
    /// that of a comparison row by row, from all entries on.
    @Test
    void countsAsAComparisonRowByRowDoes() {
        Random random = new Random(1);
        int stopped = 0;
        for (int run = 0; run < 2_000; run++) {
            NavigableMap<byte[], byte[]> rows = rows(random);
            Node before = leaf(rows);
            for (int change = random.nextInt(3); change >= 0; change--) {
                change(rows, random);
            }
            Node after = leaf(rows);
            for (int shift = -1; shift <= 1; shift++) {
                for (int entry = 1; entry < 28; entry++) {
                    int most = Math.min(before.count() - entry, after.count() - entry - shift);
                    if (most < 1) {
                        continue;
                    }
                    int expected = oneByOne(before, entry, after, entry + shift, most);
                    assertThat(EqualRows.count(before, entry, after, entry + shift, most))
                            .isEqualTo(expected);
                    stopped += expected > 0 && expected < most ? 1 : 0;
                }
            }
        }
        assertThat(stopped).isGreaterThan(10_000);
    }

    private static void change(NavigableMap<byte[], byte[]> rows, Random random) {
        byte[] key = Rows.text(String.format("key %02d", 1 + random.nextInt(29)));
        Map.Entry<byte[], byte[]> row = rows.ceilingEntry(key);
        byte[] at = row == null ? FIRST : row.getKey();
        byte[] value = rows.getOrDefault(at, new byte[0]);
        switch (random.nextInt(5)) {
            case 0 -> rows.put(at, Rows.bytes(random, value.length));
            case 1 -> rows.put(at, Rows.bytes(random, random.nextInt(30)));
            case 2 -> {
                rows.remove(at);
                byte[] other = at.clone();
                other[other.length - 1] = 'z';
                rows.put(other, value);
            }
            case 3 -> rows.put(Arrays.copyOf(at, at.length + 1), value);
            default -> rows.remove(at);
        }
    }
}
