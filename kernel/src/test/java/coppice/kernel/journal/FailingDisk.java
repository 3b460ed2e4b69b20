package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.ForwardingDisk;
import coppice.kernel.platform.ForwardingFile;
import coppice.kernel.platform.StorageException;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that fails one operation: the n-th that changes something, before or after it took effect.
final class FailingDisk extends ForwardingDisk {
    private final StorageException.Kind kind;
    private final boolean afterwards;
    private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);

    FailingDisk(Disk disk, StorageException.Kind kind, boolean afterwards) {
        super(disk);
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
    public DiskFile open(String path, OpenMode mode) {
        return new FailingFile(super.open(path, mode));
    }

    @Override
    public void rename(String from, String to) {
        change(from, () -> super.rename(from, to));
    }

    @Override
    public void delete(String path) {
        change(path, () -> super.delete(path));
    }

    @Override
    public void syncDirectory(String path) {
        change(path, () -> super.syncDirectory(path));
    }

    private final class FailingFile extends ForwardingFile {
        FailingFile(DiskFile file) {
            super(file);
        }

        @Override
        public void write(long position, byte[] from, int offset, int length) {
            change(path(), () -> super.write(position, from, offset, length));
        }

        @Override
        public void writeDurably(long position, byte[] from, int offset, int length) {
            change(path(), () -> super.writeDurably(position, from, offset, length));
        }

        @Override
        public void sync() {
            change(path(), super::sync);
        }

        @Override
        public void truncate(long size) {
            change(path(), () -> super.truncate(size));
        }
    }
}
