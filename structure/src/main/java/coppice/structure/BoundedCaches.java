package coppice.structure;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.structure.Cache;
import coppice.api.structure.CacheOptions;
import coppice.api.structure.Caches;
import coppice.api.structure.TypeRef;
import coppice.structure.cache.BoundedCache;
import coppice.structure.ground.Registry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// The caches of a database.
public final class BoundedCaches implements Caches {
    private record Named(TypeRef<?> values, BoundedCache<?> cache) {}

    private final LongSupplier nanos;
    private final Runnable ensureOpen;
    private final Map<String, Named> caches = new ConcurrentHashMap<>();

    /// @param nanos a clock that only goes forward
    /// @param ensureOpen fails when the database is closed
    public BoundedCaches(LongSupplier nanos, Runnable ensureOpen) {
        this.nanos = nanos;
        this.ensureOpen = ensureOpen;
    }

    @Override
    @SuppressWarnings("unchecked") // made for values of the same type
    public <V> Cache<V> cache(String name, TypeRef<V> values, CacheOptions<V> options) {
        ensureOpen.run();
        Named named = caches.computeIfAbsent(
                Registry.name(name), _ -> new Named(values, new BoundedCache<>(name, options, nanos, ensureOpen)));
        if (!named.values().toString().equals(values.toString())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.OTHER_STRUCTURE,
                            "The cache '" + name + "' is one of " + named.values() + ", not of " + values
                                    + ": open it as that, drop it, or take another name")
                    .with("name", name);
        }
        return (Cache<V>) named.cache();
    }

    @Override
    public Set<String> names() {
        ensureOpen.run();
        return Set.copyOf(caches.keySet());
    }

    @Override
    public boolean drop(String name) {
        ensureOpen.run();
        return caches.remove(name) != null;
    }

    /// Forgets everything. The database is closed by then.
    public void close() {
        caches.values().forEach(named -> named.cache().forget());
        caches.clear();
    }
}
