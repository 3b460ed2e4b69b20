package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;

/// The two chunks a blob is made of, read in place; `docs/format/blob.md` has the bytes.
///
/// A data chunk is two bytes of header and the content. An index chunk lists its children in order: where each ends,
/// counted from the start of the node, and the hash of each.
final class BlobNode {
    static final byte DATA_TAG = 'B';
    static final byte INDEX_TAG = 'I';
    static final byte VERSION = 1;
    static final int DATA_HEADER = 2;
    /// Where an index chunk says its level.
    static final int AT_LEVEL = 2;

    static final int INDEX_HEADER = 8;
    static final int ENTRY = Long.BYTES + Hash.BYTES;

    /// No index node but the last of its level has fewer children.
    static final int FAN_OUT_MIN = 32;

    /// No index node has more.
    static final int FAN_OUT_MAX = 256;

    /// Deep enough for any length a `long` can say.
    static final int LEVEL_MAX = 10;

    private static final int BOUNDARY_MASK = 0x3f;

    private final byte[] bytes;
    private final Hash hash;
    private final int level;
    private final int count;

    private BlobNode(byte[] bytes, Hash hash, int level, int count) {
        this.bytes = bytes;
        this.hash = hash;
        this.level = level;
        this.count = count;
    }

    /// Whether an index node that has `count` children, the last of them with this hash, ends here.
    static boolean endsAfter(int count, Hash last, byte[] scratch) {
        if (count < FAN_OUT_MIN) {
            return false;
        }
        last.write(scratch, 0);
        return count == FAN_OUT_MAX || (scratch[0] & BOUNDARY_MASK) == 0;
    }

    /// Reads a chunk of a blob.
    ///
    /// @param level 0 for a data chunk, above it that of an index chunk, -1 for whatever the chunk says
    /// @param length how many bytes of the value the chunk must stand for
    /// @throws CorruptException when it is no such chunk
    static BlobNode decode(byte[] bytes, Hash hash, int level, long length) {
        BlobNode node = decode(bytes, hash);
        if (level >= 0 && node.level != level) {
            throw corrupt(hash, 2, "a blob chunk of level " + level, "level " + node.level);
        }
        if (node.length() != length) {
            throw corrupt(hash, 0, "a blob chunk for " + length + " bytes", "one for " + node.length() + " bytes");
        }
        return node;
    }

    /// Reads a chunk of a blob, whatever it stands for.
    static BlobNode decode(byte[] bytes, Hash hash) {
        if (bytes.length < DATA_HEADER) {
            throw corrupt(hash, 0, "a blob chunk of at least " + DATA_HEADER + " bytes", bytes.length + " bytes");
        }
        if (bytes[1] != VERSION) {
            throw corrupt(hash, 1, "blob chunk version " + VERSION, "version " + (bytes[1] & 0xff));
        }
        return switch (bytes[0]) {
            case DATA_TAG -> new BlobNode(bytes, hash, 0, 0);
            case INDEX_TAG -> decodeIndex(bytes, hash);
            default -> throw corrupt(hash, 0, "a blob chunk (tag B or I)", "tag " + (bytes[0] & 0xff));
        };
    }

    private static BlobNode decodeIndex(byte[] bytes, Hash hash) {
        if (bytes.length < INDEX_HEADER) {
            throw corrupt(hash, 0, "a blob index of at least " + INDEX_HEADER + " bytes", bytes.length + " bytes");
        }
        int level = bytes[AT_LEVEL];
        if (level < 1 || level > LEVEL_MAX || bytes[3] != 0) {
            throw corrupt(hash, 2, "a level from 1 to " + LEVEL_MAX + " and a zero", level + " and " + bytes[3]);
        }
        int count = Bytes.i32(bytes, 4);
        if (count < 1 || count > FAN_OUT_MAX || bytes.length != INDEX_HEADER + count * ENTRY) {
            throw corrupt(
                    hash,
                    4,
                    "1 to " + FAN_OUT_MAX + " children of " + ENTRY + " bytes each",
                    count + " children in " + bytes.length + " bytes");
        }
        long end = 0;
        for (int child = 0; child < count; child++) {
            long next = Bytes.i64(bytes, INDEX_HEADER + child * Long.BYTES);
            if (next <= end) {
                throw corrupt(hash, INDEX_HEADER + child * (long) Long.BYTES, "an end beyond " + end, "" + next);
            }
            end = next;
        }
        return new BlobNode(bytes, hash, level, count);
    }

    /// The bytes of an index chunk.
    static byte[] encode(int level, int count, long[] ends, byte[] hashes) {
        byte[] bytes = new byte[INDEX_HEADER + count * ENTRY];
        bytes[0] = INDEX_TAG;
        bytes[1] = VERSION;
        bytes[AT_LEVEL] = (byte) level;
        Bytes.putI32(bytes, 4, count);
        for (int child = 0; child < count; child++) {
            Bytes.putI64(bytes, INDEX_HEADER + child * Long.BYTES, ends[child]);
        }
        System.arraycopy(hashes, 0, bytes, INDEX_HEADER + count * Long.BYTES, count * Hash.BYTES);
        return bytes;
    }

    Hash hash() {
        return hash;
    }

    /// 0 for data.
    int level() {
        return level;
    }

    int count() {
        return count;
    }

    /// How many bytes of the value this stands for.
    long length() {
        return level == 0 ? bytes.length - DATA_HEADER : end(count - 1);
    }

    /// The first child that holds something beyond `position`, which is less than [#length].
    int childAt(long position) {
        int low = 0;
        int high = count - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long start(int child) {
        return child == 0 ? 0 : end(child - 1);
    }

    long end(int child) {
        return Bytes.i64(bytes, INDEX_HEADER + child * Long.BYTES);
    }

    Hash child(int child) {
        return Hash.read(bytes, INDEX_HEADER + count * Long.BYTES + child * Hash.BYTES);
    }

    /// Copies content of a data chunk.
    void copy(int position, byte[] into, int offset, int length) {
        System.arraycopy(bytes, DATA_HEADER + position, into, offset, length);
    }

    /// Where a chunk ends, compared with the rule.
    enum End {
        /// Where the rule ends it.
        CLOSED,
        /// Before the rule ends it: right for the last of a level only.
        OPEN,
        /// Behind where the rule ends it.
        WRONG
    }

    /// Compares the end of this chunk with the rule: of cuts by content for data, of the children's hashes for an
    /// index.
    End end() {
        if (level == 0) {
            int length = bytes.length - DATA_HEADER;
            if (length > BlobChunker.MAX || BlobChunker.cut(bytes, DATA_HEADER, length) < length) {
                return End.WRONG;
            }
            return BlobChunker.isCut(bytes, DATA_HEADER, length) ? End.CLOSED : End.OPEN;
        }
        byte[] scratch = new byte[Hash.BYTES];
        for (int child = 0; child < count; child++) {
            if (endsAfter(child + 1, child(child), scratch)) {
                return child == count - 1 ? End.CLOSED : End.WRONG;
            }
        }
        return End.OPEN;
    }

    /// Refuses a chunk that does not end where the rule says.
    void checkEnd(boolean edge) {
        End end = end();
        if (end == End.WRONG || (end == End.OPEN && !edge)) {
            throw corrupt(
                    hash,
                    -1,
                    "a blob chunk that ends where its content says",
                    end == End.OPEN ? "a shorter one" : "a longer one");
        }
    }

    private static CorruptException corrupt(Hash hash, long offset, String expected, String found) {
        return new CorruptException("chunk " + hash, offset, expected, found);
    }
}
