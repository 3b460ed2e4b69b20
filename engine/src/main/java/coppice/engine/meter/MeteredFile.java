package coppice.engine.meter;

import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.ForwardingFile;

/// A file of a [MeteredDisk].
final class MeteredFile extends ForwardingFile {
    private final MeteredDisk disk;

    MeteredFile(DiskFile file, MeteredDisk disk) {
        super(file);
        this.disk = disk;
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
        disk.reads.increment();
        disk.readBytes.add(length);
        super.read(position, into, offset, length);
    }

    @Override
    public int readUpTo(long position, byte[] into, int offset, int length) {
        disk.reads.increment();
        int read = super.readUpTo(position, into, offset, length);
        disk.readBytes.add(read);
        return read;
    }

    @Override
    public void write(long position, byte[] from, int offset, int length) {
        wrote(length);
        super.write(position, from, offset, length);
    }

    private void wrote(int length) {
        disk.writes.increment();
        disk.writtenBytes.add(length);
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        wrote(length);
        disk.sync(path(), () -> super.writeDurably(position, from, offset, length));
    }

    @Override
    public void sync() {
        disk.sync(path(), super::sync);
    }
}
