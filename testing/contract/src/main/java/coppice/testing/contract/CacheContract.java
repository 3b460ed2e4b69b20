package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import coppice.api.structure.CacheStatistics;
import coppice.api.structure.TypeRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Values that may be forgotten.
@Timeout(60)
abstract class CacheContract extends Contract {
    /// What is cached.
    public record Page(String text) {}

    private Cache<Page> pages() {
        return db.cache("pages", Page.class);
    }

    /// Loads when it may, and counts.
    private static final class Source {
        final Semaphore open = new Semaphore(0);
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch isAsked = new CountDownLatch(1);

        Page load(String key) {
            calls.incrementAndGet();
            isAsked.countDown();
            try {
                open.acquire();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
            return new Page(key + "!");
        }
    }

    @Test
    void keepsWhatIsPutUntilItIsForgotten() {
        Page page = new Page("one");
        pages().put("a", page);
        assertThat(pages().get("a").orElseThrow()).isSameAs(page);
        assertThat(pages().get("b")).isEmpty();
        pages().put("b", new Page("two"));
        assertThat(pages().getAll(List.of("b", "c", "a")).keySet()).containsExactly("b", "a");
        assertThat(pages().keys()).containsExactlyInAnyOrder("a", "b");
        assertThat(pages().count()).isEqualTo(2);
        pages().invalidate("a");
        pages().invalidate("a");
        assertThat(pages().get("a")).isEmpty();
        pages().clear();
        assertThat(pages().count()).isZero();
        assertThat(pages().name()).isEqualTo("pages");
        assertThat(db.current().spaces()).isEmpty();
    }

    @Test
    void whatIsNotThereIsLoadedOnce() throws Exception {
        Source source = new Source();
        List<CompletableFuture<Page>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            all.add(pages().async().get("a", source::load));
        }
        source.isAsked.await();
        CompletableFuture<?> looking = pages().async().get("a");
        pages().put("b", new Page("b")); // other keys are not held up
        assertThat(pages().getAll(List.of("a", "b")).keySet()).containsExactly("b");
        assertThat(pages().keys()).containsExactly("b");
        source.open.release();
        Page first = all.getFirst().join();
        assertThat(all).allSatisfy(one -> assertThat(one.join()).isSameAs(first));
        assertThat(looking.join()).isEqualTo(Optional.of(first));
        assertThat(pages().get("a")).containsSame(first);
        assertThat(source.calls).hasValue(1);
        CacheStatistics seen = pages().statistics();
        assertThat(seen.loads()).isOne();
        assertThat(seen.failures()).isZero();
        assertThat(seen.misses()).isOne();
        assertThat(seen.hits()).isGreaterThanOrEqualTo(50);
        assertThat(seen.entries()).isEqualTo(2);
        assertThat(seen.hitRate()).isBetween(0.9, 1.0);
    }

