package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// A chunk that something refers to is not in the store.
///
/// In a local store this means lost data (every reference is written after what it refers to); in a store
/// that is filled from a peer it means "fetch this one".
public final class MissingChunkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Hash hash;

    /// @param hash the name that was asked for
    /// @param where the store that was searched, for the message
    public MissingChunkException(Hash hash, String where) {
        super("Chunk " + hash + " is not in " + where + ". Something refers to it, so data is missing: fetch it from a"
                + " replica or restore it from a backup; a check of the database lists what is affected.");
        this.hash = hash;
    }

    /// The name that was asked for.
    public Hash hash() {
        return hash;
    }
}
