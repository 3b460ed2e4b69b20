package coppice.engine.projection;

import coppice.engine.delta.Delta;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gathers what becomes of the entries of rows that changed. Keys of entries never meet those of other rows, so
/// the order of rows does not matter. Not thread-safe.
final class EntryChanges {
    /// What an entry costs in heap beyond its bytes: two arrays and their places.
    private static final int ENTRY_BYTES = 48;

    private final Derivation derivation;
    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long bytes;

    EntryChanges(Derivation derivation) {
        this.derivation = derivation;
    }

    /// A row changed from one value to another; null is none.
    void row(byte[] key, byte @Nullable [] before, byte @Nullable [] after) {
        if (before == null && after != null) {
            derivation.derive(key, after, this::put);
        } else if (before != null && after == null) {
            derivation.derive(key, before, (entry, _) -> put(entry, Delta.REMOVED));
        } else if (before != null && after != null) {
            changed(key, before, after);
        }
    }

    private void changed(byte[] key, byte[] before, byte[] after) {
        Map<byte[], byte[]> old = new TreeMap<>(Arrays::compareUnsigned);
        derivation.derive(key, before, old::put);
        derivation.derive(key, after, (entry, value) -> {
            if (!Arrays.equals(old.remove(entry), value)) {
                put(entry, value);
            }
        });
        old.keySet().forEach(entry -> put(entry, Delta.REMOVED));
    }

    private void put(byte[] key, byte[] value) {
        keys.add(key);
        values.add(value);
        bytes += key.length + value.length + ENTRY_BYTES;
    }

    /// How many entries are to change.
    int size() {
        return keys.size();
    }

    /// The heap that they hold, about, in bytes.
    long bytes() {
        return bytes;
    }

    byte[][] keys() {
        return keys.toArray(byte[][]::new);
    }

    /// The new value of each of the [#keys], or [Delta#REMOVED].
    byte[][] values() {
        return values.toArray(byte[][]::new);
    }

    void clear() {
        keys.clear();
        values.clear();
        bytes = 0;
    }
}
