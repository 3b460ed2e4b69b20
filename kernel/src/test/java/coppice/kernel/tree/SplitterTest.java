package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Xxh3;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitterTest {
    private final Splitter splitter = new Splitter(TreeFormat.V2);

    private static void assertCost(long hash, long cost) {
        assertThat(Splitter.costsAtMost(hash, cost)).as("%x, %d", hash, cost).isTrue();
        assertThat(Splitter.costsAtMost(hash, cost - 1))
                .as("%x, less than %d", hash, cost)
                .isFalse();
    }

    @Test
    void theLogarithmIsThatOfTheSecondImplementation() {
        Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            long hash = random.nextLong() >>> random.nextInt(64);
            assertCost(hash, NaiveTree.cost(hash));
            assertCost(~hash, NaiveTree.cost(~hash));
            long limit = NaiveTree.cost(hash) + random.nextInt(-(1 << 25), 1 << 25);
            assertThat(Splitter.costsAtMost(hash, limit)).isEqualTo(limit >= NaiveTree.cost(hash));
        }
    }

    @Test
    void theLogarithmIsALogarithm() {
        Random random = new Random(2);
        for (int i = 0; i < 5_000; i++) {
            long hash = random.nextLong();
            double u = ((~hash >>> 11) + 0.5) / 0x1p53;
            double cost = 0x1p24 * -Math.log(u) / Math.log(2);
            assertThat(Splitter.costsAtMost(hash, (long) cost + 17)).isTrue();
            assertThat(Splitter.costsAtMost(hash, (long) cost - 17)).isFalse();
        }
    }

    /// The published vectors of `docs/format/node.md`.
    @Test
    void theLogarithmHasKnownValues() {
        assertCost(0, 1);
        assertCost(-1, 64L << 24);
        assertCost(Long.MIN_VALUE, (1 << 24) + 1);
        assertCost(0x0123456789abcdefL, 107_815);
        assertCost(0xfedcba9876543210L, 131_093_495);
    }

    @Test
    void theShortcutNeverDecidesOtherwiseThanTheRule() {
        Random random = new Random(3);
        long constant = Math.round((double) TreeFormat.V2.scale() * TreeFormat.V2.scale() * Math.log(2));
        int ends = 0;
        for (int i = 0; i < 300_000; i++) {
            int before = TreeFormat.V2.min() + random.nextInt(TreeFormat.V2.cap());
            int after = before + 1 + random.nextInt(random.nextInt(5_000) + 1);
            // Hashes near the place where the decision turns, and everywhere.
            double gain = (double) after * after - (double) before * before;
            double square = (double) TreeFormat.V2.scale() * TreeFormat.V2.scale();
            long near = (long) (gain / square * 0x1p32 * (0.99 + 0.02 * random.nextDouble())) << 32;
            long hash = random.nextBoolean() ? random.nextLong() : near + random.nextInt();
            boolean rule = ((long) after * after - (long) before * before) << 24 > constant * NaiveTree.cost(hash);
            assertThat(splitter.drawn(before, after, hash))
                    .as("%d -> %d, %x", before, after, hash)
                    .isEqualTo(rule);
            ends += rule ? 1 : 0;
        }
        assertThat(ends).isBetween(30_000, 290_000);
    }

    @Test
    void noNodeEndsBelowTheMinimumAndEveryOneAtTheCap() {
        Random random = new Random(4);
        TreeFormat format = TreeFormat.V2;
        for (int i = 0; i < 2_000; i++) {
            byte[] key = Rows.bytes(random, 1 + random.nextInt(30));
            int level = random.nextInt(4);
            assertThat(ends(level, 5, format.min() - 50, format.min() - 1, key)).isFalse();
            assertThat(ends(level, 5, format.cap() - 1, format.cap(), key)).isTrue();
            assertThat(ends(1 + level, 1, format.cap() - 1, format.cap(), key)).isFalse();
        }
    }

    @Test
    void levelsDecideIndependently() {
        byte[] key = Rows.text("a key");
        assertThat(Xxh3.hash64(key, 0, key.length, Splitter.salt(0)))
                .isNotEqualTo(Xxh3.hash64(key, 0, key.length, Splitter.salt(1)));
    }

    /// The assembler relies on it: what was no end is none at smaller sizes.
    @Test
    void aSmallerNodeIsNeverMoreLikelyToEnd() {
        Random random = new Random(5);
        for (int i = 0; i < 200_000; i++) {
            byte[] key = Rows.bytes(random, 8);
            int entry = 1 + random.nextInt(1_200);
            int size = TreeFormat.V2.min() + random.nextInt(TreeFormat.V2.cap());
            int smaller = random.nextInt(size) + 1;
            if (ends(0, 9, smaller, smaller + entry, key)) {
                assertThat(ends(0, 9, size, size + entry, key)).isTrue();
            }
        }
    }

    private boolean ends(int level, int count, int before, int after, byte[] key) {
        return splitter.endsAfter(level, count, before, after, key, 0, key.length);
    }
}
