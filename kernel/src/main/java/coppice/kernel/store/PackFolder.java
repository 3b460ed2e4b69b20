package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/// The directory of packs: file names, and what is done to whole files. Thread-safe.
final class PackFolder {
    static final String PACK = ".pack";
    static final String INDEX = ".idx";
    private static final int ID_DIGITS = 16;

    private final Disk disk;
    private final String directory;
    private final ReadCache<byte[]> indexBlocks;
    private final AtomicBoolean changed = new AtomicBoolean();

    /// @param blockBytes how much memory blocks of indexes may take
    PackFolder(Disk disk, String directory, long blockBytes) {
        this.disk = disk;
        this.directory = directory;
        this.indexBlocks = new ReadCache<>(blockBytes / IndexFormat.BLOCK);
    }

    /// The blocks of the packs' indexes that were used last.
    ReadCache<byte[]> indexBlocks() {
        return indexBlocks;
    }

    String directory() {
        return directory;
    }

    String packPath(long id) {
        return path(id, PACK);
    }

    String indexPath(long id) {
        return path(id, INDEX);
    }

    private String path(long id, String suffix) {
        return directory + "/" + HexFormat.of().toHexDigits(id, ID_DIGITS) + suffix;
    }

    /// The ids of all packs that are there, in order.
    List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        if (disk.exists(directory)) {
            for (String name : disk.list(directory)) {
                if (isOurs(name) && name.endsWith(PACK)) {
                    ids.add(HexFormat.fromHexDigitsToLong(name, 0, ID_DIGITS));
                }
            }
        }
        return ids;
    }

    /// Creates the directory if it is not there yet, durably.
    void prepare() {
        if (!disk.exists(directory)) {
            disk.createDirectories(directory);
            int slash = directory.lastIndexOf('/');
            disk.syncDirectory(slash < 0 ? "" : directory.substring(0, slash));
        }
    }

    /// Creates an empty file, in place of whatever an unfinished attempt has left under its name.
    DiskFile create(String path) {
        if (disk.exists(path)) {
            disk.delete(path);
        }
        DiskFile file = disk.open(path, OpenMode.CREATE);
        // Only now: a sync that ran in between would have taken the mark away without the file.
        changed.set(true);
        return file;
    }

    DiskFile openForReading(String path) {
        return disk.open(path, OpenMode.READ);
    }

    DiskFile openForWriting(String path) {
        return disk.open(path, OpenMode.WRITE);
    }

    boolean exists(String path) {
        return disk.exists(path);
    }

    /// Deletes a file if it can; what stays is deleted at the next open.
    void tryDelete(String path) {
        try {
            if (disk.exists(path)) {
                disk.delete(path);
            }
        } catch (StorageException _) {
            // No manifest lists the file any more: it costs space, not correctness.
        }
    }

    /// Makes created files survive a power cut.
    void sync() {
        if (changed.getAndSet(false)) {
            try {
                disk.syncDirectory(directory);
            } catch (RuntimeException e) {
                changed.set(true);
                throw e;
            }
        }
    }

    /// Deletes all packs and indexes but those of the given paths. Other files are none of our business.
    void deleteAllBut(Set<String> keep) {
        for (String name : disk.list(directory)) {
            String path = directory + "/" + name;
            if (isOurs(name) && !keep.contains(path)) {
                disk.delete(path);
            }
        }
    }

    private static boolean isOurs(String name) {
        int digits = name.indexOf('.');
        return digits == ID_DIGITS
                && name.chars().limit(digits).allMatch(HexFormat::isHexDigit)
                && (name.endsWith(PACK) || name.endsWith(INDEX))
                && name.indexOf('.', digits + 1) < 0;
    }

    /// Demands that a file is there and has at least so many bytes.
    DiskFile openListed(String path, long length, boolean writable) {
        if (!disk.exists(path)) {
            throw new CorruptException(
                    path, 0, "a pack of " + length + " bytes that the manifest lists", "no such file");
        }
        DiskFile file = writable ? openForWriting(path) : openForReading(path);
        if (file.size() < length) {
            long size = file.size();
            file.close();
            throw new CorruptException(path, size, length + " bytes that the manifest lists", "the end of the file");
        }
        return file;
    }
}
