package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;

/// Appends chunks to a file that is no pack, one record after the other, each as it would lie in a pack
/// (`docs/format/pack.md`). Gathers some hundred KiB, then writes. Syncs nothing. Not thread-safe.
public final class RecordWriter implements AutoCloseable {
    private static final int BATCH_BYTES = 256 << 10;

    private final DiskFile file;
    private final ChunkCodec codec;
    private Batch batch = new Batch();
    private long position;
    private long chunks;

    /// @param file where to append; stays the caller's
    /// @param position where the first record begins
    /// @throws ZstdUnavailableException if compression is asked for and cannot be had
    public RecordWriter(DiskFile file, long position, Compression compression) {
        this.file = file;
        this.position = position;
        this.codec = ChunkCodec.of(PackOptions.standard().with(compression));
    }

    /// Appends a chunk. The array is the writer's until it is flushed.
    public void add(Hash hash, byte[] chunk) {
        add(new StoredChunk(hash, chunk, null));
    }

    /// Appends a chunk as it is stored elsewhere.
    public void add(StoredChunk stored) {
        byte[] chunk = stored.chunk();
        batch.add(stored.hash(), chunk, stored.record());
        chunks++;
        if (batch.bytes() >= BATCH_BYTES) {
            flush();
        }
    }

    /// Hands to the file what has been gathered.
    public void flush() {
        if (batch.count() > 0) {
            Records records = codec.encode(batch);
            file.write(position, records.bytes(), 0, records.length());
            position += records.length();
            codec.giveBack(records);
            batch = new Batch();
        }
    }

    /// How many chunks have been added.
    public long chunks() {
        return chunks;
    }

    /// Where the next record will begin; right after [#flush].
    public long position() {
        return position;
    }

    /// Frees native memory. Flushes nothing.
    @Override
    public void close() {
        codec.close();
    }
}
