package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.StorageException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// The files of a journal: the one being written, the sealed ones before it, and spares for later.
///
/// Order that recovery relies on: a segment file gets its name only after everything before it is durable, and its
/// header is. So a segment that exists proves that all records before its base were durable.
///
/// Writing is for one thread at a time, the leader of a group; recycling may run beside it.
final class Segments {
    private static final byte[] ZEROS = new byte[1 << 20];
    static final String SPARE_SUFFIX = ".free";

    private record Sealed(String path, long base, long fileBytes) {}

    private final Disk disk;
    private final String directory;
    private final JournalOptions options;
    // Guards the names: sealed, spares, spareNumber.
    private final ReentrantLock names = new ReentrantLock();
    private final Deque<Sealed> sealed = new ArrayDeque<>();
    private final Deque<String> spares = new ArrayDeque<>();
    private long spareNumber;

    private DiskFile file;
    private long base;
    private long fileBytes;
    private long position;
    private boolean dirty;
    private boolean marked;

    private Segments(Disk disk, String directory, JournalOptions options, DiskFile file, SegmentHeader header) {
        this.disk = disk;
        this.directory = directory;
        this.options = options;
        this.file = file;
        this.base = header.base();
        this.fileBytes = header.fileBytes();
        this.position = header.base();
    }

    /// Starts the journal of a new database: an empty segment at `base`.
    static Segments create(Disk disk, String directory, JournalOptions options, long base) {
        SegmentHeader header = new SegmentHeader(options.segmentBytes(), base, options.database());
        String fresh = directory + "/first" + SPARE_SUFFIX;
        if (disk.exists(fresh)) {
            disk.delete(fresh);
        }
        DiskFile file = makeSegment(disk, directory, fresh, header);
        return new Segments(disk, directory, options, file, header);
    }

    /// Goes on in the last of the segments that recovery found, at `end`.
    static Segments resume(
            Disk disk, String directory, JournalOptions options, List<SegmentHeader> segments, long end) {
        SegmentHeader last = segments.getLast();
        DiskFile file = disk.open(pathOf(directory, last.base()), OpenMode.WRITE);
        Segments resumed = new Segments(disk, directory, options, file, last);
        for (SegmentHeader header : segments.subList(0, segments.size() - 1)) {
            resumed.sealed.add(new Sealed(pathOf(directory, header.base()), header.base(), header.fileBytes()));
        }
        for (String name : disk.list(directory)) {
            if (name.endsWith(SPARE_SUFFIX)) {
                resumed.spares.add(directory + "/" + name);
            }
        }
        resumed.position = end;
        return resumed;
    }

    static String pathOf(String directory, long base) {
        return directory + "/" + SegmentHeader.fileName(base);
    }

    /// Makes sure that the names of the segments, and the records from `from` to the end, read back at recovery,
    /// are on stable storage: a process that was killed leaves them in the system's cache only, and so may a sync
    /// that failed.
    void reaffirm(long from) {
        disk.syncDirectory(directory);
        long offset = SegmentHeader.BYTES + Math.max(from, base) - base;
        long end = SegmentHeader.BYTES + position - base;
        byte[] bytes = new byte[(int) Math.min(ZEROS.length, Math.max(0, end - offset))];
        while (offset < end) {
            int length = (int) Math.min(bytes.length, end - offset);
            file.read(offset, bytes, 0, length);
            file.writeDurably(offset, bytes, 0, length);
            offset += length;
        }
    }

    /// Writes zeros from the end of the log to the end of its segment, so that nothing there can come back to life.
    void cutTail() {
        zero(file, SegmentHeader.BYTES + position - base, fileBytes);
        file.sync();
    }

    /// Says at the end of the log that it was closed there, so that opening need not look behind it. All is
    /// durable.
    void markClosed(byte[] mark) {
        if (!marked && position + mark.length <= limit()) {
            file.writeDurably(SegmentHeader.BYTES + position - base, mark, 0, mark.length);
        }
    }

    /// Says that there is such a mark at the end. It is taken back when the first group is written; so a log that is
    /// only opened and closed costs no write.
    void foundMarked() {
        marked = true;
    }

    /// Before anything is appended: were the mark found again, what follows would not be looked at.
    private void unmarkClosed() {
        if (marked) {
            file.writeDurably(SegmentHeader.BYTES + position - base, ZEROS, 0, RecordFormat.SMALLEST);
            marked = false;
        }
    }

    /// The LSN at which the current segment is full.
    long limit() {
        return base + fileBytes - SegmentHeader.BYTES;
    }

