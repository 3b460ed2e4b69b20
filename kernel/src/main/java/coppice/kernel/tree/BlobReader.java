package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Reads byte ranges of a [Blob] in any order: O(log length) chunk reads to go somewhere, none to stay in the same data
/// chunk, one to go on to the next. Keeps the chunks of one path in memory. For one thread.
public final class BlobReader {
    private final Chunks chunks;
    private final Blob blob;
    /// The path read last, by level: what is found in it again is not read again.
    private final List<@Nullable BlobNode> path = new ArrayList<>();

    private @Nullable BlobNode root;

    BlobReader(Chunks chunks, Blob blob) {
        this.chunks = chunks;
        this.blob = blob;
    }

    /// The length of the value in bytes.
    public long length() {
        return blob.length();
    }

    /// Reads exactly `count` bytes that begin at `position`.
    ///
    /// @throws IndexOutOfBoundsException when the range reaches beyond the value or beyond the array
    /// @throws CorruptException when a chunk is not what its index says
    public void read(long position, byte[] into, int offset, int count) {
        Objects.checkFromIndexSize(position, count, blob.length());
        Objects.checkFromIndexSize(offset, count, into.length);
        long at = position;
        int target = offset;
        int left = count;
        while (left > 0) {
            int copied = readSome(at, into, target, left);
            at += copied;
            target += copied;
            left -= copied;
        }
    }

    /// Copies from the one data chunk that holds `position` and returns how much.
    private int readSome(long position, byte[] into, int offset, int count) {
        BlobNode node = root();
        long within = position;
        while (node.level() > 0) {
            int child = node.childAt(within);
            long start = node.start(child);
            node = load(node.level() - 1, node.child(child), node.end(child) - start);
            within -= start;
        }
        int copied = (int) Math.min(count, node.length() - within);
        node.copy((int) within, into, offset, copied);
        return copied;
    }

    private BlobNode root() {
        BlobNode known = root;
        if (known == null) {
            known = BlobNode.decode(chunks.read(blob.root()), blob.root(), -1, blob.length());
            for (int level = 0; level < known.level(); level++) {
                path.add(null);
            }
            root = known;
        }
        return known;
    }

    private BlobNode load(int level, Hash hash, long length) {
        BlobNode known = path.get(level);
        if (known == null || !known.hash().equals(hash) || known.length() != length) {
            known = BlobNode.decode(chunks.read(hash), hash, level, length);
            path.set(level, known);
        }
        return known;
    }
}
