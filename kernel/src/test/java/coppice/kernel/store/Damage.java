package coppice.kernel.store;

import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;

/// What may happen to files.
final class Damage {
    private Damage() {}

    static void flipBit(MemoryDisk disk, String path, long bit) {
        try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
            byte[] one = new byte[1];
            file.read(bit / 8, one, 0, 1);
            one[0] ^= (byte) (1 << (bit % 8));
            file.write(bit / 8, one, 0, 1);
        }
    }

    static void cut(MemoryDisk disk, String path, long length) {
        try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
            file.truncate(length);
        }
    }

    static byte[] content(MemoryDisk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return content;
        }
    }

    /// A copy of some files of a disk.
    static MemoryDisk copy(MemoryDisk disk, String directory) {
        MemoryDisk copy = new MemoryDisk();
        copy.createDirectories(directory);
        for (String name : disk.list(directory)) {
            byte[] content = content(disk, directory + "/" + name);
            try (DiskFile file = copy.open(directory + "/" + name, OpenMode.CREATE)) {
                file.write(0, content, 0, content.length);
            }
        }
        return copy;
    }
}
