package coppice.kernel.platform;

class MemoryDiskTest extends DiskContract {
    @Override
    protected Disk emptyDisk() {
        return new MemoryDisk();
    }
}