    /// Writes a group at the end of the log.
    ///
    /// @param durably whether to return only when it, and everything before it, is on stable storage
    void write(Group group, boolean durably) {
        unmarkClosed();
        int from = 0;
        for (int cut = 0; cut < group.cuts(); cut++) {
            writeRange(group.bytes(), from, group.cutAt(cut), true);
            from = group.cutAt(cut);
            roll(group.cutBase(cut), group.cutFileBytes(cut));
        }
        writeRange(group.bytes(), from, group.length(), durably);
    }

    private void writeRange(byte[] bytes, int from, int to, boolean durably) {
        long offset = SegmentHeader.BYTES + position - base;
        if (to > from) {
            if (durably && !dirty) {
                file.writeDurably(offset, bytes, from, to - from);
            } else {
                file.write(offset, bytes, from, to - from);
                dirty = true;
            }
            position += to - from;
        }
        if (durably && dirty) {
            file.sync();
            dirty = false;
        }
    }

    // Everything in the current segment is durable.
    private void roll(long newBase, long newFileBytes) {
        SegmentHeader header = new SegmentHeader(newFileBytes, newBase, options.database());
        names.lock();
        try {
            file.close();
            file = makeSegment(disk, directory, spareFor(newFileBytes), header);
            // An empty segment, too small for the record to come, has just been replaced.
            if (newBase > base) {
                sealed.add(new Sealed(pathOf(directory, base), base, fileBytes));
            }
            base = newBase;
            fileBytes = newFileBytes;
        } finally {
            names.unlock();
        }
    }

    private String spareFor(long bytes) {
        String spare = bytes == options.segmentBytes() ? spares.poll() : null;
        return spare == null ? nextSpareName() : spare;
    }

    private String nextSpareName() {
        String name;
        do {
            name = directory + "/" + spareNumber++ + SPARE_SUFFIX;
        } while (disk.exists(name));
        return name;
    }

    private static DiskFile makeSegment(Disk disk, String directory, String spare, SegmentHeader header) {
        layOut(disk, spare, header.fileBytes(), header.encode());
        String path = pathOf(directory, header.base());
        disk.rename(spare, path);
        disk.syncDirectory(directory);
        return disk.open(path, OpenMode.WRITE);
    }

    // The spare may be missing, or of another length when the machine stopped while it was made.
    private static void layOut(Disk disk, String spare, long bytes, byte[] header) {
        try (DiskFile file = disk.open(spare, disk.exists(spare) ? OpenMode.WRITE : OpenMode.CREATE)) {
            preallocate(file, bytes);
            file.write(0, header, 0, header.length);
            file.sync();
        } catch (StorageException e) {
            giveBack(disk, spare, e);
            throw e;
        }
    }

    // On a full disk the half of a spare is in the way of everybody else.
    private static void giveBack(Disk disk, String spare, StorageException because) {
        try {
            if (because.kind() == StorageException.Kind.NO_SPACE && disk.exists(spare)) {
                disk.delete(spare);
            }
        } catch (StorageException e) {
            because.addSuppressed(e);
        }
    }

    private static void preallocate(DiskFile file, long bytes) {
        if (file.size() != bytes) {
            file.truncate(0);
            zero(file, 0, bytes);
        }
    }

    private static void zero(DiskFile file, long from, long to) {
        for (long at = from; at < to; at += ZEROS.length) {
            file.write(at, ZEROS, 0, (int) Math.min(ZEROS.length, to - at));
        }
    }

    /// Turns sealed segments that end at or before `lsn` into spares, or deletes them.
    void recycleBelow(long lsn) {
        names.lock();
        try {
            boolean changed = false;
            while (!sealed.isEmpty() && endOfFirst() <= lsn) {
                Sealed first = sealed.getFirst();
                if (first.fileBytes == options.segmentBytes() && spares.size() < options.spareSegments()) {
                    String spare = nextSpareName();
                    disk.rename(first.path, spare);
                    spares.add(spare);
                } else {
                    disk.delete(first.path);
                }
                sealed.removeFirst();
                changed = true;
            }
            if (changed) {
                // Before a spare gets its next name: the old name must not come back with the new content.
                disk.syncDirectory(directory);
            }
        } finally {
            names.unlock();
        }
    }

    private long endOfFirst() {
        return sealed.stream().skip(1).findFirst().map(Sealed::base).orElse(base);
    }

    void close() {
        file.close();
    }

    String path() {
        return file.path();
    }
}
