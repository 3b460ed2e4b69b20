package coppice.kernel.bytes;

import java.util.zip.CRC32C;

/// CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of every record and header on disk. Finds every
/// burst of up to 32 bits and, in records of our sizes, every flip of up to three bits.
public final class Crc {
    private Crc() {}

    /// The checksum of the whole array.
    public static int of(byte[] bytes) {
        return of(bytes, 0, bytes.length);
    }

    /// The checksum of a range.
    public static int of(byte[] bytes, int offset, int length) {
        // Escape analysis keeps this object off the heap: CRC32C holds one int.
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /// The checksum of two ranges, one after the other.
    public static int of(byte[] first, int offset, int length, byte[] second, int secondOffset, int secondLength) {
        CRC32C crc = new CRC32C();
        crc.update(first, offset, length);
        crc.update(second, secondOffset, secondLength);
        return (int) crc.getValue();
    }
}
