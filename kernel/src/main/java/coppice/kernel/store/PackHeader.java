package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The first 32 bytes of a pack, and likewise of its index file:
/// `magic[8] | u32 version | u32 zero | u64 pack id | u32 number | u32 crc32c of the 28 bytes before`.
///
/// The place of version and checksum is the same in every version to come, so that a damaged version can be
/// told from a newer one. `number` is 0 in a pack and the number of entries in an index.
final class PackHeader {
    static final int LENGTH = 32;
    private static final int PACK_VERSION = 2;
    private static final int INDEX_VERSION = 3;
    private static final int AT_VERSION = 8;
    static final byte[] PACK_MAGIC = "COPPACK\0".getBytes(StandardCharsets.US_ASCII);
    static final byte[] INDEX_MAGIC = "COPPIDX\0".getBytes(StandardCharsets.US_ASCII);

    private static final int CHECKED = LENGTH - 4;

    private PackHeader() {}

    static void write(byte[] into, byte[] magic, long id, int number) {
        System.arraycopy(magic, 0, into, 0, 8);
        Bytes.putI32(into, AT_VERSION, version(magic));
        Bytes.putI32(into, 12, 0);
        Bytes.putI64(into, 16, id);
        Bytes.putI32(into, 24, number);
        Bytes.putI32(into, CHECKED, Crc.of(into, 0, CHECKED));
    }

    /// Checks that a header is sound and is that of the pack `id`.
    static void check(String where, byte[] header, byte[] magic, long id, int number) {
        checkSound(where, header, magic);
        if (id(header) != id || number(header) != number) {
            throw new CorruptException(
                    where,
                    16,
                    "the header of pack " + id + " with number " + number,
                    "that of pack " + id(header) + " with number " + number(header));
        }
    }

    private static int version(byte[] magic) {
        return Arrays.equals(magic, INDEX_MAGIC) ? INDEX_VERSION : PACK_VERSION;
    }

    /// Whether a header is of an older version. Damaged ones are not.
    static boolean isOlder(byte[] header, byte[] magic) {
        return Arrays.equals(header, 0, 8, magic, 0, 8)
                && Crc.of(header, 0, CHECKED) == Bytes.i32(header, CHECKED)
                && Bytes.u32(header, AT_VERSION) < version(magic);
    }

    static long id(byte[] header) {
        return Bytes.i64(header, 16);
    }

    static int number(byte[] header) {
        return Bytes.i32(header, 24);
    }

    /// Checks a header of which nothing is known but the kind of file.
    static void checkSound(String where, byte[] header, byte[] magic) {
        if (!Arrays.equals(header, 0, 8, magic, 0, 8)) {
            throw new CorruptException(where, 0, "the magic " + text(magic, 8), text(header, 8));
        }
        int crc = Crc.of(header, 0, CHECKED);
        if (crc != Bytes.i32(header, CHECKED)) {
            throw new CorruptException(
                    where,
                    CHECKED,
                    "header checksum " + Integer.toHexString(crc),
                    Integer.toHexString(Bytes.i32(header, CHECKED)));
        }
        if (Bytes.u32(header, AT_VERSION) != version(magic)) {
            throw new FormatVersionException(where, Bytes.u32(header, AT_VERSION), version(magic));
        }
        if (Bytes.i32(header, 12) != 0 || id(header) < 1 || number(header) < 0) {
            throw new CorruptException(
                    where, 12, "zero, an id and a number", "pack " + id(header) + " with number " + number(header));
        }
    }

    private static String text(byte[] bytes, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] < 127 ? (char) bytes[i] : '.');
        }
        return text.toString();
    }
}
