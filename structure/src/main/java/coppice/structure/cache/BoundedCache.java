package coppice.structure.cache;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.stats.CacheStats;
import coppice.api.DatabaseException;
import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import coppice.api.structure.CacheStatistics;
import coppice.structure.cache.Loading.Abandoned;
import coppice.structure.cache.Loading.Failed;
import coppice.structure.cache.Loading.Loaded;
import coppice.structure.cache.Loading.Outcome;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A cache over Caffeine. What is in that are futures, so that one loads and others wait without holding anything
/// that concerns other keys. One that fails is taken out before it is told, so that it is never found.
public final class BoundedCache<V> implements Cache<V> {
    private final String name;
    private final CacheOptions<V> options;
    private final LongSupplier nanos;
    private final Runnable ensureOpen;
    private final AsyncCache<String, Outcome<V>> entries;
    private final LongAdder loads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder loading = new LongAdder();

    /// @param nanos a clock that only goes forward
    /// @param ensureOpen fails when the database is closed
    public BoundedCache(String name, CacheOptions<V> options, LongSupplier nanos, Runnable ensureOpen) {
        this.name = name;
        this.options = options;
        this.nanos = nanos;
        this.ensureOpen = ensureOpen;
        this.entries = entries(options, nanos);
    }

    private static <V> AsyncCache<String, Outcome<V>> entries(CacheOptions<V> options, LongSupplier nanos) {
        Caffeine<Object, Object> builder = Caffeine.newBuilder()
                .executor(Runnable::run)
                .ticker(nanos::getAsLong)
                .recordStats();
        options.ttl().ifPresent(builder::expireAfterWrite);
        options.idle().ifPresent(builder::expireAfterAccess);
        if (options.weigher().isEmpty()) {
            return builder.maximumSize(options.maximum()).buildAsync();
        }
        return builder.maximumWeight(options.maximum())
                .weigher((String _, Outcome<V> outcome) -> outcome.weight())
                .buildAsync();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<V> get(String key) {
        ensureOpen.run();
        CompletableFuture<Outcome<V>> there = entries.getIfPresent(key);
        return there != null && await(key, there) instanceof Loaded<V>(V value, int _)
                ? Optional.of(value)
                : Optional.empty();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same future: it is this one's to load
    public V get(String key, Function<? super String, ? extends V> load) {
        ensureOpen.run();
        while (true) {
            Loading<V> own = new Loading<>();
            CompletableFuture<Outcome<V>> there = entries.get(key, (_, _) -> own);
            Outcome<V> outcome = there == own ? load(key, load, own) : await(key, there);
            switch (outcome) {
                case Loaded<V>(V value, int _) -> {
                    return value;
                }
                case Failed<V>(Error error) -> throw error;
                case Failed<V>(Throwable failure) -> throw (RuntimeException) failure; // a function throws no others
                case Abandoned<V> _ -> ensureOpen.run();
            }
        }
    }

    /// Loads a value that others wait for.
    ///
    /// @return what came of it for this one
    private Outcome<V> load(String key, Function<? super String, ? extends V> load, Loading<V> own) {
        long begun = nanos.getAsLong();
        Outcome<V> outcome = outcome(key, load);
        loading.add(nanos.getAsLong() - begun);
        if (outcome instanceof Loaded<V>) {
            loads.increment();
            own.complete(outcome);
            return outcome;
        }
        failures.increment();
        entries.asMap().remove(key, own);
        own.complete(Thread.currentThread().isInterrupted() ? new Abandoned<>() : outcome);
        return outcome;
    }

    private Outcome<V> outcome(String key, Function<? super String, ? extends V> load) {
        try {
            return loaded(key, load.apply(key));
        } catch (Throwable failure) { // whatever it is, those who wait have to hear of it
            return new Failed<>(failure);
        }
    }

    private Loaded<V> loaded(String key, @Nullable V value) {
        V there = Objects.requireNonNull(value, () -> "The value of '" + key + "' in cache '" + name + "' is null");
        int weight =
                options.weigher().map(weigher -> weigher.weight(key, there)).orElse(1);
        if (weight < 0) {
            throw new IllegalArgumentException("The weigher of cache '" + name + "' says that '" + key + "' weighs "
                    + weight + ": it has to be 0 or more");
        }
        return new Loaded<>(there, weight);
    }

    private Outcome<V> await(String key, CompletableFuture<Outcome<V>> there) {
        if (there instanceof Loading<V> other && other.isOwn()) {
            throw new IllegalStateException(
                    "To load '" + key + "' of cache '" + name + "' asks for the same key: it would wait for itself");
        }
        try {
            return there.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new DatabaseException.Interrupted("The thread was interrupted while it waited for '" + key
                    + "' of cache '" + name + "' to be loaded");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        ensureOpen.run();
        Map<String, V> found = new LinkedHashMap<>();
        for (String key : keys) {
            CompletableFuture<Outcome<V>> there = entries.getIfPresent(key);
            if (there != null && now(there) instanceof Loaded<V>(V value, int _)) {
                found.put(key, value);
            }
        }
        return found;
    }

    private static <V> Outcome<V> now(CompletableFuture<Outcome<V>> there) {
        return there.getNow(new Abandoned<>());
    }

    @Override
    public void put(String key, V value) {
        ensureOpen.run();
        entries.put(key, CompletableFuture.completedFuture(loaded(key, value)));
    }

    @Override
    public void invalidate(String key) {
        ensureOpen.run();
        entries.asMap().remove(key);
    }

    @Override
    public void clear() {
        ensureOpen.run();
        forget();
    }

    /// As [#clear], also when the database is closed.
    public void forget() {
        entries.asMap().clear();
    }

    @Override
    public Set<String> keys() {
        ensureOpen.run();
        entries.synchronous().cleanUp();
        return entries.asMap().entrySet().stream()
                .filter(entry -> now(entry.getValue()) instanceof Loaded<V>)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public long count() {
        return keys().size();
    }

    @Override
    public CacheStatistics statistics() {
        ensureOpen.run();
        CacheStats seen = entries.synchronous().stats();
        long size = entries.synchronous().estimatedSize();
        long weight = entries.synchronous()
                .policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(size))
                .orElse(size);
        return new CacheStatistics(
                seen.hitCount(),
                seen.missCount(),
                loads.sum(),
                failures.sum(),
                Duration.ofNanos(loading.sum()),
                seen.evictionCount(),
                size,
                weight);
    }
}
