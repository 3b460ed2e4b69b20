package coppice.engine.recovery;

import coppice.engine.log.SpaceWrites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes of many transactions, gathered in their order to be applied as one: what lies between is asked for by nobody
/// during replay, and one large step copies far less than many small ones.
final class PendingWrites {
    private static final int ENOUGH = 1_000_000;

    private final Map<String, Rows> spaces = new HashMap<>();
    private long lsn;
    private int count;

    private record Rows(List<byte[]> keys, List<byte[]> values) {}

    /// Adds a transaction's writes.
    ///
    /// @param position where its record ends
    void add(List<SpaceWrites> transaction, long position) {
        for (SpaceWrites writes : transaction) {
            Rows rows = spaces.computeIfAbsent(writes.space(), _ -> new Rows(new ArrayList<>(), new ArrayList<>()));
            rows.keys().addAll(List.of(writes.keys()));
            rows.values().addAll(List.of(writes.values()));
            count += writes.keys().length;
        }
        lsn = position;
    }

    /// Whether there is enough to be applied.
    boolean isEnough() {
        return count >= ENOUGH;
    }

    /// The position that applying them arrives at.
    long lsn() {
        return lsn;
    }

    /// All of them.
    List<SpaceWrites> all() {
        List<SpaceWrites> all = new ArrayList<>();
        spaces.forEach((space, rows) -> all.add(new SpaceWrites(
                space, rows.keys().toArray(byte[][]::new), rows.values().toArray(byte[][]::new))));
        return all;
    }
}
