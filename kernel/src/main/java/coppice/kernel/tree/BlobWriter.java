package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Stores one [Blob] from a stream of bytes. Holds at most about 1.3 MiB, whatever the length: the bytes that are
/// not cut yet and one open index node per level. For one thread; of use once.
public final class BlobWriter {
    private static final int BUFFER_MAX = 4 * BlobChunker.MAX;

    private final Chunks chunks;
    private final List<OpenNode> levels = new ArrayList<>();
    private final byte[] hashScratch = new byte[Hash.BYTES];
    private byte[] buffer = new byte[0];
    private int start;
    private int end;
    private long length;
    private boolean finished;

    BlobWriter(Chunks chunks) {
        this.chunks = chunks;
    }

    /// Appends bytes to the value. They are copied.
    ///
    /// @throws IllegalStateException after [#finish]
    public void write(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        checkOpen();
        int from = offset;
        int left = count;
        while (left > 0) {
            makeRoom(left);
            int now = Math.min(left, buffer.length - end);
            System.arraycopy(bytes, from, buffer, end, now);
            end += now;
            from += now;
            left -= now;
            while (end - start >= BlobChunker.MAX) {
                start += store(buffer, start, end - start);
            }
        }
    }

    /// Stores what is left and gives the blob.
    ///
    /// @throws IllegalStateException when called again
    public Blob finish() {
        checkOpen();
        drain();
        if (length == 0) {
            store(buffer, 0, 0);
        }
        finished = true;
        for (int level = 0; ; level++) {
            OpenNode node = levels.get(level);
            if (level == levels.size() - 1 && node.count == 1) {
                return new Blob(length, Hash.read(node.hashes, 0));
            }
            if (node.count > 0) {
                close(level);
            }
        }
    }

    /// Cuts the last bytes where they lie, without copying them into the buffer first.
    void writeLast(byte[] bytes) {
        if (end != start) {
            write(bytes, 0, bytes.length);
            return;
        }
        int at = 0;
        while (at < bytes.length) {
            at += store(bytes, at, bytes.length - at);
        }
    }

    private void drain() {
        while (start < end) {
            start += store(buffer, start, end - start);
        }
    }

    private void checkOpen() {
        if (finished) {
            throw new IllegalStateException("This blob is finished: take a new writer for the next one");
        }
    }

    /// Makes place for at least one more byte, when less than a longest chunk is waiting.
    private void makeRoom(int wanted) {
        if (end < buffer.length) {
            return;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (buffer.length < BUFFER_MAX && wanted > buffer.length - end) {
            int size = Math.max(2 * buffer.length, Math.min(wanted, BUFFER_MAX - end) + end);
            buffer = Arrays.copyOf(buffer, Math.min(size, BUFFER_MAX));
        }
    }

    /// Stores the first chunk of `bytes[offset, offset + available)` and returns its length.
    private int store(byte[] bytes, int offset, int available) {
        int size = BlobChunker.cut(bytes, offset, available);
        byte[] chunk = new byte[BlobNode.DATA_HEADER + size];
        chunk[0] = BlobNode.DATA_TAG;
        chunk[1] = BlobNode.VERSION;
        System.arraycopy(bytes, offset, chunk, BlobNode.DATA_HEADER, size);
        length += size;
        Hash hash = Hash.of(chunk);
        chunks.writeShared(hash, chunk);
        add(0, size, hash);
        return size;
    }

    /// Adds a child that stands for `size` bytes to the open node of a level (0: whose children are data).
    private void add(int level, long size, Hash hash) {
        if (level == levels.size()) {
            levels.add(new OpenNode());
        }
        OpenNode node = levels.get(level);
        node.add(size, hash);
        if (BlobNode.endsAfter(node.count, hash, hashScratch)) {
            close(level);
        }
    }

    private void close(int level) {
        OpenNode node = levels.get(level);
        Hash hash = chunks.write(BlobNode.encode(level + 1, node.count, node.ends, node.hashes));
        long size = node.ends[node.count - 1];
        node.count = 0;
        add(level + 1, size, hash);
    }

    private static final class OpenNode {
        private final long[] ends = new long[BlobNode.FAN_OUT_MAX];
        private final byte[] hashes = new byte[BlobNode.FAN_OUT_MAX * Hash.BYTES];
        private int count;

        private void add(long size, Hash hash) {
            ends[count] = (count == 0 ? 0 : ends[count - 1]) + size;
            hash.write(hashes, count * Hash.BYTES);
            count++;
        }
    }
}
