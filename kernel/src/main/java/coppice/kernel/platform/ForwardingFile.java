package coppice.kernel.platform;

/// An open file that passes everything on to another, for those who change or watch a part of that.
public abstract class ForwardingFile implements DiskFile {
    private final DiskFile file;

    /// @param file does the work, and is closed with this one
    protected ForwardingFile(DiskFile file) {
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
        file.write(position, from, offset, length);
    }

    @Override
    public void writeDurably(long position, byte[] from, int offset, int length) {
        file.writeDurably(position, from, offset, length);
    }

    @Override
    public void sync() {
        file.sync();
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
