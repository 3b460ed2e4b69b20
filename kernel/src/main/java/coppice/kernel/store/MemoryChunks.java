package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Chunks on the heap: for tests, and for trees that need not outlive the process. Never forgets a chunk.
public final class MemoryChunks implements Chunks {
    private final ConcurrentHashMap<Hash, byte[]> chunks = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();

    /// No chunks yet.
    public MemoryChunks() {}

    @Override
    public byte[] read(Hash hash) {
        byte[] chunk = chunks.get(hash);
        if (chunk == null) {
            throw new MissingChunkException(hash, "memory");
        }
        return chunk.clone();
    }

    @Override
    public boolean contains(Hash hash) {
        return chunks.containsKey(hash);
    }

    @Override
    public void write(Hash hash, byte[] content, int length) {
        Chunks.checkLength(content, length);
        if (!chunks.containsKey(hash) && chunks.putIfAbsent(hash, Arrays.copyOf(content, length)) == null) {
            bytes.addAndGet(length);
        }
    }

    /// The number of distinct chunks written.
    public long count() {
        return chunks.size();
    }

    /// The lengths of all distinct chunks written, in bytes.
    public long bytes() {
        return bytes.get();
    }
}
