package coppice.engine.feed;

import coppice.kernel.bytes.BytesKey;
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
/// however many there are. Most that find nothing are spared by a Bloom filter of two bits for each prefix (Bloom:
/// "Space/Time Trade-offs in Hash Coding with Allowable Errors", 1970), which is small, where the lookups would
/// each wait for memory. Not thread-safe.
final class ByPrefix<T> {
    private static final int BITS_EACH = 16;
    private static final int BITS_MIN = 1 << 10;
    private static final int PRIME = 31;
    /// Odd, and without a pattern: what is behind the point of the golden ratio, and of the square root of two.
    private static final int FIRST = 0x9E3779B9;

    private static final int SECOND = 0x6A09E667;

    private final Map<Integer, Map<BytesKey, Set<T>>> byLength = new TreeMap<>();
    /// The keys of that, ascending.
    private int[] lengths = {};

    private int count;

    private long[] filter = new long[BITS_MIN / Long.SIZE];
    /// How many prefixes bits were set for, be it for prefixes that are there no longer.
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
        int hash = 1;
        int hashed = 0;
        for (int length : lengths) {
            if (length > key.length) {
                return false;
            }
            for (; hashed < length; hashed++) {
                hash = PRIME * hash + key[hashed];
            }
            if (isNoted(hash) && hasOne(things(length, key), wanted)) {
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

    /// Sets the bits of a prefix. Once they are many, begins anew with what is there.
    private void note(byte[] prefix) {
        if (noted * BITS_EACH < filter.length * Long.SIZE) {
            set(Arrays.hashCode(prefix));
            return;
        }
        int bits = 2 * Integer.highestOneBit(Math.max(BITS_MIN, 2 * count * BITS_EACH));
        filter = new long[bits / Long.SIZE];
        noted = 0;
        byLength.values().forEach(sameLength -> sameLength.keySet().forEach(each -> set(each.hashCode())));
    }

    private void set(int hash) {
        set(hash, FIRST);
        set(hash, SECOND);
        noted++;
    }

    private void set(int hash, int factor) {
        int bit = bit(hash, factor);
        filter[bit / Long.SIZE] |= 1L << bit;
    }

    private boolean isNoted(int hash) {
        return isSet(bit(hash, FIRST)) && isSet(bit(hash, SECOND));
    }

    private boolean isSet(int bit) {
        return (filter[bit / Long.SIZE] & (1L << bit)) != 0;
    }

    /// The upper bits of a product, which depend on all bits of the hash (Knuth: The Art of Computer Programming,
    /// volume 3, 6.4).
    private int bit(int hash, int factor) {
        return (hash * factor) >>> (Integer.SIZE - Integer.numberOfTrailingZeros(filter.length * Long.SIZE));
    }
}
