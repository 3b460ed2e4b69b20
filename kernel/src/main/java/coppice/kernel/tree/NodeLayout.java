package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;

/// Where things are in the bytes of a node; `docs/format/node.md` has the same as prose.
///
/// ```
/// both:  u8 'T' | u8 version | u8 level | u8 0 | u16 count | u16 common
/// leaf:  ... (u16 keyEnd, u16 cellEnd)[count] | keys | cells
/// inner: ... u16 keyEnd[count] | u64 rows[count] | 32 bytes hash[count] | keys
/// ```
final class NodeLayout {
    static final byte TAG = 'T';
    static final byte VERSION = 2;

    static final int AT_VERSION = 1;
    static final int AT_LEVEL = 2;
    static final int AT_ZERO = 3;
    static final int AT_COUNT = 4;
    static final int AT_COMMON = 6;
    static final int HEADER = 8;

    static final int END = Short.BYTES;
    static final int LEAF_ENTRY = 2 * END;
    static final int INNER_ENTRY = END + Long.BYTES + Hash.BYTES;

    /// No tree gets higher: an inner node has at least two entries, and a tree fewer than 2^63 rows.
    static final int MAX_LEVEL = 63;

    private NodeLayout() {}

    /// Bytes of an entry besides its key and its cell.
    static int fixedPart(int level) {
        return level == 0 ? LEAF_ENTRY : INNER_ENTRY;
    }

    static int keysAt(int level, int count) {
        return HEADER + count * fixedPart(level);
    }

    /// How far the ends of one entry are from those of the next, as a power of two.
    static int endShift(int level) {
        return level == 0 ? 2 : 1;
    }

    static int rowsAt(int count) {
        return HEADER + count * END;
    }

    static int hashesAt(int count) {
        return HEADER + count * (END + Long.BYTES);
    }
}
