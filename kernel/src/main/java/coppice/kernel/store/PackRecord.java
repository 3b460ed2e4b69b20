package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;

/// A chunk, or a group of chunks, as it lies in a pack: `u32 stored length | u32 raw length | u8 codec | u16
/// count | u8 zero | u32 crc32c | hash[32] | payload`. The checksum covers the record without itself. `count`
/// is 0 but in a [Group]; the hash is that of its first chunk.
final class PackRecord {
    static final int HEADER = 48;
    static final int MAX_LENGTH = HEADER + Chunks.MAX_LENGTH;

    private static final int CRC = 12;
    private static final int HASH = 16;

    private PackRecord() {}

    /// How the payload is encoded. The codes are part of the format.
    enum Codec {
        RAW(0),
        ZSTD(1),
        GROUP(2);

        final int code;

        Codec(int code) {
            this.code = code;
        }
    }

    /// Writes the header of a record whose payload already stands at `at + HEADER`; returns the record's
    /// length.
    static int frame(byte[] bytes, int at, Hash hash, int storedLength, int rawLength, Codec codec) {
        return frame(bytes, at, hash, storedLength, rawLength, codec, 0);
    }

    /// The same for a group of `count` chunks that are `rawLength` bytes long together.
    static int frame(byte[] bytes, int at, Hash hash, int storedLength, int rawLength, Codec codec, int count) {
        Bytes.putI32(bytes, at, storedLength);
        Bytes.putI32(bytes, at + 4, rawLength);
        Bytes.putI32(bytes, at + 8, codec.code | count << 8);
        hash.write(bytes, at + HASH);
        Bytes.putI32(bytes, at + CRC, crc(bytes, at, storedLength));
        return HEADER + storedLength;
    }

    /// Checks the header at `at`, as far as that is possible without the payload, and returns the record's
    /// length. `where` and `position` say where the header was read; the record must end at or before
    /// `limit`.
    static int checkHeader(String where, long position, byte[] bytes, int at, long limit) {
        if (!isHeader(position, bytes, at, limit)) {
            throw new CorruptException(
                    where,
                    position,
                    "a record of a chunk of at most " + Chunks.MAX_LENGTH + " bytes that ends before byte " + limit,
                    "stored length " + Bytes.u32(bytes, at) + ", raw length " + Bytes.u32(bytes, at + 4) + ", codec "
                            + Bytes.u32(bytes, at + 8));
        }
        return HEADER + Bytes.i32(bytes, at);
    }

    /// Whether [#checkHeader] would let it pass.
    static boolean isHeader(long position, byte[] bytes, int at, long limit) {
        long stored = Bytes.u32(bytes, at);
        long raw = Bytes.u32(bytes, at + 4);
        long codec = Bytes.u32(bytes, at + 8);
        boolean sane = codec == Codec.RAW.code
                ? stored == raw
                : codec == Codec.ZSTD.code ? stored < raw : Group.isHeader(stored, raw, codec);
        return sane && stored >= 1 && raw <= Chunks.MAX_LENGTH && position + HEADER + stored <= limit;
    }

    /// Checks the whole record at `at`, of which `checkHeader` has returned the length.
    static void checkSum(String where, long position, byte[] bytes, int at, int length) {
        int crc = crc(bytes, at, length - HEADER);
        int stored = Bytes.i32(bytes, at + CRC);
        if (crc != stored) {
            throw new CorruptException(
                    where, position, "record checksum " + Integer.toHexString(crc), Integer.toHexString(stored));
        }
    }

    /// Whether [#checkSum] would let it pass.
    static boolean isSumRight(byte[] bytes, int at, int length) {
        return crc(bytes, at, length - HEADER) == Bytes.i32(bytes, at + CRC);
    }

    static int rawLength(byte[] bytes, int at) {
        return Bytes.i32(bytes, at + 4);
    }

    static Codec codec(byte[] bytes, int at) {
        return switch (bytes[at + 8]) {
            case 0 -> Codec.RAW;
            case 1 -> Codec.ZSTD;
            default -> Codec.GROUP;
        };
    }

    /// How many chunks are in a group; 0 for a chunk that lies alone.
    static int count(byte[] bytes, int at) {
        return Bytes.i32(bytes, at + 8) >>> 8;
    }

    static Hash hash(byte[] bytes, int at) {
        return Hash.read(bytes, at + HASH);
    }

    private static int crc(byte[] bytes, int at, int storedLength) {
        return Crc.of(bytes, at, CRC, bytes, at + HASH, HEADER - HASH + storedLength);
    }
}
