package coppice.kernel;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MissingChunkException;
import java.util.Set;

/// All chunks but some.
///
/// @param all the chunks
/// @param lost those that are not there
public record LackingChunks(Chunks all, Set<Hash> lost) implements Chunks {
    @Override
    public byte[] read(Hash hash) {
        if (lost.contains(hash)) {
            throw new MissingChunkException(hash, "here");
        }
        return all.read(hash);
    }

    @Override
    public boolean contains(Hash hash) {
        return !lost.contains(hash) && all.contains(hash);
    }

    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        all.write(hash, bytes, length);
    }
}
