package coppice.engine.meter;

import coppice.kernel.platform.DiskFile;

/// A file of a [MeteredDisk].
final class MeteredFile implements DiskFile {
    private final DiskFile file;
    private final MeteredDisk disk;

    MeteredFile(DiskFile file, MeteredDisk disk) {
        this.file = file;
        this.disk = disk;
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
        disk.reads.increment();
        disk.readBytes.add(length);
        file.read(position, into, offset, length);
    }

    @Override
    public int readUpTo(long position, byte[] into, int offset, int length) {
        disk.reads.increment();
        int read = file.readUpTo(position, into, offset, length);
        disk.readBytes.add(read);
        return read;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
        wrote(length);
        file.write(position, from, offset, length);
    }

    private void wrote(int length) {
        disk.writes.increment();
        disk.writtenBytes.add(length);
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        wrote(length);
        disk.sync(path(), () -> file.writeDurably(position, from, offset, length));
    }

    @Override
    public void sync() {
        disk.sync(path(), file::sync);
    }

    @Override
    public void truncate(long size) {
        file.truncate(size);
    }

    @Override
    public void close() {
        file.close();
    }
}
