package coppice.kernel;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import java.util.ArrayList;
import java.util.List;

/// Chunks in memory that count what is asked of them. For one thread.
public final class CountingChunks implements Chunks {
    private final MemoryChunks chunks = new MemoryChunks();
    private long reads;
    private final List<Integer> newLengths = new ArrayList<>();

    @Override
    public byte[] read(Hash hash) {
        reads++;
        return chunks.read(hash);
    }

    @Override
    public boolean contains(Hash hash) {
        return chunks.contains(hash);
    }

    @Override
    public void write(Hash hash, byte[] bytes, int length) {
        if (!chunks.contains(hash)) {
            newLengths.add(length);
        }
        chunks.write(hash, bytes, length);
    }

    /// Forgets the counts.
    public void reset() {
        reads = 0;
        newLengths.clear();
    }

    /// Reads since the last reset.
    public long reads() {
        return reads;
    }

    /// Chunks not there before, written since the last reset.
    public long written() {
        return newLengths.size();
    }

    /// The lengths of the chunks of [#written], in the order in which they came.
    public List<Integer> writtenLengths() {
        return List.copyOf(newLengths);
    }
}
