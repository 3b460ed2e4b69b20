package coppice.kernel.journal;

import coppice.kernel.platform.Disk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The write-ahead log: an endless sequence of records, each at a position (LSN, log sequence number) that is
/// its distance in bytes from the beginning of time.
///
/// [#append] puts a record into a buffer and returns the position after it; [#await] returns when the log is on
/// stable storage up to a position. Whoever waits first writes for everybody: one write and one sync make all
/// records durable that were appended meanwhile, by any number of threads. No thread is started.
///
/// Thread-safe, for platform and virtual threads alike; interrupts change nothing and stay pending. Once a
/// write or sync has failed, every later call throws a [StorageException] with the same cause: what reached the
/// disk is then unknown, and only opening again finds out.
///
/// ```java
/// try (Journal journal = Journal.open(disk, "journal", JournalOptions.of(id), 0, this::redo)) {
///     journal.await(journal.append((byte) 1, payload, 0, payload.length));
/// }
/// ```
public final class Journal implements AutoCloseable {
    /// The longest payload of a record, in bytes.
    public static final int MAX_PAYLOAD = RecordFormat.MAX_PAYLOAD;

    /// The first segment of a copy of a database.
    private static final int FIRST_BYTES = 64 << 10;

    /// A thread that waits for a position, or for room in the buffer.
    private record Waiter(long lsn, Semaphore wake) {}

    private final String directory;
    private final JournalOptions options;
    private final RecordFormat format;
    private final Segments segments;
    private final Recovery recovery;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private Group filling = new Group();
    private Group spare = new Group();
    private long segmentLimit;
    private long written;
    private long records;
    private long groups;
    private boolean leading;
    private boolean closed;
    private @Nullable Throwable failure;
    private volatile long appended;
    private volatile long durable;

    private Journal(String directory, JournalOptions options, Segments segments, Recovery recovery) {
        this.directory = directory;
        this.options = options;
        this.format = new RecordFormat(options.database());
        this.segments = segments;
        this.recovery = recovery;
        this.segmentLimit = segments.limit();
        this.written = recovery.endLsn();
        this.appended = recovery.endLsn();
        this.durable = recovery.endLsn();
    }

    /// Lays the beginning of a journal that goes on at a position which another one reached: for a copy of a
    /// database. Durable when it returns. What is in the directory is no longer part of it. Opening it costs next
    /// to nothing, as that of one that was closed. Its first segment is short: many a copy is only read, and who
    /// writes to it gets a long one soon.
    ///
    /// @param startLsn a position that `append` returned
    public static void begin(Disk disk, String directory, JournalOptions options, long startLsn) {
        disk.createDirectories(directory);
        disk.list(directory).forEach(name -> disk.delete(directory + "/" + name));
        JournalOptions brief = options.withSegmentBytes(Math.min(options.segmentBytes(), FIRST_BYTES));
        Segments segments = Segments.create(disk, directory, brief, startLsn);
        try {
            segments.markClosed(new RecordFormat(options.database()).closingMark(startLsn));
        } finally {
            segments.close();
        }
    }

    /// Opens the journal in `directory`, creating it when there is none and `startLsn` is 0, and replays its
    /// records from `startLsn` on. The tail that a crash left torn is cut off; see [#recovery()].
    ///
    /// @param startLsn where to begin: 0 or a position that `append` returned
    /// @throws coppice.kernel.bytes.CorruptException when records are damaged that were acknowledged, or the
    ///     log is shorter than [JournalOptions#mustReach()]; nothing has been changed then
    public static Journal open(
            Disk disk, String directory, JournalOptions options, long startLsn, RecordVisitor replay) {
        if (startLsn < 0 || startLsn % RecordFormat.ALIGNMENT != 0) {
            throw new IllegalArgumentException("A start is a position that append returned, not " + startLsn);
        }
        if (!disk.exists(directory)) {
            disk.createDirectories(directory);
            disk.syncDirectory(directory.contains("/") ? directory.substring(0, directory.lastIndexOf('/')) : "");
        }
        LogRecovery found = new LogRecovery(disk, directory, options, startLsn, replay);
        found.run();
        if (found.segments().isEmpty()) {
            Segments segments = Segments.create(disk, directory, options, startLsn);
            return new Journal(directory, options, segments, found.result());
        }
        Segments segments = Segments.resume(disk, directory, options, found.segments(), found.end());
        if (found.torn()) {
            segments.cutTail();
        }
        if (found.closed()) {
            segments.foundMarked(); // and so everything before it, names too, was made durable before it was written
        } else {
            segments.reaffirm(found.durable());
        }
        return new Journal(directory, options, segments, found.result());
    }

    /// What opening found.
    public Recovery recovery() {
        return recovery;
    }

