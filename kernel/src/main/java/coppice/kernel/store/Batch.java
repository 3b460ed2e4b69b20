package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Chunks on their way into a pack, together so that locks, tasks and writes are shared. Not thread-safe.
final class Batch {
    private final List<Hash> hashes = new ArrayList<>();
    private final List<byte[]> chunks = new ArrayList<>();
    private final List<byte @Nullable []> records = new ArrayList<>();
    private int bytes;
    private int longest;

    void add(Hash hash, byte[] chunk) {
        add(hash, chunk, null);
    }

    /// Adds a chunk of which the record may be at hand.
    void add(Hash hash, byte[] chunk, byte @Nullable [] record) {
        hashes.add(hash);
        chunks.add(chunk);
        records.add(record);
        bytes += chunk.length;
        longest = Math.max(longest, chunk.length);
    }

    int count() {
        return hashes.size();
    }

    /// The lengths of all chunks.
    int bytes() {
        return bytes;
    }

    List<Hash> hashes() {
        return hashes;
    }

    Hash hash(int i) {
        return hashes.get(i);
    }

    byte[] chunk(int i) {
        return chunks.get(i);
    }

    /// The same batch without the `stored` chunks, but for those that cannot be let go.
    Batch without(BitSet stored, Predicate<Hash> letGo) {
        Batch rest = new Batch();
        for (int i = 0; i < count(); i++) {
            if (!stored.get(i) || !letGo.test(hash(i))) {
                rest.add(hash(i), chunk(i), record(i));
            }
        }
        return rest;
    }

    /// The record of a chunk where it is at hand.
    byte @Nullable [] record(int i) {
        return records.get(i);
    }

    /// How many bytes the records may take while they are made: no payload is kept that is longer than its
    /// chunk, but the last one may be so while it is tried.
    int encodedBound() {
        return bytes + count() * PackRecord.HEADER + Zstd.bound(longest) - longest;
    }
}
