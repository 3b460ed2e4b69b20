package coppice.engine.feed;

import coppice.kernel.bytes.BytesKey;
import coppice.kernel.bytes.Xxh3;
import coppice.kernel.store.BlockFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Things by what keys begin with. What a key has is found by a lookup for each length of prefix that there is,
/// however many there are. Most that find nothing are spared by a filter, which is small, where the lookups would
/// each wait for memory. Not thread-safe.
final class ByPrefix<T> {
    private static final int BITS_EACH = 16;
    private static final int ROOM_MIN = 64;

    private final Map<Integer, Map<BytesKey, Set<T>>> byLength = new TreeMap<>();
    /// The keys of that, ascending.
    private int[] lengths = {};

    private int count;

    private int room = ROOM_MIN;
    private BlockFilter filter = BlockFilter.sized(ROOM_MIN, BITS_EACH);
    /// How many prefixes were added to the filter, be it such that are there no longer.
    private int noted;

    /// Adds a thing, once.
    void add(byte[] prefix, T thing) {
        Set<T> same = byLength.computeIfAbsent(prefix.length, _ -> new HashMap<>())
                .computeIfAbsent(new BytesKey(prefix), _ -> new LinkedHashSet<>());
        if (same.isEmpty()) {
            count++;
            note(prefix);
            listLengths();
        }
        same.add(thing);
    }

    /// Takes a thing away, if it is there.
    void remove(byte[] prefix, T thing) {
        Map<BytesKey, Set<T>> sameLength = byLength.getOrDefault(prefix.length, Map.of());
        BytesKey key = new BytesKey(prefix);
        Set<T> same = sameLength.get(key);
        if (same == null || !same.remove(thing) || !same.isEmpty()) {
            return;
        }
        count--;
        sameLength.remove(key);
        if (sameLength.isEmpty()) {
            byLength.remove(prefix.length);
            listLengths();
        }
    }

    private void listLengths() {
        if (lengths.length != byLength.size()) {
            lengths = byLength.keySet().stream().mapToInt(Integer::intValue).toArray();
        }
    }

    boolean isEmpty() {
        return byLength.isEmpty();
    }

    /// Whether any of the things that a key has is wanted.
    boolean has(byte[] key, Predicate<T> wanted) {
        for (int length : lengths) {
            if (length > key.length) {
                return false;
            }
            long hash = Xxh3.hash64(key, 0, length, 0);
            if (filter.mayHold(hash, hash) && hasOne(things(length, key), wanted)) {
                return true;
            }
        }
        return false;
    }

    private static <T> boolean hasOne(@Nullable Set<T> things, Predicate<T> wanted) {
        if (things != null) {
            for (T thing : things) {
                if (wanted.test(thing)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Gives all things that a key has.
    void find(byte[] key, Consumer<T> found) {
        for (int length : lengths) {
            Set<T> things = length > key.length ? null : things(length, key);
            if (things != null) {
                things.forEach(found);
            }
        }
    }

    private @Nullable Set<T> things(int length, byte[] key) {
        byte[] prefix = length == key.length ? key : Arrays.copyOf(key, length);
        return byLength.getOrDefault(length, Map.of()).get(new BytesKey(prefix));
    }

    /// Adds a prefix to the filter. Once that is full, begins anew with what is there.
    private void note(byte[] prefix) {
        if (noted < room) {
            addToFilter(prefix);
            return;
        }
        room = Math.max(ROOM_MIN, 2 * count);
        filter = BlockFilter.sized(room, BITS_EACH);
        noted = 0;
        byLength.values().forEach(sameLength -> sameLength.keySet().forEach(each -> addToFilter(each.bytes())));
    }

    private void addToFilter(byte[] prefix) {
        long hash = Xxh3.hash64(prefix);
        filter.add(hash, hash);
        noted++;
    }
}
