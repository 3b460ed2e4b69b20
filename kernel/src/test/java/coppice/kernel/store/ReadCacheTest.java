package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadCacheTest {
    @Test
    void keepsTheLastTwoOfASet() {
        ReadCache<String> cache = new ReadCache<>(2);
        cache.keep(1, 10, "a");
        cache.keep(2, 10, "b");
        assertThat(cache.find(1, 10)).isEqualTo("a");
        assertThat(cache.find(2, 10)).isEqualTo("b");
        assertThat(cache.find(1, 11)).isNull();
        assertThat(cache.find(3, 10)).isNull();
    }

    @Test
    void holdsNearlyAllOfHalfAsManyAsItHasSlots() {
        ReadCache<Long> cache = new ReadCache<>(8192);
        long blocks = 4096;
        for (int round = 0; round < 2; round++) {
            for (long i = 0; i < blocks; i++) {
                if (cache.find(i / 48, i % 48) == null) {
                    cache.keep(i / 48, i % 48, i);
                }
            }
        }
        long here = 0;
        for (long i = 0; i < blocks; i++) {
            Long found = cache.find(i / 48, i % 48);
            assertThat(found).isIn(null, i);
            here += found == null ? 0 : 1;
        }
        assertThat(here).isGreaterThan(blocks * 8 / 10);
    }
}
