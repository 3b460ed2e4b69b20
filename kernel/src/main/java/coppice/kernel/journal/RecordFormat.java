package coppice.kernel.journal;

import coppice.kernel.bytes.Bytes;
import java.util.UUID;
import java.util.zip.CRC32C;

/// The bytes of a record, all integers little-endian:
///
/// | at | size | what |
/// |---:|---:|---|
/// | 0 | 4 | CRC-32C of the database id (16 bytes), the payload with its padding, and bytes 4..24 |
/// | 4 | 4 | length of the payload |
/// | 8 | 8 | LSN of the record: its position in the log |
/// | 16 | 8 | LSN below which everything was known to be durable when the record was appended |
/// | 24 | 1 | type |
/// | 25 | n | payload |
/// | | 0..7 | zeros up to a multiple of 8 |
///
/// The payload comes first in the checksum, so that it is summed before the lock that assigns the position is
/// taken.
///
/// A closing mark has the form of a record of type 0 without payload, but its length field is -1.
final class RecordFormat {
    static final int ALIGNMENT = 8;
    static final int HEADER = 25;
    static final int SMALLEST = 32;
    static final int MAX_PAYLOAD = 1 << 30;

    private static final int CLOSING = -1;
    private static final int CRC_AT = 0;
    private static final int LENGTH_AT = 4;
    private static final int LSN_AT = 8;
    private static final int DURABLE_AT = 16;
    private static final int TYPE_AT = 24;
    private static final byte[] ZEROS = new byte[ALIGNMENT];

    private final byte[] database = new byte[16];

    RecordFormat(UUID database) {
        Bytes.putI64BigEndian(this.database, 0, database.getMostSignificantBits());
        Bytes.putI64BigEndian(this.database, 8, database.getLeastSignificantBits());
    }

    /// How many bytes a record takes.
    static int size(int payloadLength) {
        return (HEADER + payloadLength + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /// The checksum of what is known before the position is.
    CRC32C begin(byte[] payload, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(database, 0, database.length);
        crc.update(payload, offset, length);
        crc.update(ZEROS, 0, size(length) - HEADER - length);
        return crc;
    }

    /// Writes a record at `at`; `begun` is the checksum from [#begin].
    static void write(
            byte[] into,
            int at,
            CRC32C begun,
            byte type,
            long lsn,
            long durable,
            byte[] payload,
            int offset,
            int length) {
        Bytes.putI32(into, at + LENGTH_AT, length);
        Bytes.putI64(into, at + LSN_AT, lsn);
        Bytes.putI64(into, at + DURABLE_AT, durable);
        into[at + TYPE_AT] = type;
        System.arraycopy(payload, offset, into, at + HEADER, length);
        int end = at + HEADER + length;
        System.arraycopy(ZEROS, 0, into, end, at + size(length) - end);
        begun.update(into, at + LENGTH_AT, HEADER - LENGTH_AT);
        Bytes.putI32(into, at + CRC_AT, (int) begun.getValue());
    }

    /// The mark behind the last record of a log that was closed at `end`.
    byte[] closingMark(long end) {
        byte[] mark = new byte[SMALLEST];
        Bytes.putI32(mark, LENGTH_AT, CLOSING);
        Bytes.putI64(mark, LSN_AT, end);
        Bytes.putI64(mark, DURABLE_AT, end);
        Bytes.putI32(mark, CRC_AT, checksum(mark, 0, 0));
        return mark;
    }

    /// Whether the 32 bytes at `at` are the mark of a log that was closed at `end`.
    boolean isClosingMark(byte[] bytes, int at, long end) {
        return length(bytes, at) == CLOSING
                && lsn(bytes, at) == end
                && durable(bytes, at) == end
                && checksum(bytes, at, 0) == Bytes.i32(bytes, at + CRC_AT);
    }

    /// Whether the checksum of the record at `at`, all of which is in the array, holds.
    boolean intact(byte[] bytes, int at) {
        return checksum(bytes, at, length(bytes, at)) == Bytes.i32(bytes, at + CRC_AT);
    }

    private int checksum(byte[] bytes, int at, int payloadLength) {
        CRC32C crc = new CRC32C();
        crc.update(database, 0, database.length);
        crc.update(bytes, at + HEADER, size(payloadLength) - HEADER);
        crc.update(bytes, at + LENGTH_AT, HEADER - LENGTH_AT);
        return (int) crc.getValue();
    }

    static int length(byte[] bytes, int at) {
        return Bytes.i32(bytes, at + LENGTH_AT);
    }

    static long lsn(byte[] bytes, int at) {
        return Bytes.i64(bytes, at + LSN_AT);
    }

    static long durable(byte[] bytes, int at) {
        return Bytes.i64(bytes, at + DURABLE_AT);
    }

    static byte type(byte[] bytes, int at) {
        return bytes[at + TYPE_AT];
    }
}
