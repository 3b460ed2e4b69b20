package coppice.structure.blob;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.api.Range;
import coppice.structure.ground.TextKeys;
import java.nio.ByteBuffer;

/// The rows beside those that say what blobs there are. A content is what one put has stored, under an id of 32
/// digits.
///
/// | key | value |
/// |---|---|
/// | `p`, length of the name in 2 bytes, name, id, offset in 8 bytes | a part of a content: what begins there |
/// | `u`, id | the name of a blob that is being put |
final class BlobKeys {
    private static final String SPACE_PREFIX = "@blob/";
    private static final byte PART = 'p';
    private static final byte UPLOAD = 'u';
    private static final int NAME_BYTES_MAX = 1_000;
    private static final int ID_BYTES = 32;

    private BlobKeys() {}

    /// The space for blobs.
    static String space(String blobs) {
        return SPACE_PREFIX + blobs;
    }

    /// The key of a blob's row.
    static byte[] row(String blob) {
        return TextKeys.bytes("The name of a blob", blob, NAME_BYTES_MAX);
    }

    /// What the keys of all parts of a blob begin with.
    private static byte[] parts(String blob) {
        byte[] name = row(blob);
        return ByteBuffer.allocate(3 + name.length)
                .put(PART)
                .putShort((short) name.length)
                .put(name)
                .array();
    }

    static Range allParts(String blob) {
        return Range.prefix(parts(blob));
    }

    /// The parts of all blobs.
    static Range allParts() {
        return Range.prefix(new byte[] {PART});
    }

    private static byte[] content(String blob, String id) {
        byte[] prefix = parts(blob);
        return ByteBuffer.allocate(prefix.length + ID_BYTES)
                .put(prefix)
                .put(id.getBytes(US_ASCII))
                .array();
    }

    static Range content(String blob, String id, long from) {
        byte[] prefix = content(blob, id);
        byte[] end = Range.prefix(prefix).upper().orElseThrow();
        return Range.between(part(blob, id, from), end);
    }

    /// The parts that begin at an offset or before, the last first.
    static Range upTo(String blob, String id, long offset) {
        return Range.between(content(blob, id), part(blob, id, offset + 1)).reversed();
    }

    static byte[] part(String blob, String id, long offset) {
        byte[] prefix = content(blob, id);
        return ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(offset)
                .array();
    }

    /// The offset in the key of a part.
    static long offset(byte[] part) {
        return ByteBuffer.wrap(part).getLong(part.length - Long.BYTES);
    }

    /// The id in the key of a part.
    static String id(byte[] part) {
        return new String(part, part.length - Long.BYTES - ID_BYTES, ID_BYTES, US_ASCII);
    }

    static byte[] upload(String id) {
        return ("" + (char) UPLOAD + id).getBytes(US_ASCII);
    }

    static Range uploads() {
        return Range.prefix(new byte[] {UPLOAD});
    }

    /// The id in the key of an upload.
    static String uploaded(byte[] key) {
        return new String(key, 1, key.length - 1, US_ASCII);
    }
}
