package coppice.kernel.platform;

import coppice.kernel.bytes.CorruptException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// An open file of a [LocalDisk] that no interrupt can hurt.
///
/// Java closes a file channel when a thread that uses it is interrupted. So everything that matters goes
/// through [RandomAccessFile], whose system calls are not interruptible: writes, syncs, and durable writes
/// (mode `rwd`, which is `O_DSYNC`: write and sync in one call). Only reads use a channel, because it reads at
/// a position without a lock; when an interrupt closes it, that very read and those it disturbed go through the
/// random-access file, and the channel is opened anew.
final class LocalFile implements DiskFile {
    // The JDK copies through a direct buffer of this size kept per thread.
    private static final int READ_SLICE = 256 << 10;

    private final String name;
    private final Path path;
    private final boolean writable;
    private final @Nullable Object identity;
    private final RandomAccessFile file;
    private final ReentrantLock pointer = new ReentrantLock();
    private final ReentrantLock durablePointer = new ReentrantLock();
    private final ReentrantLock opening = new ReentrantLock();
    private @Nullable RandomAccessFile durable;
    private volatile @Nullable FileChannel reads;
    private volatile boolean moved;
    private volatile boolean closed;

    private LocalFile(String name, Path path, boolean writable, @Nullable Object identity, RandomAccessFile file) {
        this.name = name;
        this.path = path;
        this.writable = writable;
        this.identity = identity;
        this.file = file;
    }

    static LocalFile open(String name, Path path, boolean writable) throws IOException {
        // A random-access file in mode "rw" would create what is missing.
        Object identity = identity(path);
        return new LocalFile(
                name, path, writable, identity, new RandomAccessFile(path.toFile(), writable ? "rw" : "r"));
    }

    private static @Nullable Object identity(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    @Override
    public String path() {
        return name;
    }

    @Override
    public long size() {
        try {
            return file.length();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
        int count = readUpTo(position, into, offset, length);
        if (count < length) {
            throw new CorruptException(name, position, length + " bytes", "the end of the file after " + count);
        }
    }

    @Override
    public int readUpTo(long position, byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        int done = 0;
        try {
            while (done < length) {
                int count = readSome(position + done, into, offset + done, Math.min(READ_SLICE, length - done));
                if (count <= 0) {
                    break;
                }
                done += count;
            }
        } catch (IOException e) {
            throw failed(e);
        }
        return done;
    }

    private int readSome(long position, byte[] into, int offset, int length) throws IOException {
        // With the flag up the channel would close at once.
        FileChannel channel = Thread.currentThread().isInterrupted() ? null : channel();
        if (channel != null) {
            try {
                return channel.read(ByteBuffer.wrap(into, offset, length), position);
            } catch (ClosedChannelException e) {
                if (closed) {
                    throw e;
                }
            }
        }
        pointer.lock();
        try {
            file.seek(position);
            return file.read(into, offset, length);
        } finally {
            pointer.unlock();
        }
    }

    private @Nullable FileChannel channel() throws IOException {
        FileChannel channel = reads;
        if (moved || (channel != null && channel.isOpen())) {
            return moved ? null : channel;
        }
        opening.lock();
        try {
            channel = reads;
            if (channel == null || !channel.isOpen()) {
                channel = closed ? null : openSame();
                reads = channel;
                moved = channel == null;
            }
            return channel;
        } finally {
            opening.unlock();
        }
    }

    // Null when the name now means another file or none.
    private @Nullable FileChannel openSame() throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        } catch (IOException _) {
            return null;
        }
        if (isSame()) {
            return channel;
        }
        channel.close();
        return null;
    }

    private boolean isSame() {
        try {
            return Objects.equals(identity, identity(path));
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        requireWritable();
        pointer.lock();
        try {
            file.seek(position);
            file.write(from, offset, length);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            pointer.unlock();
        }
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, from.length);
        requireWritable();
        durablePointer.lock();
        try {
            RandomAccessFile door = durableDoor();
            if (door == null) {
                write(position, from, offset, length);
                sync();
            } else {
                door.seek(position);
                door.write(from, offset, length);
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            durablePointer.unlock();
        }
    }

    // Null when the name now means another file or none.
    private @Nullable RandomAccessFile durableDoor() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (durable == null && isSame()) {
            durable = new RandomAccessFile(path.toFile(), "rwd");
        }
        return durable;
    }

    @Override
    public void sync() {
        try {
            file.getFD().sync();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void truncate(long size) {
        requireWritable();
        pointer.lock();
        try {
            file.setLength(size);
        } catch (IOException e) {
            throw failed(e);
        } finally {
            pointer.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        opening.lock();
        try {
            FileChannel channel = reads;
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw failed(e);
        } finally {
            opening.unlock();
        }
        closeDoors();
    }

    private void closeDoors() {
        durablePointer.lock();
        try {
            RandomAccessFile door = durable;
            if (door != null) {
                door.close();
            }
            file.close();
        } catch (IOException e) {
            throw failed(e);
        } finally {
            durablePointer.unlock();
        }
    }

    private void requireWritable() {
        if (!writable) {
            throw new StorageException(StorageException.Kind.IO, name, "it was opened for reading only", null);
        }
    }

    private StorageException failed(IOException e) {
        return closed
                ? new StorageException(StorageException.Kind.IO, name, "this handle is closed", e)
                : Failures.of(name, path, e);
    }
}
