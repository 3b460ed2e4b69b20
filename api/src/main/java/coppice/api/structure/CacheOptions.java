package coppice.api.structure;

import java.time.Duration;
import java.util.Optional;

/// How much a [Cache] keeps, and how long.
///
/// @param maximum how many entries at most, or how much they may weigh together: 10,000 entries unless said
///     otherwise
/// @param weigher says how much one weighs; nothing to count entries
/// @param ttl how long one is kept from when it was put or loaded, if there is such a bound
/// @param idle how long one is kept from when it was last put, loaded or got, if there is such a bound
public record CacheOptions<V>(
        long maximum, Optional<Weigher<V>> weigher, Optional<Duration> ttl, Optional<Duration> idle) {
    /// Says how much an entry weighs, such as its bytes.
    @FunctionalInterface
    public interface Weigher<V> {
        /// Its weight: 0 or more; one of 0 is kept whatever the others weigh. Asked once, when it is put.
        int weight(String key, V value);
    }

    /// Checks them.
    ///
    /// @throws IllegalArgumentException when the maximum is less than 1, or a time less than a millisecond
    public CacheOptions {
        if (maximum < 1) {
            throw new IllegalArgumentException("A cache has room for 1 at least, not for " + maximum);
        }
        check(ttl);
        check(idle);
    }

    private static void check(Optional<Duration> time) {
        if (time.filter(one -> one.compareTo(Duration.ofMillis(1)) < 0).isPresent()) {
            throw new IllegalArgumentException("Entries are kept for 1 ms at least, not for " + time.get());
        }
    }

    /// 10,000 entries, for as long as there is room.
    public static <V> CacheOptions<V> defaults() {
        return new CacheOptions<>(10_000, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /// The same with another number of entries.
    public CacheOptions<V> withEntries(long most) {
        return new CacheOptions<>(most, Optional.empty(), ttl, idle);
    }

    /// The same, bounded by what entries weigh together. One that weighs more by itself is not kept.
    public CacheOptions<V> withWeight(long most, Weigher<V> weighing) {
        return new CacheOptions<>(most, Optional.of(weighing), ttl, idle);
    }

    /// The same, where entries are kept for a time from when they were put or loaded.
    public CacheOptions<V> withTtl(Duration time) {
        return new CacheOptions<>(maximum, weigher, Optional.of(time), idle);
    }

    /// The same, where entries that nobody uses are kept for a time.
    public CacheOptions<V> withIdle(Duration time) {
        return new CacheOptions<>(maximum, weigher, ttl, Optional.of(time));
    }
}
