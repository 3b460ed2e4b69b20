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

    private final int level;
    private final int fixed;
    private int count;
    private int keysLength;
    private int cellsLength;
    private byte[] keyEnds = new byte[FIRST_ENTRIES * NodeLayout.END];
    private byte[] keys = new byte[2048];
    private byte[] cellEnds = Bytes.EMPTY;
    private byte[] cells = Bytes.EMPTY;
    private byte[] rows = Bytes.EMPTY;
    private byte[] hashes = Bytes.EMPTY;
    private @Nullable Link[] links = new Link[0];

    NodeWriter(int level) {
        this.level = level;
        this.fixed = NodeLayout.fixedPart(level);
        if (level == 0) {
            cellEnds = new byte[FIRST_ENTRIES * NodeLayout.END];
            cells = new byte[8192];
        } else {
            rows = new byte[FIRST_ENTRIES * Long.BYTES];
            hashes = new byte[FIRST_ENTRIES * Hash.BYTES];
            links = new Link[FIRST_ENTRIES];
        }
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
        return count == 1 ? 0 : Bytes.u16(keyEnds, (count - 2) * NodeLayout.END);
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
        cellEnds = room(cellEnds, (count + 1) * NodeLayout.END);
        Bytes.putU16(cellEnds, count * NodeLayout.END, cellsEnd);
        addKey(key, 0, key.length);
    }

    /// Adds a child.
    void addChild(byte[] from, int keyStart, int keyLength, long childRows, Hash hash, @Nullable Link link) {
        roomForChildren(count + 1);
        Bytes.putI64(rows, count * Long.BYTES, childRows);
        hash.write(hashes, count * Hash.BYTES);
        links[count] = link;
        addKey(from, keyStart, keyLength);
    }

    private void addKey(byte[] from, int start, int length) {
        int end = keysLength + length;
        keys = room(keys, end);
        System.arraycopy(from, start, keys, keysLength, length);
        keyEnds = room(keyEnds, (count + 1) * NodeLayout.END);
        Bytes.putU16(keyEnds, count * NodeLayout.END, end);
        keysLength = end;
        count++;
    }

    /// Adds the entries `[from, to)` of a node of this level.
    void copy(Node source, int from, int to) {
        int run = to - from;
        byte[] bytes = source.bytes();
        int keyStart = source.keyStart(from);
        int keyLength = source.keyEnd(to - 1) - keyStart;
        keys = room(keys, keysLength + keyLength);
        System.arraycopy(bytes, keyStart, keys, keysLength, keyLength);
        keyEnds = room(keyEnds, (count + run) * NodeLayout.END);
        int keysAt = source.keyStart(0);
        copyEnds(bytes, NodeLayout.HEADER + from * NodeLayout.END, keyEnds, run, keysLength - (keyStart - keysAt));
        keysLength += keyLength;
        if (level == 0) {
            copyCells(source, from, to);
        } else {
            copyChildren(source, from, run);
        }
        count += run;
    }

    private void copyCells(Node source, int from, int to) {
        byte[] bytes = source.bytes();
        int start = source.cellStart(from);
        int length = source.cellEnd(to - 1) - start;
        cells = room(cells, cellsLength + length);
        System.arraycopy(bytes, start, cells, cellsLength, length);
        int run = to - from;
        cellEnds = room(cellEnds, (count + run) * NodeLayout.END);
        int endsAt = NodeLayout.cellEndsAt(source.count()) + from * NodeLayout.END;
        copyEnds(bytes, endsAt, cellEnds, run, cellsLength - (start - source.cellStart(0)));
        cellsLength += length;
    }

    private void copyChildren(Node source, int from, int run) {
        roomForChildren(count + run);
        byte[] bytes = source.bytes();
        int rowsAt = NodeLayout.rowsAt(source.count()) + from * Long.BYTES;
        System.arraycopy(bytes, rowsAt, rows, count * Long.BYTES, run * Long.BYTES);
        System.arraycopy(bytes, source.childHashAt(from), hashes, count * Hash.BYTES, run * Hash.BYTES);
        for (int i = 0; i < run; i++) {
            links[count + i] = source.linkOrNull(from + i);
        }
    }

    private void copyEnds(byte[] from, int at, byte[] into, int run, int shift) {
        int target = count * NodeLayout.END;
        if (shift == 0) {
            System.arraycopy(from, at, into, target, run * NodeLayout.END);
            return;
        }
        for (int i = 0; i < run * NodeLayout.END; i += NodeLayout.END) {
            Bytes.putU16(into, target + i, Bytes.u16(from, at + i) + shift);
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
        System.arraycopy(keyEnds, 0, bytes, NodeLayout.HEADER, count * NodeLayout.END);
        int keysAt = NodeLayout.keysAt(level, count);
        System.arraycopy(keys, 0, bytes, keysAt, keysLength);
        if (level == 0) {
            System.arraycopy(cellEnds, 0, bytes, NodeLayout.cellEndsAt(count), count * NodeLayout.END);
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
        int mismatch = Arrays.mismatch(keys, 0, Bytes.u16(keyEnds, 0), keys, start, keysLength);
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
