package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.function.Predicate;

/// A byte string of any length, stored outside of tree nodes as chunks that are cut by content.
///
/// Equal content has the equal root. An edit of a few bytes stores a few data chunks (mean 64 KiB) and the index path
/// above them; everything else is shared. An immutable value: safe for all threads.
///
/// @param length in bytes
/// @param root the hash of the data chunk, or of the index chunk above all data chunks
public record Blob(long length, Hash root) {
    public Blob {
        if (length < 0) {
            throw new IllegalArgumentException("A blob's length is at least 0, not " + length);
        }
    }

    /// Stores a whole value. Costs one pass over it.
    public static Blob write(Chunks chunks, byte[] value) {
        BlobWriter writer = new BlobWriter(chunks);
        writer.writeLast(value);
        return writer.finish();
    }

    /// Stores a value piece by piece, in bounded memory.
    public static BlobWriter writer(Chunks chunks) {
        return new BlobWriter(chunks);
    }

    /// Reads parts of the value. Reads nothing yet.
    public BlobReader reader(Chunks chunks) {
        return new BlobReader(chunks, this);
    }

    /// The whole value.
    ///
    /// @throws IllegalStateException when it is too long for an array; use [#reader]
    /// @throws CorruptException when a chunk is not what its index says
    public byte[] read(Chunks chunks) {
        if (length > Integer.MAX_VALUE - 16) {
            throw new IllegalStateException(
                    "A blob of " + length + " bytes does not fit into an array: read it in parts with reader()");
        }
        byte[] value = new byte[(int) length];
        reader(chunks).read(0, value, 0, value.length);
        return value;
    }

    /// Visits the hashes of all chunks, the root first. Reads index chunks, and no data chunk but a root.
    ///
    /// @param enter is told each hash; where it says no, the chunks below that one are left out
    public void visitChunks(Chunks chunks, Predicate<Hash> enter) {
        if (enter.test(root)) {
            visitBelow(chunks, BlobNode.decode(chunks.read(root), root, -1, length), enter);
        }
    }

    private static void visitBelow(Chunks chunks, BlobNode node, Predicate<Hash> enter) {
        for (int child = 0; child < node.count(); child++) {
            Hash hash = node.child(child);
            if (enter.test(hash) && node.level() > 1) {
                long length = node.end(child) - node.start(child);
                visitBelow(chunks, BlobNode.decode(chunks.read(hash), hash, node.level() - 1, length), enter);
            }
        }
    }
}
