package coppice.kernel.platform;

import java.util.List;

/// A disk that passes everything on to another, for those who change or watch a part of that. As safe for threads as
/// the other one.
public abstract class ForwardingDisk implements Disk {
    private final Disk disk;

    /// @param disk does the work
    protected ForwardingDisk(Disk disk) {
        this.disk = disk;
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
        return disk.open(path, mode);
    }

    @Override
    public void rename(String from, String to) {
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) {
        disk.delete(path);
    }

    @Override
    public void createDirectories(String path) {
        disk.createDirectories(path);
    }

    @Override
    public void syncDirectory(String path) {
        disk.syncDirectory(path);
    }

    @Override
    public DiskLock lock(String path) {
        return disk.lock(path);
    }

    @Override
    public long usableBytes() {
        return disk.usableBytes();
    }
}
