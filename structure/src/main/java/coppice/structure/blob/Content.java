package coppice.structure.blob;

import coppice.structure.codec.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A content that is read once, in parts, and is summed up on the way.
///
/// Who stores the parts of a long one has [#workAhead()]: a second thread then cuts and sums up a few mebibytes
/// ahead. The content itself is always read on the thread that asks for parts, as it may be of that thread alone.
/// What is read lies in blocks that are used again, and is copied once: into its part. One is for one thread.
final class Content implements AutoCloseable {
    /// Shorter than a part.
    private static final int BLOCK_BYTES = 128 << 10;

    /// So much is read ahead of the parts that were asked for: as much as is stored at a time, so that there is
    /// work for the second thread meanwhile; and of a longest part, so that whoever waits for one has read enough
    /// for it.
    private static final int AHEAD_BYTES = Uploads.SHORT_BYTES + Cutter.PART_MAX;

    static final String THREAD = "coppice-blob";

    private static final Block END = new Block(new byte[0], 0);

    private final InputStream in;
    private final Queue<byte[]> free = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<byte[]>> parts = new LinkedBlockingQueue<>();
    private boolean isAhead;
    private boolean isRead;
    private boolean isAtEnd;
    private long aheadBytes;
    private long size;
    private volatile @Nullable Throwable failure;

    // Of the second thread, as soon as there is one.
    private final Cutter cutter = new Cutter();
    private final MessageDigest sha256 = Digests.sha256();
    private final Deque<Block> open = new ArrayDeque<>(); // what the part that has begun is in
    private int begin; // of that part, in the first of them
    private int length;

    private record Block(byte[] bytes, int length) {}

    Content(InputStream in) {
        this.in = in;
    }

    /// The next part; nothing at the end.
    ///
    /// @throws IOException of the stream
    Optional<byte[]> next() throws IOException {
        if (isAtEnd) {
            return Optional.empty();
        }
        Optional<byte[]> part = isAhead ? awaited() : cut();
        isAtEnd = part.isEmpty();
        aheadBytes -= part.map(bytes -> bytes.length).orElse(0);
        size += part.map(bytes -> bytes.length).orElse(0);
        return part;
    }

    /// How long the parts are together that were asked for.
    long size() {
        return size;
    }

    /// The SHA-256 of all, in hexadecimal. After the end.
    String sum() {
        return HexFormat.of().formatHex(sha256.digest());
    }

    private Optional<byte[]> cut() throws IOException {
        while (parts.isEmpty()) {
            add(block());
        }
        return parts.remove();
    }

    /// Has what comes now cut and summed up on a second thread, until [#close]. Does nothing the second time.
    void workAhead() {
        if (!isAhead) {
            isAhead = true;
            Thread.ofPlatform().daemon().name(THREAD).start(this::work);
        }
    }

    private void work() {
        try {
            Block block;
            do {
                block = taken(blocks);
                add(block);
            } while (block.length() > 0);
        } catch (RuntimeException | Error failed) {
            failure = failed;
            parts.add(Optional.empty());
        }
    }

    private Optional<byte[]> awaited() throws IOException {
        while (!isRead && aheadBytes < AHEAD_BYTES) {
            blocks.add(block());
        }
        Optional<byte[]> part = taken(parts);
        Throwable failed = failure;
        if (part.isEmpty() && failed != null) {
            throw new IllegalStateException("A content could not be cut into parts", failed);
        }
        return part;
    }

    private Block block() throws IOException {
        byte[] kept = free.poll();
        byte[] bytes = kept == null ? new byte[BLOCK_BYTES] : kept;
        int read = in.readNBytes(bytes, 0, BLOCK_BYTES);
        isRead = read == 0;
        aheadBytes += read;
        return isRead ? END : new Block(bytes, read);
    }

    /// The other side never waits for anything but this one: it is there soon, so that an interrupt can wait, too.
    private static <T> T taken(BlockingQueue<T> queue) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    return queue.take();
                } catch (InterruptedException interrupt) {
                    isInterrupted = true;
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Sums up and cuts what comes next.
    private void add(Block block) {
        sha256.update(block.bytes(), 0, block.length());
        open.add(block);
        int at = 0;
        for (int end = end(block, at); end >= 0; end = end(block, at)) {
            length += end - at;
            parts.add(Optional.of(part(end)));
            at = end;
        }
        length += block.length() - at;
        if (block.length() == 0) {
            if (length > 0) {
                parts.add(Optional.of(part(0)));
            }
            parts.add(Optional.empty());
        }
    }

    private int end(Block block, int from) {
        return cutter.end(block.bytes(), from, block.length());
    }

    /// Takes a part out of the blocks.
    ///
    /// @param end where it ends in the last one, which stays
    private byte[] part(int end) {
        byte[] part = new byte[length];
        int at = 0;
        while (open.size() > 1) {
            Block block = open.remove();
            System.arraycopy(block.bytes(), begin, part, at, block.length() - begin);
            at += block.length() - begin;
            begin = 0;
            free.add(block.bytes());
        }
        System.arraycopy(open.element().bytes(), begin, part, at, end - begin);
        begin = end;
        length = 0;
        return part;
    }

    /// Ends the second thread, if there is one.
    @Override
    public void close() {
        blocks.add(END);
    }
}
