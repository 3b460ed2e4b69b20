package coppice.structure.dict;

import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.structure.StructureInfo;
import coppice.structure.ground.Contents;
import coppice.structure.secret.Sealing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The entries of a dict in stored form, within a transaction: its rows, and when they end.
final class Rows {
    private final Space rows;
    private final Space lifetimes;
    private final Instant now;
    private final Sealing sealing;

    /// @param sealing what stands between values and rows
    Rows(Transaction transaction, StructureInfo dict, Instant now, Sealing sealing) {
        this.rows = transaction.space(dict.name());
        this.lifetimes = transaction.space(Lifetimes.space(dict.name()));
        this.now = now;
        this.sealing = sealing;
    }

    /// The value of an entry that has not ended.
    Optional<byte[]> find(byte[] key) {
        return hasEnded(key) ? Optional.empty() : rows.get(key).map(stored -> sealing.open(key, stored));
    }

    /// Whether there is an entry that has not ended.
    boolean contains(byte[] key) {
        return !hasEnded(key) && rows.contains(key);
    }

    private boolean hasEnded(byte[] key) {
        return end(key).filter(end -> !end.isAfter(now)).isPresent();
    }

    private Optional<Instant> end(byte[] key) {
        return Lifetimes.end(lifetimes, key);
    }

    /// Sets a value, and when the entry ends.
    void put(byte[] key, byte[] value, Optional<Instant> end) {
        sealing.put(rows, key, value);
        Lifetimes.set(lifetimes, key, end);
    }

    /// Sets a value, or removes the entry. One that there is ends when it did before.
    void replace(byte[] key, Optional<byte[]> value) {
        if (value.isPresent()) {
            put(key, value.get(), hasEnded(key) ? Optional.empty() : end(key));
        } else {
            remove(key);
        }
    }

    void remove(byte[] key) {
        rows.delete(key);
        Lifetimes.set(lifetimes, key, Optional.empty());
    }

    void clear() {
        Contents.clear(rows);
        Contents.clear(lifetimes);
    }

    /// Removes entries that have ended, the earliest first.
    void purge(int most) {
        List<byte[]> ended = new ArrayList<>();
        Lifetimes.ended(lifetimes, now, key -> {
            ended.add(key);
            return ended.size() < most;
        });
        ended.forEach(this::remove);
    }
}
