package coppice.testing.simulation;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.Objects;

/// A handle on a file of a [SimulatedDisk], whose lock guards it.
final class SimulatedFile implements DiskFile {
    private final SimulatedDisk disk;
    private final String path;
    private final Inode file;
    private final boolean writable;
    private boolean closed;

    SimulatedFile(SimulatedDisk disk, String path, Inode file, boolean writable) {
        this.disk = disk;
        this.path = path;
        this.file = file;
        this.writable = writable;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public long size() {
        synchronized (disk) {
            requireOpen();
            disk.before(Access.Kind.LOOK, path);
            return file.size();
        }
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
        int count = readUpTo(position, into, offset, length);
        if (count < length) {
            throw new CorruptException(path, position, length + " bytes", "the end of the file after " + count);
        }
    }

    @Override
    public int readUpTo(long position, byte[] into, int offset, int length) {
        synchronized (disk) {
            requireOpen();
            requireRange(position, into, offset, length);
            disk.before(Access.Kind.READ, path);
            return file.read(position, into, offset, length);
        }
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
        synchronized (disk) {
            begin(position, from, offset, length);
        }
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        synchronized (disk) {
            Change change = begin(position, from, offset, length);
            if (!disk.isLying()) {
                file.settle(change);
            }
        }
    }

    private Change begin(long position, byte[] from, int offset, int length) {
        requireWritable();
        requireRange(position, from, offset, length);
        try {
            disk.before(Access.Kind.WRITE, path);
        } catch (StorageException full) {
            // A full disk takes a part of the bytes.
            file.write(position, from, offset, length / 2);
            throw full;
        }
        Change change = file.write(position, from, offset, length);
        disk.during(Access.Kind.WRITE, path);
        return change;
    }

    @Override
    public void sync() {
        synchronized (disk) {
            requireOpen();
            try {
                disk.before(Access.Kind.SYNC, path);
            } catch (StorageException failed) {
                file.failSync();
                throw failed;
            }
            disk.during(Access.Kind.SYNC, path);
            if (!disk.isLying()) {
                file.sync();
            }
        }
    }

    @Override
    public void truncate(long size) {
        synchronized (disk) {
            requireWritable();
            disk.before(Access.Kind.RESIZE, path);
            file.truncate(size);
            disk.during(Access.Kind.RESIZE, path);
        }
    }

    @Override
    public void close() {
        synchronized (disk) {
            closed = true;
        }
    }

    private static void requireRange(long position, byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (position < 0) {
            throw new IllegalArgumentException("A position in a file is not negative: " + position);
        }
    }

    private void requireWritable() {
        requireOpen();
        if (!writable) {
            throw new StorageException(Kind.IO, path, "it was opened for reading only", null);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new StorageException(Kind.IO, path, "the file was closed", null);
        }
    }
}
