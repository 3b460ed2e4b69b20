package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The open node of one level: takes entries in key order, one by one or in runs copied from another node, and
/// encodes them. Holds the parts of a node apart because the number of entries, which decides where they lie, is
/// not known yet.
final class NodeWriter {
    private static final int FIRST_ENTRIES = 64;
    private static final int FIRST_KEYS = 2048;
    private static final int FIRST_CELLS = 8192;

    private int level;
    private final int fixed;
    private final int endShift;
    private int count;
    private int keysLength;
    private int cellsLength;
    private byte[] ends;
    private byte[] keys = new byte[FIRST_KEYS];
    private byte[] cells = Bytes.EMPTY;
    private byte[] rows = Bytes.EMPTY;
    private byte[] hashes = Bytes.EMPTY;
    private @Nullable Link[] links = new Link[0];

    NodeWriter(int level) {
        this.level = level;
        this.fixed = NodeLayout.fixedPart(level);
        this.endShift = NodeLayout.endShift(level);
        this.ends = new byte[FIRST_ENTRIES << endShift];
        if (level == 0) {
            cells = new byte[FIRST_CELLS];
        } else {
            rows = new byte[FIRST_ENTRIES * Long.BYTES];
            hashes = new byte[FIRST_ENTRIES * Hash.BYTES];
            links = new Link[FIRST_ENTRIES];
        }
    }

    /// Goes on to another level above the leaves. Only an empty writer of such a level may.
    NodeWriter at(int other) {
        level = other;
        return this;
    }

    int level() {
        return level;
    }

    int count() {
        return count;
    }

    /// Encoded size so far, header included.
    int size() {
        return NodeLayout.HEADER + count * fixed + keysLength + cellsLength;
    }

    byte[] keys() {
        return keys;
    }

    int lastKeyStart() {
        return count == 1 ? 0 : Bytes.u16(ends, (count - 2) << endShift);
    }

    int keysLength() {
        return keysLength;
    }

    void clear() {
        count = 0;
        keysLength = 0;
        cellsLength = 0;
        Arrays.fill(links, null);
    }

    /// Adds a row whose value lies in the leaf.
    void addInline(byte[] key, byte[] value) {
        int end = cellsLength + 1 + value.length;
        cells = room(cells, end);
        cells[cellsLength] = Cell.INLINE;
        System.arraycopy(value, 0, cells, cellsLength + 1, value.length);
        addLeafKey(key, end);
    }

    /// Adds a row with a finished cell.
    void addCell(byte[] key, byte[] from, int start, int length) {
        int end = cellsLength + length;
        cells = room(cells, end);
        System.arraycopy(from, start, cells, cellsLength, length);
        addLeafKey(key, end);
    }

    private void addLeafKey(byte[] key, int cellsEnd) {
        cellsLength = cellsEnd;
        int at = count << endShift;
        addKey(key, 0, key.length);
        Bytes.putU16(ends, at + NodeLayout.END, cellsEnd);
    }

    /// Adds a child, whose [Node#content] is `content`.
    void addChild(byte[] from, int keyStart, int keyLength, long content, Hash hash, @Nullable Link link) {
        roomForChildren(count + 1);
        Bytes.putI64(rows, count * Long.BYTES, content);
        hash.write(hashes, count * Hash.BYTES);
        links[count] = link;
        addKey(from, keyStart, keyLength);
    }

    private void addKey(byte[] from, int start, int length) {
        int end = keysLength + length;
        keys = room(keys, end);
        System.arraycopy(from, start, keys, keysLength, length);
        ends = room(ends, (count + 1) << endShift);
        Bytes.putU16(ends, count << endShift, end);
        keysLength = end;
        count++;
    }

    /// Adds the entries `[from, to)` of a node of this level.
    void copy(Node source, int from, int to) {
        int run = to - from;
        int keyStart = source.keyStart(from);
        int keyLength = source.keyEnd(to - 1) - keyStart;
        keys = room(keys, keysLength + keyLength);
        System.arraycopy(source.bytes(), keyStart, keys, keysLength, keyLength);
        ends = room(ends, (count + run) << endShift);
        int shift = keysLength - (keyStart - source.keyStart(0));
        keysLength += keyLength;
        if (level == 0) {
            copyCells(source, from, to, shift);
        } else {
            copyChildren(source, from, run, shift);
        }
        count += run;
    }

