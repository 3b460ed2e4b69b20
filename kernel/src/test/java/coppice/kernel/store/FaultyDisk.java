package coppice.kernel.store;

import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.ForwardingDisk;
import coppice.kernel.platform.ForwardingFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// A disk in memory that can be full, fail to sync or lose its power, and that remembers what has been synced and
/// counts how often indexes are read.
final class FaultyDisk extends ForwardingDisk {
    /// The power has gone; nothing runs any more.
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final MemoryDisk disk;
    /// Content as of the last sync, by path at that time; and the names as of the last directory sync.
    private final Map<String, byte[]> synced = new HashMap<>();

    private final Map<String, String> durableNames = new TreeMap<>();
    private int operations;
    private int cutAt = Integer.MAX_VALUE;
    private int failingWrites;
    private int writesBeforeFailing = Integer.MAX_VALUE;
    private boolean syncFails;
    private int indexReads;

    FaultyDisk() {
        this(new MemoryDisk());
    }

    private FaultyDisk(MemoryDisk disk) {
        super(disk);
        this.disk = disk;
    }

    /// Lets the power go before the `operation`-th change from now on.
    synchronized void cutPowerBefore(int operation) {
        operations = 0;
        cutAt = operation;
    }

    /// How many changes there have been since [#cutPowerBefore].
    synchronized int operations() {
        return operations;
    }

    /// Lets `count` writes fail for lack of space after the next `after` ones.
    synchronized void fill(int after, int count) {
        writesBeforeFailing = after;
        failingWrites = count;
    }

    /// Whether all the failures that [#fill] asked for have happened.
    synchronized boolean fillIsOver() {
        return failingWrites == 0;
    }

    synchronized void failSyncs(boolean fail) {
        syncFails = fail;
    }

    /// How often indexes of packs have been read.
    synchronized int indexReads() {
        return indexReads;
    }

    private synchronized void read(String path) {
        indexReads += PackStore.isIndex(path) ? 1 : 0;
    }

    /// What a power cut leaves at worst: synced content under synced names, nothing else.
    synchronized MemoryDisk synced() {
        MemoryDisk copy = new MemoryDisk();
        copy.createDirectories("packs");
        durableNames.forEach((name, _) -> put(copy, name, synced.getOrDefault(name, new byte[0])));
        return copy;
    }

    /// What a power cut leaves at best: everything.
    synchronized MemoryDisk written() {
        MemoryDisk copy = new MemoryDisk();
        copy.createDirectories("packs");
        for (String name : disk.list("packs")) {
            put(copy, "packs/" + name, content("packs/" + name));
        }
        return copy;
    }

    private static void put(MemoryDisk disk, String path, byte[] content) {
        try (DiskFile file = disk.open(path, OpenMode.CREATE)) {
            file.write(0, content, 0, content.length);
        }
    }

    private byte[] content(String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return content;
        }
    }

    private synchronized void change() {
        if (operations++ >= cutAt) {
            operations--;
            throw new PowerCut();
        }
    }

    private synchronized void beforeWrite(String path) {
        change();
        if (writesBeforeFailing-- <= 0 && failingWrites > 0) {
            failingWrites--;
            throw new StorageException(Kind.NO_SPACE, path, null);
        }
    }

    private synchronized void beforeSync(String path) {
        change();
        if (syncFails) {
            throw new StorageException(Kind.IO, path, "injected", null);
        }
    }

    @Override
    public DiskFile open(String path, OpenMode mode) {
        if (mode == OpenMode.CREATE) {
            beforeWrite(path);
        }
        return new File(disk.open(path, mode));
    }

    @Override
    public void rename(String from, String to) {
        change();
        disk.rename(from, to);
        synchronized (this) {
            byte[] content = synced.remove(from);
            if (content != null) {
                synced.put(to, content);
            }
        }
    }

    @Override
    public void delete(String path) {
        change();
        disk.delete(path);
    }

    @Override
    public void syncDirectory(String path) {
        beforeSync(path);
        synchronized (this) {
            durableNames.keySet().removeIf(name -> name.startsWith(path + "/"));
            if (!path.isEmpty()) {
                disk.list(path).forEach(name -> durableNames.put(path + "/" + name, name));
            }
        }
    }

    private final class File extends ForwardingFile {
        private final DiskFile file;

        File(DiskFile file) {
            super(file);
            this.file = file;
        }

        @Override
        public void read(long position, byte[] into, int offset, int length) {
            FaultyDisk.this.read(path());
            file.read(position, into, offset, length);
        }

        @Override
        public void write(long position, byte[] from, int offset, int length) {
            try {
                beforeWrite(path());
            } catch (StorageException e) {
                // A full disk takes a part of the bytes.
                file.write(position, from, offset, length / 2);
                throw e;
            }
            file.write(position, from, offset, length);
        }

        @Override
        public void writeDurably(long position, byte[] from, int offset, int length) {
            write(position, from, offset, length);
            sync();
        }

        @Override
        public void sync() {
            beforeSync(path());
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            synchronized (FaultyDisk.this) {
                synced.put(path(), content);
            }
        }

        @Override
        public void truncate(long size) {
            change();
            file.truncate(size);
        }
    }
}
