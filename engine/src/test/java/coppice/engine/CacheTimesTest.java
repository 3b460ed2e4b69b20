package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// How long caches keep what they have.
class CacheTimesTest extends TimedTest {
    private static final CacheOptions<String> PLAIN = CacheOptions.defaults();
    private static final Duration HALF = HOUR.dividedBy(2);

    @Test
    void whatIsTooOldIsForgotten() {
        Cache<String> cache = db.cache("old", String.class, PLAIN.withTtl(HOUR));
        cache.put("a", "put");
        pass(HALF);
        cache.get("b", _ -> "loaded");
        assertThat(cache.get("a")).isPresent(); // does not make it younger
        pass(HALF);
        assertThat(cache.keys()).containsExactly("b");
        assertThat(cache.get("a")).isEmpty();
        assertThat(cache.statistics().evictions()).isOne();
        cache.put("b", "again");
        pass(HALF);
        assertThat(cache.get("b")).contains("again");
    }

    @Test
    void whatNobodyUsesIsForgotten() {
        Cache<String> cache = db.cache("idle", String.class, PLAIN.withIdle(HOUR));
        cache.put("used", "a");
        cache.put("unused", "b");
        pass(HALF);
        assertThat(cache.get("used")).isPresent();
        pass(HALF);
        assertThat(cache.count()).isOne();
        assertThat(cache.get("used")).isPresent();
        assertThat(cache.get("unused")).isEmpty();
    }

    @Test
    void whatIsUsedAgainAndAgainIsTooOldSomeTime() {
        Cache<String> cache = db.cache("both", String.class, PLAIN.withTtl(HOUR).withIdle(HALF));
        cache.put("a", "a");
        for (int i = 0; i < 5; i++) {
            pass(HOUR.dividedBy(6));
            assertThat(cache.get("a")).isPresent();
        }
        pass(HOUR.dividedBy(6));
        assertThat(cache.get("a")).isEmpty();
    }
}
