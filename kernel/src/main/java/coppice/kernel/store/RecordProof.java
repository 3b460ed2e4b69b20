package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.VersionHasher;

/// Proves records one after the other: that what is in them is what was written, each chunk by its name. Decodes
/// into buffers of its own, as arrays for each chunk would cost as much as looking at it. Not thread-safe.
final class RecordProof {
    private final byte[] chunk = new byte[Chunks.MAX_LENGTH];
    private final byte[] versions = new byte[Group.BYTES_MAX];
    private final VersionHasher hasher = new VersionHasher();

    /// Proves the record at `at`, of which the header has been checked; of a group, all or nothing.
    ///
    /// @param path where it was read, at this position
    /// @throws CorruptException when it is not as it was written
    void prove(
            ChunkCodec codec, String path, long position, byte[] record, int at, int length, ChunkListener listener) {
        PackRecord.checkSum(path, position, record, at, length);
        Hash name = PackRecord.hash(record, at);
        if (PackRecord.codec(record, at) != PackRecord.Codec.GROUP) {
            int size = codec.decode(path, position, record, at, length, chunk);
            Pack.checkHash(path, position, name, chunk, size);
            listener.sound(name, chunk, size);
            return;
        }
        Group group = codec.decodeGroup(path, position, record, at, length, versions);
        Hash[] hashes = hasher.hash(versions, group.ends());
        Pack.checkHash(path, position, name, hashes[0]);
        listener.versions(hashes, versions, group.ends());
    }
}
