package coppice.engine.query;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What was made of keys that were asked for lately, so that it need not be made again. Safe for all threads: a
/// key that is known costs one lookup and no lock.
///
/// There are two generations, of which the older goes when the younger is full; whoever is asked for lives on.
///
/// @param <K> what is asked for
/// @param <V> what is made of it, always the same of the same
final class Recent<K, V> {
    private final int most;
    private volatile Map<K, V> young = new ConcurrentHashMap<>();
    private volatile Map<K, V> old = Map.of();

    /// @param most how many a generation holds
    Recent(int most) {
        this.most = most;
    }

    /// What is made of a key.
    ///
    /// @param make makes it, where it is not known; what it throws is thrown each time
    V of(K key, Function<? super K, ? extends V> make) {
        V known = young.get(key);
        if (known != null) {
            return known;
        }
        V before = old.get(key);
        V value = before != null ? before : make.apply(key);
        keep(key, value);
        return value;
    }

    private synchronized void keep(K key, V value) {
        if (young.size() >= most) {
            old = young;
            young = new ConcurrentHashMap<>();
        }
        young.put(key, value);
    }

    /// How many are known.
    int size() {
        return young.size() + old.size();
    }
}
