package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.DiskFile;
import java.util.Arrays;

/// Reads the records that a [RecordWriter] wrote, in order, and trusts nothing: lengths before it allocates, then
/// the checksum, then the SHA-256 of the content against the chunk's name. Memory for one buffer and one chunk.
/// Not thread-safe.
public final class RecordReader implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final DiskFile file;
    private final long end;
    private final ChunkCodec codec = ChunkCodec.of(PackOptions.standard().with(Compression.none()));
    private final byte[] buffer;
    private long bufferStart;
    private int filled;
    private int next;
    private Hash hash = Hash.ZERO;
    private byte[] chunk = {};
    private byte[] record = {};

    /// @param file stays the caller's
    /// @param start where the first record begins
    /// @param end where the last one ends
    public RecordReader(DiskFile file, long start, long end) {
        this.file = file;
        this.end = end;
        this.bufferStart = start;
        this.buffer = new byte[(int) Math.max(1, Math.min(end - start, BUFFER_BYTES + PackRecord.MAX_LENGTH))];
    }

    /// Where the next record begins.
    public long position() {
        return bufferStart + next;
    }

    /// Reads the next chunk, and says whether there was one.
    ///
    /// @throws CorruptException when what is there is no sound record
    public boolean next() {
        if (position() >= end) {
            return false;
        }
        long at = position();
        need(PackRecord.HEADER);
        int length = PackRecord.checkHeader(file.path(), at, buffer, next, end);
        need(length);
        PackRecord.checkSum(file.path(), at, buffer, next, length);
        byte[] content = codec.decode(file.path(), at, buffer, next, length);
        Hash name = PackRecord.hash(buffer, next);
        Hash actual = Hash.of(content);
        if (!actual.equals(name)) {
            throw new CorruptException(file.path(), at, "content with SHA-256 " + name, "SHA-256 " + actual);
        }
        hash = name;
        chunk = content;
        record = Arrays.copyOfRange(buffer, next, next + length);
        next += length;
        return true;
    }

    /// Has the next `bytes` bytes in the buffer.
    private void need(int bytes) {
        if (filled - next >= bytes) {
            return;
        }
        if (position() + bytes > end) {
            throw new CorruptException(
                    file.path(), position(), "a record", "only " + (end - position()) + " bytes before byte " + end);
        }
        System.arraycopy(buffer, next, buffer, 0, filled - next);
        bufferStart += next;
        filled -= next;
        next = 0;
        int wanted = (int) Math.min(buffer.length - filled, end - bufferStart - filled);
        file.read(bufferStart + filled, buffer, filled, wanted);
        filled += wanted;
    }

    /// The name of the chunk that was read last.
    public Hash hash() {
        return hash;
    }

    /// The chunk that was read last. The reader does not use the array again.
    public byte[] chunk() {
        return chunk;
    }

    /// The same with its record.
    public StoredChunk stored() {
        return new StoredChunk(hash, chunk, record);
    }

    /// Frees native memory.
    @Override
    public void close() {
        codec.close();
    }
}