    private void copyCells(Node source, int from, int to, int keyShift) {
        byte[] bytes = source.bytes();
        int start = source.cellStart(from);
        int length = source.cellEnd(to - 1) - start;
        cells = room(cells, cellsLength + length);
        System.arraycopy(bytes, start, cells, cellsLength, length);
        int cellShift = cellsLength - (start - source.cellStart(0));
        cellsLength += length;
        int at = NodeLayout.HEADER + from * NodeLayout.LEAF_ENTRY;
        int target = count * NodeLayout.LEAF_ENTRY;
        int size = (to - from) * NodeLayout.LEAF_ENTRY;
        if (keyShift == 0 && cellShift == 0) {
            System.arraycopy(bytes, at, ends, target, size);
            return;
        }
        for (int i = 0; i < size; i += NodeLayout.LEAF_ENTRY) {
            int both = Bytes.i32(bytes, at + i);
            int moved = ((both & 0xffff) + keyShift) | (((both >>> Short.SIZE) + cellShift) << Short.SIZE);
            Bytes.putI32(ends, target + i, moved);
        }
    }

    private void copyChildren(Node source, int from, int run, int keyShift) {
        roomForChildren(count + run);
        byte[] bytes = source.bytes();
        int at = NodeLayout.HEADER + from * NodeLayout.END;
        int target = count * NodeLayout.END;
        for (int i = 0; i < run * NodeLayout.END; i += NodeLayout.END) {
            Bytes.putU16(ends, target + i, Bytes.u16(bytes, at + i) + keyShift);
        }
        int rowsAt = NodeLayout.rowsAt(source.count()) + from * Long.BYTES;
        System.arraycopy(bytes, rowsAt, rows, count * Long.BYTES, run * Long.BYTES);
        System.arraycopy(bytes, source.childHashAt(from), hashes, count * Hash.BYTES, run * Hash.BYTES);
        for (int i = 0; i < run; i++) {
            links[count + i] = source.linkOrNull(from + i);
        }
    }

    /// The bytes of a node of all entries so far.
    byte[] encode() {
        byte[] bytes = new byte[size()];
        bytes[0] = NodeLayout.TAG;
        bytes[NodeLayout.AT_VERSION] = NodeLayout.VERSION;
        bytes[NodeLayout.AT_LEVEL] = (byte) level;
        Bytes.putU16(bytes, NodeLayout.AT_COUNT, count);
        Bytes.putU16(bytes, NodeLayout.AT_COMMON, common());
        System.arraycopy(ends, 0, bytes, NodeLayout.HEADER, count << endShift);
        int keysAt = NodeLayout.keysAt(level, count);
        System.arraycopy(keys, 0, bytes, keysAt, keysLength);
        if (level == 0) {
            System.arraycopy(cells, 0, bytes, keysAt + keysLength, cellsLength);
        } else {
            System.arraycopy(rows, 0, bytes, NodeLayout.rowsAt(count), count * Long.BYTES);
            System.arraycopy(hashes, 0, bytes, NodeLayout.hashesAt(count), count * Hash.BYTES);
        }
        return bytes;
    }

    /// The links of the children so far; none in a leaf.
    @Nullable
    Link[] links() {
        return level == 0 ? links : Arrays.copyOf(links, count);
    }

    private int common() {
        if (count == 0) {
            return 0;
        }
        int start = lastKeyStart();
        int mismatch = Arrays.mismatch(keys, 0, Bytes.u16(ends, 0), keys, start, keysLength);
        return mismatch < 0 ? keysLength - start : mismatch;
    }

    private void roomForChildren(int entries) {
        rows = room(rows, entries * Long.BYTES);
        hashes = room(hashes, entries * Hash.BYTES);
        if (entries > links.length) {
            links = Arrays.copyOf(links, Math.max(entries, 2 * links.length));
        }
    }

    private static byte[] room(byte[] bytes, int length) {
        return length <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(length, 2 * bytes.length));
    }
}
