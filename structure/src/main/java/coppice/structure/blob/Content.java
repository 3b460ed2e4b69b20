package coppice.structure.blob;

import coppice.structure.codec.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/// A content that is read once, in parts, and is summed up on the way.
///
/// Who stores the parts of a long one has [#workAhead()]: a second thread then cuts and sums up a few mebibytes
/// ahead. The content itself is always read on the thread that asks for parts, as it may be of that thread alone.
/// One is for one thread.
final class Content implements AutoCloseable {
    private static final int BLOCK_BYTES = 256 << 10;

    /// So much is read ahead of the parts that were asked for: of a longest part and more, so that whoever waits
    /// for the next part has read enough for it.
    private static final int AHEAD_BYTES = 4 * Cutter.PART_MAX;

    static final String THREAD = "coppice-blob";

    private static final byte[] END = {};

    private final InputStream in;
    private final BlockingQueue<byte[]> blocks = new LinkedBlockingQueue<>();
    private final BlockingQueue<Optional<byte[]>> parts = new LinkedBlockingQueue<>();
    private final Cutter cutter = new Cutter(new Source());
    private final MessageDigest sha256 = Digests.sha256();
    private boolean isAhead; // set before the second thread begins
    private volatile @Nullable Throwable failure;
    private long aheadBytes;
    private boolean isRead;
    private long size;

    Content(InputStream in) {
        this.in = in;
    }

    /// The next part; nothing at the end.
    ///
    /// @throws IOException of the stream
    Optional<byte[]> next() throws IOException {
        Optional<byte[]> part = isAhead ? awaited() : cut();
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
        Optional<byte[]> part = cutter.next();
        part.ifPresent(sha256::update);
        return part;
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
            Optional<byte[]> part;
            do {
                part = cut();
                parts.add(part);
            } while (part.isPresent());
        } catch (IOException | RuntimeException | Error failed) {
            failure = failed;
            parts.add(Optional.empty());
        }
    }

    private Optional<byte[]> awaited() throws IOException {
        while (!isRead && aheadBytes < AHEAD_BYTES) {
            byte[] block = block();
            isRead = block.length == 0;
            aheadBytes += block.length;
            blocks.add(block);
        }
        Optional<byte[]> part = taken(parts);
        Throwable failed = failure;
        if (part.isEmpty() && failed != null) {
            throw new IllegalStateException("A content could not be cut into parts", failed);
        }
        aheadBytes -= part.map(bytes -> bytes.length).orElse(0);
        return part;
    }

    private byte[] block() throws IOException {
        byte[] block = new byte[BLOCK_BYTES];
        int length = in.readNBytes(block, 0, BLOCK_BYTES);
        return length == BLOCK_BYTES ? block : Arrays.copyOf(block, length);
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

    /// Ends the second thread, if there is one.
    @Override
    public void close() {
        blocks.add(END);
    }

    /// What is cut: the stream, or what was read of it ahead.
    private final class Source implements Cutter.Source {
        private byte[] block = END;
        private int at;
        private boolean isAtEnd;

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (!isAhead) {
                return in.read(bytes, offset, length);
            }
            if (at == block.length && !isAtEnd) {
                block = taken(blocks);
                at = 0;
                isAtEnd = block.length == 0;
            }
            if (isAtEnd) {
                return -1;
            }
            int count = Math.min(length, block.length - at);
            System.arraycopy(block, at, bytes, offset, count);
            at += count;
            return count;
        }
    }
}
