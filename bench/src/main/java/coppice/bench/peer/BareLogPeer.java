package coppice.bench.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// No database: the bytes of each write appended to a preallocated file and synced, which is the least that a durable
/// write costs on the disk at hand. Threads that arrive together share one sync.
final class BareLogPeer implements Peer {
    private static final int FILE_BYTES = 256 << 20;
    private static final int BUFFER_BYTES = 4 << 20;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition synced = lock.newCondition();
    private @Nullable FileChannel file;
    private ByteBuffer filling = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private ByteBuffer spare = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private boolean leading;
    private long position;
    private long appended;
    private long durable;
    private long syncs;

    @Override
    public String settings() {
        return "256 MiB of zeros written beforehand, then write and fdatasync, one for all who wait; it cannot be read";
    }

    @Override
    public boolean reads() {
        return false;
    }

    @Override
    public void open(Path directory, Budget budget) throws IOException {
        FileChannel opened =
                FileChannel.open(directory.resolve("bare.log"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        ByteBuffer zeros = ByteBuffer.allocateDirect(1 << 20);
        for (long at = opened.size(); at < FILE_BYTES; at += zeros.capacity()) {
            opened.write(zeros.clear(), at);
        }
        opened.force(true);
        file = opened;
    }

    @Override
    public void load(long count) throws IOException {
        long last = 0;
        for (long row = 0; row < count; row++) {
            last = append(Rows.key(row), Rows.value(row, 0));
        }
        await(last);
    }

    @Override
    public Reader reader() {
        throw new UnsupportedOperationException("a bare log is not read");
    }

    @Override
    public Writer writer() {
        return new BareLogWriter();
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    /// Adds one row and answers the position up to which the log must be durable for it.
    private long append(byte[] key, byte[] value) throws IOException {
        lock.lock();
        try {
            while (filling.remaining() < key.length + value.length) {
                leadOrFollow();
            }
            filling.put(key).put(value);
            appended += key.length + value.length;
            return appended;
        } finally {
            lock.unlock();
        }
    }

    private void await(long wanted) throws IOException {
        lock.lock();
        try {
            while (durable < wanted) {
                leadOrFollow();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Called with the lock held: waits while another thread syncs, or else writes and syncs for everybody.
    private void leadOrFollow() throws IOException {
        if (leading) {
            long turn = syncs;
            while (leading && turn == syncs) {
                synced.awaitUninterruptibly();
            }
            return;
        }
        leading = true;
        ByteBuffer mine = filling;
        filling = spare;
        long upTo = appended;
        long reached = durable;
        lock.unlock();
        try {
            sync(mine.flip());
            reached = upTo;
        } finally {
            lock.lock();
            spare = mine.clear();
            durable = reached;
            leading = false;
            syncs++;
            synced.signalAll();
        }
    }

    private void sync(ByteBuffer bytes) throws IOException {
        if (file == null) {
            throw new IllegalStateException("open the store first");
        }
        if (position + bytes.remaining() > FILE_BYTES) {
            position = 0;
        }
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
        file.force(false);
    }

    private final class BareLogWriter implements Writer {
        @Override
        public void put(byte[] key, byte[] value) throws IOException {
            await(append(key, value));
        }

        @Override
        public void put(List<Entry> batch) throws IOException {
            long last = 0;
            for (Entry entry : batch) {
                last = append(entry.key(), entry.value());
            }
            await(last);
        }

        @Override
        public void close() {}
    }
}
