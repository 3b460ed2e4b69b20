package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// Checks bytes that came from outside before they become a [Node]: every offset, length, order and cell, so that
/// nothing behind it need check again. Allocates nothing but the node and, in case, the exception.
final class NodeReader {
    private final TreeFormat format;
    private final byte[] bytes;
    private final int length;
    private final Hash hash;

    private NodeReader(TreeFormat format, byte[] bytes, int length, Hash hash) {
        this.format = format;
        this.bytes = bytes;
        this.length = length;
        this.hash = hash;
    }

    /// Takes over `bytes`.
    ///
    /// @throws CorruptException when they are no valid node of this format
    static Node read(TreeFormat format, byte[] bytes, Hash hash) {
        new NodeReader(format, bytes, bytes.length, hash).check();
        return new Node(bytes);
    }

    /// As [#read], of the first bytes of an array that is only lent.
    static Node readLent(TreeFormat format, byte[] bytes, int length, Hash hash) {
        new NodeReader(format, bytes, length, hash).check();
        return Node.lent(bytes, length);
    }

    /// As [#read], for the child that an entry of `parent` stands for: it must be what the entry says.
    static Node readChild(TreeFormat format, byte[] bytes, Node parent, int entry) {
        Hash hash = parent.childHash(entry);
        Node node = read(format, bytes, hash);
        if (node.level() != parent.level() - 1) {
            throw new CorruptException(
                    "tree node " + hash,
                    NodeLayout.AT_LEVEL,
                    "level " + (parent.level() - 1) + ", as its parent is of level " + parent.level(),
                    "level " + node.level());
        }
        if (node.content() != parent.childContent(entry)) {
            throw new CorruptException(
                    "tree node " + hash,
                    -1,
                    describe(parent.childContent(entry)) + ", as its parent says",
                    describe(node.content()));
        }
        if (node.count() == 0 || node.compareKey(node.count() - 1, parent, entry) != 0) {
            throw new CorruptException(
                    "tree node " + hash, -1, "the last key that its parent says", "another last key");
        }
        return node;
    }

    private static String describe(long content) {
        return (content & Long.MAX_VALUE) + " rows " + (content < 0 ? "with" : "without") + " values out of line";
    }

    private void check() {
        checkHeader();
        int level = bytes[NodeLayout.AT_LEVEL];
        int count = Bytes.u16(bytes, NodeLayout.AT_COUNT);
        if (level == 0 && count == 0) {
            checkEmpty();
        } else {
            checkEntries(level, count);
        }
    }

    private void checkHeader() {
        if (length < NodeLayout.HEADER || length > format.largestNode()) {
            throw corrupt(-1, NodeLayout.HEADER + " to " + format.largestNode() + " bytes", length + " bytes");
        }
        if (bytes[0] != NodeLayout.TAG) {
            throw corrupt(0, "the tag of a tree node, " + NodeLayout.TAG, "tag " + (bytes[0] & 0xff));
        }
        if (bytes[NodeLayout.AT_VERSION] != NodeLayout.VERSION) {
            throw corrupt(
                    NodeLayout.AT_VERSION,
                    "node version " + NodeLayout.VERSION,
                    "version " + (bytes[NodeLayout.AT_VERSION] & 0xff) + ", perhaps of a newer release");
        }
        int level = bytes[NodeLayout.AT_LEVEL];
        if (level < 0 || level > NodeLayout.MAX_LEVEL) {
            throw corrupt(NodeLayout.AT_LEVEL, "a level of 0 to " + NodeLayout.MAX_LEVEL, "" + (level & 0xff));
        }
        if (bytes[NodeLayout.AT_ZERO] != 0) {
            throw corrupt(NodeLayout.AT_ZERO, "0", "" + (bytes[NodeLayout.AT_ZERO] & 0xff));
        }
    }

    private void checkEmpty() {
        if (length != NodeLayout.HEADER || Bytes.u16(bytes, NodeLayout.AT_COMMON) != 0) {
            throw corrupt(NodeLayout.AT_COUNT, "an empty leaf of 8 bytes", length + " bytes");
        }
    }

    private void checkEntries(int level, int count) {
        int keysAt = NodeLayout.keysAt(level, count);
        if (count == 0 || keysAt >= length) {
            throw corrupt(NodeLayout.AT_COUNT, "a count that fits into " + length + " bytes", "" + count);
        }
        int keysEnd = checkKeys(level, keysAt, count);
        if (level == 0) {
            checkCells(keysEnd, count);
        } else {
            if (keysEnd != length) {
                throw corrupt(keysEnd, "the end of the node behind its keys", (length - keysEnd) + " more bytes");
            }
            checkRows(count);
        }
    }

    /// Returns where the keys end.
    private int checkKeys(int level, int keysAt, int count) {
        int before = keysAt;
        int start = keysAt;
        for (int i = 0; i < count; i++) {
            int at = NodeLayout.HEADER + (i << NodeLayout.endShift(level));
            int end = keysAt + Bytes.u16(bytes, at);
            if (end <= start || end > length || end - start > Tree.MAX_KEY_BYTES) {
                throw corrupt(at, "the end of a key of 1 to " + Tree.MAX_KEY_BYTES + " bytes", "" + (end - start));
            }
            if (i > 0 && !isAscending(before, start, end)) {
                throw corrupt(start, "a key greater than the one before it", "one that is not");
            }
            before = start;
            start = end;
        }
        int common = Arrays.mismatch(bytes, keysAt, keysAt + Bytes.u16(bytes, NodeLayout.HEADER), bytes, before, start);
        // The first key may be a prefix of the last, or be the last.
        int expected = common < 0 ? start - before : common;
        if (Bytes.u16(bytes, NodeLayout.AT_COMMON) != expected) {
            throw corrupt(
                    NodeLayout.AT_COMMON,
                    "a common prefix of " + expected + " bytes",
                    "" + Bytes.u16(bytes, NodeLayout.AT_COMMON));
        }
        return start;
    }

    /// Whether the key that ends at `start` is less than the one that begins there.
    private boolean isAscending(int before, int start, int end) {
        if (start - before >= Long.BYTES && end - start >= Long.BYTES) { // mostly, eight bytes tell
            int order = Long.compareUnsigned(Bytes.i64BigEndian(bytes, before), Bytes.i64BigEndian(bytes, start));
            if (order != 0) {
                return order < 0;
            }
        }
        return Arrays.compareUnsigned(bytes, before, start, bytes, start, end) < 0;
    }

    private void checkCells(int cellsAt, int count) {
        int start = cellsAt;
        for (int i = 0; i < count; i++) {
            int at = NodeLayout.HEADER + i * NodeLayout.LEAF_ENTRY + NodeLayout.END;
            int end = cellsAt + Bytes.u16(bytes, at);
            if (end <= start || end > length) {
                throw corrupt(at, "the end of a cell behind its start", "" + (end - start));
            }
            Cell.check(bytes, start, end, format.inlineLimit(), hash);
            start = end;
        }
        if (start != length) {
            throw corrupt(start, "the end of the node behind its cells", (length - start) + " more bytes");
        }
    }

    private void checkRows(int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            int at = NodeLayout.rowsAt(count) + i * Long.BYTES;
            long rows = Bytes.i64(bytes, at) & Long.MAX_VALUE;
            sum += rows;
            if (rows < 1 || sum < 0) {
                throw corrupt(at, "a number of rows, at least 1", "" + rows);
            }
        }
    }

    private CorruptException corrupt(int offset, String expected, String found) {
        return new CorruptException("tree node " + hash, offset, expected, found);
    }
}