    /// Appends a record of 0 to [#MAX_PAYLOAD] bytes. Cheap unless more than [JournalOptions#bufferBytes()]
    /// wait to be written: then it waits for their write.
    ///
    /// @return the position after the record, to be given to [#await]
    public long append(byte type, byte[] payload, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, payload.length);
        if (length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A journal record holds at most " + MAX_PAYLOAD + " bytes, not " + length
                    + ". Split the transaction.");
        }
        CRC32C begun = format.begin(payload, offset, length);
        int size = RecordFormat.size(length);
        lock.lock();
        try {
            makeRoom(size);
            long lsn = appended;
            if (lsn + size > segmentLimit) {
                long fileBytes = Math.max(options.segmentBytes(), SegmentHeader.BYTES + (long) size);
                filling.cut(lsn, fileBytes);
                segmentLimit = lsn + fileBytes - SegmentHeader.BYTES;
            }
            filling.add(begun, type, lsn, durable, payload, offset, length);
            appended = lsn + size;
            records++;
            return lsn + size;
        } finally {
            lock.unlock();
        }
    }

    private void makeRoom(int size) {
        requireUsable();
        while (filling.length() > 0 && (long) filling.length() + size > options.bufferBytes()) {
            if (leading) {
                waitFor(0);
            } else {
                lead(false);
            }
            requireUsable();
        }
    }

    /// Waits until everything up to `lsn` is on stable storage.
    public void await(long lsn) {
        if (durable >= lsn) {
            return;
        }
        lock.lock();
        try {
            if (lsn > appended) {
                throw new IllegalArgumentException(
                        "Nothing was appended up to " + lsn + " yet, only up to " + appended);
            }
            while (durable < lsn) {
                requireUsable();
                if (leading) {
                    waitFor(lsn);
                } else {
                    lead(true);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything appended so far is on stable storage.
    public void sync() {
        await(appended);
    }

    /// Hands everything appended so far to the operating system, without waiting for the medium: it then
    /// survives the end of this process, but not a power cut.
    public void flushLazily() {
        lock.lock();
        try {
            long target = appended;
            while (written < target) {
                requireUsable();
                if (leading) {
                    waitFor(0);
                } else {
                    lead(false);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// The end of the log, including what is still in the buffer.
    public long appended() {
        return appended;
    }

    /// The position up to which the log is on stable storage.
    public long durable() {
        return durable;
    }

    /// The figures of this moment.
    public JournalStatistics statistics() {
        lock.lock();
        try {
            return new JournalStatistics(records, groups, appended - recovery.endLsn(), appended - durable);
        } finally {
            lock.unlock();
        }
    }

    /// Whether a file of the journal's directory is a segment that is kept for use, and holds nothing.
    public static boolean isSpare(String name) {
        return name.endsWith(Segments.SPARE_SUFFIX);
    }

    /// Gives up records before `lsn`: segments that lie wholly before it are used again or deleted. Whoever
    /// calls has made durable that replay will never start before `lsn`.
    public void recycleBelow(long lsn) {
        segments.recycleBelow(Math.min(lsn, durable));
    }

    /// Makes everything appended durable, and closes. Closing again does nothing; nor does it throw when the
    /// journal has failed before, because every call since then has.
    @Override
    public void close() {
        lock.lock();
        try {
            while (leading || (failure == null && durable < appended)) {
                if (leading) {
                    waitFor(0);
                } else {
                    lead(true);
                }
            }
            if (failure == null && !closed) {
                segments.markClosed(format.closingMark(appended));
            }
        } finally {
            if (!closed) {
                closed = true;
                segments.close();
            }
            lock.unlock();
        }
    }

    private void requireUsable() {
        Throwable cause = failure;
        if (cause != null) {
            Kind kind = cause instanceof StorageException e ? e.kind() : Kind.IO;
            throw new StorageException(
                    kind, directory, "the journal stopped because a write failed; close it and open it again", cause);
        }
        if (closed) {
            throw new StorageException(Kind.IO, directory, "the journal is closed", null);
        }
    }

    // With the lock held, which it gives up meanwhile.
    private void waitFor(long lsn) {
        Waiter waiter = new Waiter(lsn, new Semaphore(0));
        waiters.add(waiter);
        lock.unlock();
        try {
            waiter.wake.acquireUninterruptibly();
        } finally {
            lock.lock();
        }
    }

    // With the lock held, which it gives up while it writes. Only one thread is in here at a time.
    private void lead(boolean durably) {
        leading = true;
        Group group = filling;
        filling = spare;
        long upTo = appended;
        lock.unlock();
        Throwable thrown = null;
        try {
            segments.write(group, durably);
        } catch (RuntimeException | Error e) {
            thrown = e;
        }
        lock.lock();
        leading = false;
        group.clear(options.bufferBytes());
        spare = group;
        if (thrown == null) {
            groups += upTo > written ? 1 : 0;
            written = upTo;
            durable = durably ? upTo : durable;
        } else {
            failure = thrown;
        }
        wakeWaiters();
        requireUsable();
    }

    // Those who have what they waited for, and one of the others to lead the next group.
    private void wakeWaiters() {
        boolean leader = failure != null;
        int count = waiters.size();
        for (int index = 0; index < count; index++) {
            Waiter waiter = waiters.remove();
            if (waiter.lsn <= durable || failure != null || !leader) {
                leader |= waiter.lsn > durable;
                waiter.wake.release();
            } else {
                waiters.add(waiter);
            }
        }
    }
}
