package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.DiskLock;
import coppice.kernel.platform.StorageException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that fails one operation: the n-th that changes something, before or after it took effect.
final class FailingDisk implements Disk {
    private final Disk disk;
    private final StorageException.Kind kind;
    private final boolean afterwards;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    FailingDisk(Disk disk, StorageException.Kind kind, boolean afterwards) {
        this.disk = disk;
        this.kind = kind;
        this.afterwards = afterwards;
    }

    /// Lets `count` changes pass, fails the next, and then works again, as a disk does that lies about its
    /// health.
    void failAfter(long count) {
        left.set(count);
    }

    /// Whether the failure has happened.
    boolean failed() {
        return left.get() < 0;
    }

    private void change(String path, Runnable act) {
        boolean fails = left.getAndDecrement() == 0;
        if (!fails || afterwards) {
            act.run();
        }
        if (fails) {
            throw new StorageException(kind, path, "made to fail", null);
        }
    }

    @Override
    public List<String> list(String directory) {
        return disk.list(directory);
    }

    @Override
    public boolean exists(String path) {
        return disk.exists(path);
    }

    @Override
    public DiskFile open(String path, OpenMode mode) {
        return new FailingFile(disk.open(path, mode));
    }

    @Override
    public void rename(String from, String to) {
        change(from, () -> disk.rename(from, to));
    }

    @Override
    public void delete(String path) {
        change(path, () -> disk.delete(path));
    }

    @Override
    public void createDirectories(String path) {
        disk.createDirectories(path);
    }

    @Override
    public void syncDirectory(String path) {
        change(path, () -> disk.syncDirectory(path));
    }

    @Override
    public DiskLock lock(String path) {
        return disk.lock(path);
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }

    private final class FailingFile implements DiskFile {
        private final DiskFile file;

        FailingFile(DiskFile file) {
            this.file = file;
        }

        @Override
        public String path() {
            return file.path();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) {
            file.read(position, into, offset, length);
        }

        @Override
        public int readUpTo(long position, byte[] into, int offset, int length) {
            return file.readUpTo(position, into, offset, length);
        }

        @Override
        public void write(long position, byte[] from, int offset, int length) {
            change(path(), () -> file.write(position, from, offset, length));
        }

        @Override
        public void writeDurably(long position, byte[] from, int offset, int length) {
            change(path(), () -> file.writeDurably(position, from, offset, length));
        }

        @Override
        public void sync() {
            change(path(), file::sync);
        }

        @Override
        public void truncate(long size) {
            change(path(), () -> file.truncate(size));
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
