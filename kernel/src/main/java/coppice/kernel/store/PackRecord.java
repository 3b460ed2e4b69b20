package coppice.kernel.store;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;

/// A chunk as it lies in a pack: `u32 stored length | u32 raw length | u8 codec | 3 zero | u32 crc32c |
/// hash[32] | payload`. The checksum covers the record without itself.
final class PackRecord {
    static final int HEADER = 48;
    static final int MAX_LENGTH = HEADER + Chunks.MAX_LENGTH;

    private static final int CRC = 12;
    private static final int HASH = 16;

    private PackRecord() {}

    /// How the payload is encoded. The codes are part of the format; code 2 is reserved for differences.
    enum Codec {
        RAW(0),
        ZSTD(1);

        final int code;

        Codec(int code) {
            this.code = code;
        }
    }

    /// Writes the header of a record whose payload already stands at `at + HEADER`; returns the record's
    /// length.
    static int frame(byte[] bytes, int at, Hash hash, int storedLength, int rawLength, Codec codec) {
        Bytes.putI32(bytes, at, storedLength);
        Bytes.putI32(bytes, at + 4, rawLength);
        Bytes.putI32(bytes, at + 8, codec.code);
        hash.write(bytes, at + HASH);
        Bytes.putI32(bytes, at + CRC, crc(bytes, at, storedLength));
        return HEADER + storedLength;
    }

    /// Checks the header at `at`, as far as that is possible without the payload, and returns the record's
    /// length. `where` and `position` say where the header was read; the record must end at or before
    /// `limit`.
    static int checkHeader(String where, long position, byte[] bytes, int at, long limit) {
        long stored = Bytes.u32(bytes, at);
        long raw = Bytes.u32(bytes, at + 4);
        long codec = Bytes.u32(bytes, at + 8);
        boolean sane = codec == Codec.RAW.code ? stored == raw : codec == Codec.ZSTD.code && stored < raw;
        if (!sane || stored < 1 || raw > Chunks.MAX_LENGTH || position + HEADER + stored > limit) {
            throw new CorruptException(
                    where,
                    position,
                    "a record of a chunk of at most " + Chunks.MAX_LENGTH + " bytes that ends before byte " + limit,
                    "stored length " + stored + ", raw length " + raw + ", codec " + codec);
        }
        return (int) (HEADER + stored);
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

    static int rawLength(byte[] bytes, int at) {
        return Bytes.i32(bytes, at + 4);
    }

    static Codec codec(byte[] bytes, int at) {
        return bytes[at + 8] == Codec.RAW.code ? Codec.RAW : Codec.ZSTD;
    }

    static Hash hash(byte[] bytes, int at) {
        return Hash.read(bytes, at + HASH);
    }

    private static int crc(byte[] bytes, int at, int storedLength) {
        return Crc.of(bytes, at, CRC, bytes, at + HASH, HEADER - HASH + storedLength);
    }
}
