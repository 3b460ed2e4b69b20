import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A slow service that is asked once for what many want to know, and again only when the answer is ten minutes
/// old.
///
/// Run it with the engine on the class path: `java -cp ... examples/ApiCache.java DIRECTORY`. `DIRECTORY` is made.
public final class ApiCache {
    /// What the service tells.
    record Weather(String city, int degrees) {}

    private static final CacheOptions<Weather> OPTIONS =
            CacheOptions.<Weather>defaults().withEntries(1_000).withTtl(Duration.ofMinutes(10));

    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch isAsked = new CountDownLatch(100);

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            new ApiCache().run(db.cache("weather", Weather.class, OPTIONS));
        }
    }

    private void run(Cache<Weather> cache) {
        List<CompletableFuture<Weather>> answers = Stream.generate(() -> {
                    isAsked.countDown();
                    return cache.async().get("Bern", this::request);
                })
                .limit(100)
                .toList();
        answers.forEach(CompletableFuture::join);
        System.out.println("100 asked for " + answers.getFirst().join() + ": " + requests + " request");
        try {
            cache.get("Nowhere", this::request);
        } catch (IllegalArgumentException unknown) {
            System.out.println("not kept: " + unknown.getMessage());
        }
        cache.get("Zug", this::request);
        cache.invalidate("Bern");
        cache.get("Bern", this::request);
        System.out.println(cache.keys().stream().sorted().toList() + " after " + requests + " requests");
    }

    /// What takes long.
    private Weather request(String city) {
        requests.incrementAndGet();
        try {
            isAsked.await(); // so long that all others have asked
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        if (city.equals("Nowhere")) {
            throw new IllegalArgumentException("there is no city " + city);
        }
        return new Weather(city, 17);
    }
}
