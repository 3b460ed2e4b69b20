package coppice.kernel.journal;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.DiskFile;

/// Reads the records of one segment, believing nothing. Not thread-safe.
final class SegmentReader {
    private static final int WINDOW = 1 << 20;
    // After a clean close there is little to read.
    private static final int FIRST_WINDOW = 16 << 10;

    private final DiskFile file;
    private final SegmentHeader header;
    private final RecordFormat format;
    private byte[] window = new byte[0];
    private long windowAt;
    private int windowLength;
    private int record;
    private String wrong = "";

    SegmentReader(DiskFile file, SegmentHeader header, RecordFormat format) {
        this.file = file;
        this.header = header;
        this.format = format;
    }

    /// Where in the file a position of the log is.
    long offset(long lsn) {
        return SegmentHeader.BYTES + lsn - header.base();
    }

    /// Whether a valid record begins at `lsn`. If so, the other methods describe it until the next call.
    boolean at(long lsn) {
        long offset = offset(lsn);
        long room = header.fileBytes() - offset;
        if (room < RecordFormat.SMALLEST) {
            return not("the end of the segment");
        }
        int start = fill(offset, RecordFormat.SMALLEST);
        if (RecordFormat.lsn(window, start) != lsn) {
            return not("no record of that position");
        }
        int length = RecordFormat.length(window, start);
        if (length < 0 || length > RecordFormat.MAX_PAYLOAD || RecordFormat.size(length) > room) {
            return not("a record of impossible length " + Integer.toUnsignedString(length));
        }
        record = fill(offset, RecordFormat.size(length));
        long durable = RecordFormat.durable(window, record);
        if (!format.intact(window, record) || durable < 0 || durable > lsn) {
            return not("a record whose checksum is wrong");
        }
        return true;
    }

    private boolean not(String reason) {
        wrong = reason;
        return false;
    }

    /// What was found instead of a valid record.
    String wrong() {
        return wrong;
    }

    /// What follows `end`, where no valid record begins.
    Tail tailAt(long end) {
        if (markAt(end)) {
            return Tail.CLOSED;
        }
        Tail tail = Tail.CLEAN;
        long offset = offset(end);
        while (offset <= header.fileBytes() - RecordFormat.SMALLEST) {
            int start = fill(offset, RecordFormat.SMALLEST);
            int last = windowLength - RecordFormat.SMALLEST;
            int claim = nextClaim(start, last, lsnAt(offset));
            if (claim < 0) {
                offset += ((last - start) & -RecordFormat.ALIGNMENT) + RecordFormat.ALIGNMENT;
                continue;
            }
            tail = Tail.TORN;
            offset += claim - start;
            if (markAt(lsnAt(offset))) {
                return Tail.DAMAGED;
            }
            if (!at(lsnAt(offset))) {
                offset += RecordFormat.ALIGNMENT;
            } else if (durableBefore() > end) {
                return Tail.DAMAGED;
            } else {
                offset = offset(endLsn());
            }
        }
        return tail;
    }

    private boolean markAt(long lsn) {
        long offset = offset(lsn);
        if (offset + RecordFormat.SMALLEST > header.fileBytes()) {
            return false;
        }
        int at = fill(offset, RecordFormat.SMALLEST);
        return format.isClosingMark(window, at, lsn);
    }

    private long lsnAt(long offset) {
        return header.base() + offset - SegmentHeader.BYTES;
    }

    /// What follows the last valid record.
    enum Tail {
        /// The mark that the log was closed here: nothing else can follow.
        CLOSED,
        /// Nothing that was ever part of the log.
        CLEAN,
        /// Records that were being written when the machine stopped.
        TORN,
        /// Records that were acknowledged.
        DAMAGED
    }

    // Where a header claims the very position it stands at. Zeros are no claim, not even at position 0.
    // Runs over megabytes at every open, mostly before the compiler has seen it: plain byte comparisons, no calls.
    private int nextClaim(int from, int last, long lsnAtFrom) {
        byte[] bytes = window;
        for (int at = from; at <= last; at += RecordFormat.ALIGNMENT) {
            long lsn = lsnAtFrom + (at - from);
            if (bytes[at + 8] == (byte) lsn
                    && bytes[at + 9] == (byte) (lsn >>> 8)
                    && bytes[at + 10] == (byte) (lsn >>> 16)
                    && RecordFormat.lsn(bytes, at) == lsn
                    && Bytes.i64(bytes, at) != 0) {
                return at;
            }
        }
        return -1;
    }

    // Returns where in the window the byte at `offset` of the file is, with `length` bytes from there on in the window.
    private int fill(long offset, int length) {
        if (offset < windowAt || offset + length > windowAt + windowLength) {
            int ahead = window.length == 0 ? FIRST_WINDOW : WINDOW;
            int wanted = (int) Math.min(Math.max(ahead, length), header.fileBytes() - offset);
            if (wanted > window.length) {
                window = new byte[wanted];
            }
            windowAt = offset;
            windowLength = file.readUpTo(offset, window, 0, wanted);
            if (windowLength < length) {
                throw new CorruptException(
                        file.path(), offset + windowLength, "a file of " + header.fileBytes() + " bytes", "its end");
            }
        }
        return (int) (offset - windowAt);
    }

    byte[] bytes() {
        return window;
    }

    int payloadAt() {
        return record + RecordFormat.HEADER;
    }

    int payloadLength() {
        return RecordFormat.length(window, record);
    }

    byte type() {
        return RecordFormat.type(window, record);
    }

    /// Below which position the record's writer knew the log to be durable.
    long durableBefore() {
        return RecordFormat.durable(window, record);
    }

    /// The position after the record.
    long endLsn() {
        return RecordFormat.lsn(window, record) + RecordFormat.size(payloadLength());
    }
}
