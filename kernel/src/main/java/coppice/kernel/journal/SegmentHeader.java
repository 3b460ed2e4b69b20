package coppice.kernel.journal;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.platform.DiskFile;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/// The first 64 bytes of a segment file, all integers little-endian except the id:
///
/// | at | size | what |
/// |---:|---:|---|
/// | 0 | 8 | magic `COPJRNL` and a line feed |
/// | 8 | 2 | format version, 1 |
/// | 10 | 2 | length of the header, 64 |
/// | 12 | 4 | zero |
/// | 16 | 8 | length of the file |
/// | 24 | 8 | LSN of the first record |
/// | 32 | 16 | database id, in the order of its text form |
/// | 48 | 12 | zero |
/// | 60 | 4 | CRC-32C of bytes 0..59 |
///
/// @param fileBytes the length of the segment file
/// @param base the LSN of its first record
/// @param database the database it belongs to
record SegmentHeader(long fileBytes, long base, UUID database) {
    static final int BYTES = 64;
    static final int VERSION = 1;

    private static final byte[] MAGIC = "COPJRNL\n".getBytes(StandardCharsets.US_ASCII);
    private static final String SUFFIX = ".log";
    private static final int NAME_LENGTH = 16 + SUFFIX.length();
    private static final int CRC_AT = 60;

    /// The name of the segment file that begins at `base`: 16 hexadecimal digits, so that names sort as
    /// positions.
    static String fileName(long base) {
        return HexFormat.of().toHexDigits(base) + SUFFIX;
    }

    /// Whether a file of that name is a segment.
    static boolean isFileName(String name) {
        return name.length() == NAME_LENGTH
                && name.endsWith(SUFFIX)
                && name.chars().limit(16).allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }

    /// The position in a segment's file name.
    static long baseOf(String fileName) {
        return HexFormat.fromHexDigitsToLong(fileName, 0, 16);
    }

    byte[] encode() {
        ByteWriter out = new ByteWriter(BYTES);
        out.bytes(MAGIC).u16(VERSION).u16(BYTES).zeros(4).i64(fileBytes).i64(base);
        byte[] id = new byte[16];
        Bytes.putI64BigEndian(id, 0, database.getMostSignificantBits());
        Bytes.putI64BigEndian(id, 8, database.getLeastSignificantBits());
        return out.bytes(id).zeros(12).crcFrom(0).toBytes();
    }

    /// Reads the header of a segment file and holds it against the file's length.
    ///
    /// @throws CorruptException when it is damaged, or the file is longer or shorter than it says
    /// @throws FormatVersionException when a newer program wrote it
    static SegmentHeader read(DiskFile file) {
        byte[] bytes = new byte[BYTES];
        file.read(0, bytes, 0, BYTES);
        SegmentHeader header = decode(file.path(), bytes);
        if (file.size() != header.fileBytes) {
            throw new CorruptException(
                    file.path(), file.size(), "a file of " + header.fileBytes + " bytes", file.size() + " bytes");
        }
        return header;
    }

    static SegmentHeader decode(String where, byte[] bytes) {
        ByteReader in = new ByteReader(where, bytes, 0, BYTES);
        if (!Bytes.startsWith(bytes, MAGIC)) {
            throw new CorruptException(
                    where, 0, "the magic of a journal segment", HexFormat.of().formatHex(bytes, 0, 8));
        }
        int stored = Bytes.i32(bytes, CRC_AT);
        int computed = Crc.of(bytes, 0, CRC_AT);
        if (stored != computed) {
            throw new CorruptException(
                    where, 0, "header checksum " + Integer.toHexString(computed), Integer.toHexString(stored));
        }
        in.skip(MAGIC.length);
        int version = in.u16();
        if (version != VERSION) {
            throw new FormatVersionException(where, version, VERSION);
        }
        if (in.u16() != BYTES) {
            throw in.corrupt("a header of 64 bytes", "another length");
        }
        in.zeros(4);
        long fileBytes = in.i64();
        long base = in.i64();
        int id = in.take(16);
        in.zeros(12);
        if (fileBytes < BYTES || base < 0 || base % RecordFormat.ALIGNMENT != 0) {
            throw in.corrupt("a length of at least 64 and a base that is a multiple of 8", fileBytes + " and " + base);
        }
        return new SegmentHeader(
                fileBytes, base, new UUID(Bytes.i64BigEndian(bytes, id), Bytes.i64BigEndian(bytes, id + 8)));
    }
}
