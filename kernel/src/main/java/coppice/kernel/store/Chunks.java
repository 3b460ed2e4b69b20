package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// A set of chunks: immutable blocks of bytes, each named by the SHA-256 of its exact bytes.
///
/// This is all that the tree and the history know of storage. A chunk never changes and is never replaced, so
/// whoever holds a name may cache what it stands for, and two writers of the same bytes write one chunk. The
/// first byte of a chunk tells what it is (its type tag); the store does not look at it.
///
/// Every method may be called from any thread at any time. A chunk is readable from the moment its write
/// returns; when it becomes durable is the concern of the implementation that owns the files.
public interface Chunks {
    /// The greatest length of a chunk in bytes (1 MiB). Readers refuse a larger length before they allocate
    /// for it.
    int MAX_LENGTH = 1 << 20;

    /// Reads a chunk. The array is a copy that belongs to the caller.
    ///
    /// What comes from outside the process has been checked against `hash` before it is returned.
    ///
    /// @throws MissingChunkException if there is no such chunk
    /// @throws coppice.kernel.bytes.CorruptException if the stored bytes are not those that were written
    byte[] read(Hash hash);

    /// Whether the chunk is here. Costs no I/O for nearly all absent chunks.
    boolean contains(Hash hash);

    /// Keeps the first `length` bytes of `bytes` under `hash`; does nothing when they are kept already. The
    /// bytes are copied before the call returns.
    ///
    /// `hash` must be `Hash.of(bytes, 0, length)`: the caller has computed it, often long before, and it is not
    /// computed again here. A wrong one shows as corruption at the first read from disk.
    ///
    /// @throws IllegalArgumentException unless `1 <= length <= MAX_LENGTH` and `length <= bytes.length`
    void write(Hash hash, byte[] bytes, int length);

    /// As [#write(Hash, byte[], int)], for an array that nobody will ever change: it may be kept without a copy.
    default void writeShared(Hash hash, byte[] bytes) {
        write(hash, bytes, bytes.length);
    }

    /// Keeps `bytes` and returns the name under which they can be read.
    default Hash write(byte[] bytes) {
        Hash hash = Hash.of(bytes);
        write(hash, bytes, bytes.length);
        return hash;
    }

    /// Refuses a length that no chunk may have. For implementations.
    static void checkLength(byte[] bytes, int length) {
        if (length < 1 || length > MAX_LENGTH || length > bytes.length) {
            throw new IllegalArgumentException(
                    "A chunk has 1 to " + MAX_LENGTH + " bytes, and no more than its array of " + bytes.length
                            + "; not " + length + ". Split larger content into several chunks.");
        }
    }
}
