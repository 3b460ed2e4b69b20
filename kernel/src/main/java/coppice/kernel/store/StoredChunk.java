package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import org.jspecify.annotations.Nullable;

/// A chunk on its way from one [PackStore] to another, with the record that it was stored as, so that nobody compresses
/// it again. Both were checked against its name. Immutable.
public final class StoredChunk {
    private final Hash hash;
    private final byte[] chunk;
    private final byte @Nullable [] record;

    /// @param record null when it has none of its own
    StoredChunk(Hash hash, byte[] chunk, byte @Nullable [] record) {
        this.hash = hash;
        this.chunk = chunk;
        this.record = record;
    }

    /// Its name.
    public Hash hash() {
        return hash;
    }

    /// Its bytes. Not to be changed.
    public byte[] chunk() {
        return chunk;
    }

    /// Its record, or null when it has none of its own. Not to be changed.
    byte @Nullable [] record() {
        return record;
    }
}