    @Test
    void whatCannotBeLoadedIsToldToAllWhoWaitAndNotKept() throws Exception {
        Source source = new Source();
        CompletableFuture<Page> first = pages().async().get("a", key -> {
            source.load(key);
            throw new UncheckedIOException("no such page", new IOException());
        });
        source.isAsked.await();
        CompletableFuture<Page> second = pages().async().get("a", _ -> new Page("in its place"));
        while (pages().statistics().hits() == 0) {
            Thread.onSpinWait();
        }
        source.open.release();
        assertThat(catchThrowable(first::join)).hasCauseInstanceOf(UncheckedIOException.class);
        assertThat(catchThrowable(second::join)).hasCauseInstanceOf(UncheckedIOException.class);
        assertThat(pages().get("a")).isEmpty();
        assertThat(pages().get("a", _ -> new Page("again"))).isEqualTo(new Page("again"));
        assertThat(pages().statistics().failures()).isOne();
        assertThatThrownBy(() -> pages().get("b", _ -> {
                    throw new StackOverflowError();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(pages().count()).isOne();
    }

    @Test
    void whoIsInterruptedLeavesNoTrace() throws Exception {
        Source source = new Source();
        CompletableFuture<Page> first = pages().async().get("a", source::load);
        source.isAsked.await();
        CompletableFuture<Page> waits = pages().async().get("a", source::load);
        CompletableFuture<Page> goes = pages().async().get("a", source::load);
        while (pages().statistics().hits() < 2) {
            Thread.onSpinWait();
        }
        goes.cancel(true);
        assertThat(catchThrowable(goes::join)).isInstanceOf(CancellationException.class);
        first.cancel(true);
        assertThat(catchThrowable(first::join)).isInstanceOf(CancellationException.class);
        source.open.release();
        assertThat(waits.join()).isEqualTo(new Page("a!")); // loaded by itself
        assertThat(source.calls).hasValue(2);
    }

    @Test
    void whatIsForgottenWhileItIsLoadedDoesNotComeBack() throws Exception {
        Source source = new Source();
        CompletableFuture<Page> first = pages().async().get("a", source::load);
        source.isAsked.await();
        pages().put("a", new Page("newer"));
        source.open.release();
        assertThat(first.join()).isEqualTo(new Page("a!"));
        assertThat(pages().get("a")).contains(new Page("newer"));
        Source other = new Source();
        CompletableFuture<Page> second = pages().async().get("b", other::load);
        other.isAsked.await();
        pages().invalidate("b");
        other.open.release();
        assertThat(second.join()).isEqualTo(new Page("b!"));
        assertThat(pages().get("b")).isEmpty();
    }

    @Test
    void loadingMayUseOtherKeysButNotItsOwn() {
        Page page = pages().get(
                        "a", _ -> new Page(pages().get("b", _ -> new Page("b")).text() + "a"));
        assertThat(page).isEqualTo(new Page("ba"));
        assertThatThrownBy(() -> pages().get("c", key -> pages().get(key, _ -> new Page("no"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("'c'", "'pages'");
        assertThat(pages().keys()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void isBoundedByNumberOrWeight() {
        Cache<Integer> few =
                db.cache("few", Integer.class, CacheOptions.<Integer>defaults().withEntries(10));
        IntStream.range(0, 1_000).forEach(i -> few.put("k" + i, i));
        assertThat(few.count()).isEqualTo(10);
        assertThat(few.statistics().evictions()).isEqualTo(990);
        assertThat(few.statistics().weight()).isEqualTo(10);
        CacheOptions<String> weighed = CacheOptions.<String>defaults().withWeight(100, (_, text) -> text.length());
        Cache<String> light = db.cache("light", String.class, weighed);
        light.put("heavy", "x".repeat(101));
        assertThat(light.get("heavy")).isEmpty();
        for (int i = 0; i < 100; i++) {
            light.get("k" + i, _ -> "x".repeat(30));
        }
        assertThat(light.count()).isEqualTo(3);
        assertThat(light.statistics().weight()).isEqualTo(90);
        Cache<String> broken =
                db.cache("broken", String.class, CacheOptions.<String>defaults().withWeight(100, (_, _) -> -1));
        assertThatThrownBy(() -> broken.put("a", "b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> broken.get("a", _ -> "b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(broken.count()).isZero();
    }

    @Test
    void aNameStandsForOneCache() {
        Cache<Page> first = pages();
        first.put("a", new Page("a"));
        assertThat(db.cache("pages", Page.class, CacheOptions.<Page>defaults().withEntries(1))
                        .get("a"))
                .isPresent();
        DatabaseException refused =
                catchThrowableOfType(DatabaseException.class, () -> db.cache("pages", String.class));
        assertThat(refused.code()).isEqualTo(ErrorCode.OTHER_STRUCTURE);
        assertThat(refused).hasMessageContaining("'pages'");
        db.caches()
                .cache("lists", new TypeRef<List<Map<String, Integer>>>() {}, CacheOptions.defaults())
                .put("a", List.of());
        assertThat(db.caches().names()).containsExactlyInAnyOrder("pages", "lists");
        assertThat(db.caches().drop("pages")).isTrue();
        assertThat(db.caches().drop("pages")).isFalse();
        assertThat(db.cache("pages", String.class).get("a")).isEmpty();
        db.dict("pages").put("a", 1); // a structure of the same name is something else
        for (String name : List.of("", "@a", "x".repeat(241))) {
            assertThatThrownBy(() -> db.cache(name, String.class)).isInstanceOf(DatabaseException.Incorrect.class);
        }
    }

    @Test
    void endsWithItsDatabase() throws Exception {
        Cache<Page> pages = pages();
        pages.put("a", new Page("a"));
        Source source = new Source();
        CompletableFuture<Page> late = pages.async().get("b", source::load);
        source.isAsked.await();
        db.close();
        source.open.release();
        assertThat(late.join()).isEqualTo(new Page("b!"));
        assertThatThrownBy(() -> pages.get("a")).isInstanceOf(DatabaseException.Closed.class);
        assertThatThrownBy(() -> pages.put("a", new Page("a"))).isInstanceOf(DatabaseException.Closed.class);
        assertThatThrownBy(pages::statistics).isInstanceOf(DatabaseException.Closed.class);
    }

    @Test
    void refusesWhatCannotBe() {
        CacheOptions<Page> options = CacheOptions.defaults();
        assertThatThrownBy(() -> options.withEntries(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withTtl(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> options.withIdle(Duration.ofMillis(-1))).isInstanceOf(IllegalArgumentException.class);
    }
}
