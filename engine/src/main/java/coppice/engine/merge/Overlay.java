package coppice.engine.merge;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;

/// Chunks of a store, with new ones on top that stay in memory: for work whose result nobody keeps.
///
/// @param below the store, which is only read
/// @param above what is written
record Overlay(Chunks below, MemoryChunks above) implements Chunks {
    @Override
    public byte[] read(Hash hash) {
        return above.contains(hash) ? above.read(hash) : below.read(hash);
    }

    @Override
    public boolean contains(Hash hash) {
        return above.contains(hash) || below.contains(hash);
    }

    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        if (!below.contains(hash)) {
            above.write(hash, bytes, length);
        }
    }
}
