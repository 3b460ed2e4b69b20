package coppice.kernel.journal;

import java.util.Arrays;
import java.util.zip.CRC32C;

/// Records that wait to be written together, and the places among them where a new segment begins. Not
/// thread-safe.
final class Group {
    private static final int INITIAL = 64 << 10;

    private byte[] bytes = new byte[INITIAL];
    private int length;
    private int cuts;
    private int[] cutAt = new int[4];
    private long[] cutBase = new long[4];
    private long[] cutFileBytes = new long[4];

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    int cuts() {
        return cuts;
    }

    /// How many bytes of the group come before a cut.
    int cutAt(int cut) {
        return cutAt[cut];
    }

    /// The LSN at which the segment of a cut begins.
    long cutBase(int cut) {
        return cutBase[cut];
    }

    /// The file length of the segment of a cut.
    long cutFileBytes(int cut) {
        return cutFileBytes[cut];
    }

    /// What comes next goes into a new segment.
    void cut(long base, long fileBytes) {
        if (cuts == cutAt.length) {
            cutAt = Arrays.copyOf(cutAt, 2 * cuts);
            cutBase = Arrays.copyOf(cutBase, 2 * cuts);
            cutFileBytes = Arrays.copyOf(cutFileBytes, 2 * cuts);
        }
        cutAt[cuts] = length;
        cutBase[cuts] = base;
        cutFileBytes[cuts] = fileBytes;
        cuts++;
    }

    void add(CRC32C begun, byte type, long lsn, long durable, byte[] payload, int offset, int payloadLength) {
        int at = length;
        int end = Math.addExact(at, RecordFormat.size(payloadLength));
        if (end > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 64, Math.max(end, 2L * bytes.length)));
        }
        RecordFormat.write(bytes, at, begun, type, lsn, durable, payload, offset, payloadLength);
        length = end;
    }

    /// Empties the group, and gives memory back that it held beyond `keep`.
    void clear(int keep) {
        length = 0;
        cuts = 0;
        if (bytes.length > Math.max(keep, INITIAL)) {
            bytes = new byte[INITIAL];
        }
    }
}
