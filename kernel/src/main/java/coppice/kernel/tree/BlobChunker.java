package coppice.kernel.tree;

import static java.nio.charset.StandardCharsets.US_ASCII;

import coppice.kernel.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Decides where a long value is cut into chunks: by its content, so that an edit moves only the cuts near it.
///
/// A gear hash rolls over the last 64 bytes; a cut falls where its top bits are zero, with a strict mask before
/// [#NORMAL] and a lenient one after it, which gathers the lengths around the mean (W. Xia et al., *FastCDC: a
/// Fast and Efficient Content-Defined Chunking Approach for Data Deduplication*, USENIX ATC 2016, sections 4.2 to
/// 4.4). Whether a position may be a cut depends on its 64 bytes alone; which of them become cuts depends on the
/// bytes since the last cut.
final class BlobChunker {
    /// No chunk is shorter, but for the last one of a value.
    static final int MIN = 16 << 10;

    /// Where the mask turns lenient. Together with the masks it makes the mean about 64 KiB.
    static final int NORMAL = 52 << 10;

    /// No chunk is longer.
    static final int MAX = 256 << 10;

    private static final int WINDOW = 64;
    private static final int STRICT_BITS = 18;
    private static final int LENIENT_BITS = 14;
    private static final long[] GEAR = gear();

    private BlobChunker() {}

    /// The length of the first chunk of `bytes[offset, offset + available)`.
    ///
    /// The caller has either all the rest of the value there, or at least [#MAX] bytes of it.
    static int cut(byte[] bytes, int offset, int available) {
        if (available <= MIN) {
            return available;
        }
        int limit = offset + Math.min(available, MAX);
        int normal = Math.min(limit, offset + NORMAL);
        int cut = cut(bytes, offset + MIN, normal, STRICT_BITS);
        return (cut < normal ? cut : cut(bytes, normal, limit, LENIENT_BITS)) - offset;
    }

    /// The first place in a range where the hash has so many bits zero; its end when there is none.
    private static int cut(byte[] bytes, int from, int to, int bits) {
        long hash = hash(bytes, from);
        for (int at = from; at < to; at++) {
            if (hash >>> (Long.SIZE - bits) == 0) {
                return at;
            }
            hash = (hash << 1) + GEAR[bytes[at] & 0xff];
        }
        return to;
    }

    /// Of the bytes before a place.
    private static long hash(byte[] bytes, int end) {
        long hash = 0;
        for (int at = end - WINDOW; at < end; at++) {
            hash = (hash << 1) + GEAR[bytes[at] & 0xff];
        }
        return hash;
    }

    /// Whether a chunk of `length` bytes, which no cut divides, ends with a cut.
    static boolean isCut(byte[] bytes, int offset, int length) {
        if (length < MIN || length >= MAX) {
            return length >= MAX;
        }
        return hash(bytes, offset + length) >>> (Long.SIZE - (length < NORMAL ? STRICT_BITS : LENIENT_BITS)) == 0;
    }

    /// Entry `b` is the first eight bytes, little-endian, of the SHA-256 of the ASCII text `coppice.blob.gear.1`
    /// followed by the byte `b`.
    static long[] gear() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            byte[] label = "coppice.blob.gear.1".getBytes(US_ASCII);
            long[] table = new long[256];
            for (int value = 0; value < table.length; value++) {
                sha.update(label);
                sha.update((byte) value);
                table[value] = Bytes.i64(sha.digest(), 0);
            }
            return table;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256, but this one has not.", impossible);
        }
    }
}
