package coppice.api.structure;

import coppice.api.async.AsyncTwin;
import coppice.api.async.Immediate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Values by key that may be forgotten: because there are too many, because they are too old, or because the
/// database is closed. A cache belongs to the database as a whole and to the process that has it open: it is in
/// memory, on no branch, in no version and in no transaction.
///
/// Values are kept as the objects they are, shared by all who get them, so they are not to be changed; and they
/// may be such as could not be stored. What is to be forgotten first is chosen by how often and how lately it was
/// used (W-TinyLFU, by the library Caffeine). Nothing runs for it while nobody uses the cache: what is over is not
/// shown any more, and removed by whoever comes next.
///
/// Safe for use by many threads. Reading costs some 100 ns and waits for nothing, except for a value that
/// is being loaded.
@AsyncTwin
public interface Cache<V> {
    /// The same with futures in place of results. Costs nothing; each call on it is made on a virtual thread of
    /// its own.
    default AsyncCache<V> async() {
        return new AsyncCache<>(this);
    }

    /// Its name.
    @Immediate
    String name();

    /// The value of a key, if it is there. Waits for one that is being loaded.
    ///
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted while it waits
    Optional<V> get(String key);

    /// The value of a key; where it is not there, it is loaded. However many ask for it at once, it is loaded by
    /// the first of them, and the others wait.
    ///
    /// @param load works out the value, on the calling thread. It may take long and use the cache for other keys.
    ///     What it throws is thrown here and to those who wait, and nothing is kept; only where its thread was
    ///     interrupted, the next of those who wait loads
    /// @throws coppice.api.DatabaseException.Interrupted when the thread is interrupted while it waits for another
    /// @throws IllegalStateException when `load` asks for the same key
    V get(String key, Function<? super String, ? extends V> load);

    /// The values of those keys that are there and not being loaded.
    Map<String, V> getAll(Collection<String> keys);

    /// Sets the value of a key. One that is being loaded is not kept then.
    void put(String key, V value);

    /// Forgets a key. A value that is being loaded for it goes to those who wait and is not kept.
    void invalidate(String key);

    /// Forgets everything.
    void clear();

    /// The keys that are there now, in no order.
    Set<String> keys();

    /// How many keys are there now, those that are being loaded left out. Costs O(n), as what is over is removed
    /// first.
    long count();

    /// What has happened since the cache was made.
    CacheStatistics statistics();
}
