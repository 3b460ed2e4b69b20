package coppice.engine.state;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.kernel.store.MissingChunkException;
import java.util.HashSet;
import java.util.Set;

/// Chunks in memory, of which some are lost, as after a sweep. Counts what is read. Not thread-safe.
public final class LosingChunks implements Chunks {
    /// Those that are not there.
    public final Set<Hash> lost = new HashSet<>();

    /// How often a chunk was read.
    public long reads;

    private final MemoryChunks all = new MemoryChunks();

    @Override
    public byte[] read(Hash hash) {
        reads++;
        if (lost.contains(hash)) {
            throw new MissingChunkException(hash, "swept");
        }
        return all.read(hash);
    }

    @Override
    public boolean contains(Hash hash) {
        return !lost.contains(hash) && all.contains(hash);
    }

    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        lost.remove(hash);
        all.write(hash, bytes, length);
    }
}
