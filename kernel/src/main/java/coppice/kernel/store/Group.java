package coppice.kernel.store;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Varint;
import java.util.Arrays;
import java.util.List;

/// Versions of one thing, stored together: the chunks that stood one after the other at the same place of a tree,
/// newest first, compressed as one frame. What a version shares with a newer one costs a reference of a few bytes,
/// as in a chain of differences, but the chain cannot break: all its links are in the one record, live and move
/// together, and are read by one read.
///
/// Bounded in length, so that reading any member costs some tens of microseconds.
@SuppressWarnings("ArrayRecordComponent") // Lives between a read and its answer, is never compared.
record Group(byte[] content, int[] ends) {
    /// The most chunks in a group.
    static final int CHUNKS_MAX = 1 << 10;

    /// The most bytes that the chunks of a group have together before compression.
    static final int BYTES_MAX = 240 << 10;

    /// The most bytes that the lengths in front of a frame take.
    static int tableBound(int chunks) {
        return 3 * chunks;
    }

    /// Whether a record's lengths and codec are those of a group.
    static boolean isHeader(long stored, long raw, long codec) {
        long count = codec >>> 8;
        return (codec & 0xff) == PackRecord.Codec.GROUP.code
                && count >= 2
                && count <= CHUNKS_MAX
                && raw >= count
                && raw <= BYTES_MAX
                && stored > count
                && PackRecord.HEADER + stored < Place.GROUP_LENGTH_LIMIT;
    }

    /// The group without its content, from the table of lengths at `at`, and where the frame begins.
    record Table(int[] ends, int frame) {
        static Table read(String where, long position, byte[] record, int at, int limit, int count, int raw) {
            int[] ends = new int[count];
            int next = at;
            long end = 0;
            for (int i = 0; i < count && next < limit; i++) {
                int bound = Math.min(limit, next + 3);
                int stop = next;
                while (stop < bound - 1 && record[stop] < 0) {
                    stop++;
                }
                long length = record[stop] < 0 ? 0 : Varint.get(record, next);
                end += length;
                if (length == 0 || end > raw) {
                    end = -1;
                    break;
                }
                ends[i] = (int) end;
                next = stop + 1;
            }
            if (end != raw || next >= limit || ends[count - 1] != raw) {
                throw new CorruptException(where, position, count + " chunks of " + raw + " bytes", "other lengths");
            }
            return new Table(ends, next);
        }
    }

    /// Writes the lengths of some chunks at `at`; returns where the frame goes.
    static int writeTable(List<byte[]> chunks, byte[] into, int at) {
        int next = at;
        for (byte[] chunk : chunks) {
            next = Varint.put(into, next, chunk.length);
        }
        return next;
    }

    int count() {
        return ends.length;
    }

    /// Where a chunk begins in the content.
    int start(int member) {
        return member == 0 ? 0 : ends[member - 1];
    }

    /// A copy of one chunk.
    byte[] chunk(int member) {
        return Arrays.copyOfRange(content, start(member), ends[member]);
    }
}
