package coppice.engine.projection;

import coppice.engine.delta.Delta;
import coppice.engine.log.SpaceWrites;
import java.util.ArrayList;
import java.util.List;

/// Gathers what becomes of entries, in any order; of several changes of one the last counts. Not thread-safe.
final class Changes {
    /// What an entry costs in heap beyond its bytes: two arrays and their places.
    private static final int ENTRY_BYTES = 48;

    private final List<byte[]> keys = new ArrayList<>();
    private final List<byte[]> values = new ArrayList<>();
    private long bytes;

    /// @param value [Delta#REMOVED] removes the entry
    void put(byte[] key, byte[] value) {
        keys.add(key);
        values.add(value);
        bytes += key.length + value.length + ENTRY_BYTES;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    /// The heap that they hold, about, in bytes.
    long bytes() {
        return bytes;
    }

    /// All of them; there are none then.
    SpaceWrites drain() {
        SpaceWrites all = new SpaceWrites("entries", keys.toArray(byte[][]::new), values.toArray(byte[][]::new));
        keys.clear();
        values.clear();
        bytes = 0;
        return all;
    }

    /// All of them, in order; there are none then.
    Delta sorted() {
        SpaceWrites all = drain();
        return Delta.EMPTY.with(all.keys(), all.values());
    }
}
