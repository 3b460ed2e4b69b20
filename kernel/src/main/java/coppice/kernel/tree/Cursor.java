package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Walks over the rows of a tree, forward and backward. It stands on a row, before the first or behind the last
/// one; a new one stands before the first.
///
/// A step allocates nothing. The accessors of the current row throw [IllegalStateException] when there is none.
/// For one thread; needs no closing.
public final class Cursor {
    /// After so many leaves in one direction it is a scan, which leaves no trace in the cache.
    private static final int SCAN_LEAVES = 8;

    /// So many rows may be all that are wanted of what was sought.
    private static final int FEW = 4;

    private static final byte[] NO_BYTES = Bytes.EMPTY;

    private final Nodes nodes;
    private final Node root;
    private final Node[] path;
    private final int[] at;
    private int leafCount;
    /// As the leaf has rows, or fewer when it should seem to end before.
    private int count;
    /// -1 before the first row, `count` of the last leaf behind the last.
    private int entry = -1;
    private boolean onRow;
    private int leaves;

    private byte[] bytes = NO_BYTES;
    private int keysAt;
    private int cellsAt;
    /// A value of this leaf that was read from out of line, and the entry it is that of.
    private byte @Nullable [] blob;

    private int blobEntry;

    /// Never of use: written so that [#lookAhead] is not optimised away.
    int ahead;

    Cursor(Tree tree) {
        this.nodes = tree.nodes();
        this.root = tree.rootNode();
        int inner = root.level();
        this.path = new Node[inner];
        this.at = new int[inner];
        rewind();
    }

    /// Goes before the first row.
    public void rewind() {
        count = 0;
        entry = -1;
        onRow = false;
    }

    /// Goes to the first row. False when there is none.
    public boolean first() {
        leaves = 0;
        descend(0, root, false, true);
        return stand(0);
    }

    /// Goes to the last row. False when there is none.
    public boolean last() {
        leaves = 0;
        descend(0, root, true, true);
        return stand(count - 1);
    }

    /// Goes to the first row whose key is at or after `key`. False when there is none; it then stands behind the
    /// last row.
    public boolean seek(byte[] key) {
        leaves = 0;
        Node node = root;
        int found = node.search(key);
        for (int depth = 0; depth < path.length; depth++) {
            if (found == node.count()) {
                return behindLast();
            }
            path[depth] = node;
            at[depth] = found;
            if (node.level() == 1) {
                return seekIn(node, found, key);
            }
            node = nodes.hot(node, found);
            found = node.search(key);
        }
        enter(node);
        return standFirst(found);
    }

    private boolean seekIn(Node parent, int child, byte[] key) {
        byte[] leaf = nodes.sought(parent, child);
        long shape = parent.shape(child, leaf);
        enter(leaf, shape);
        int found = Leaf.searchFrom(leaf, shape, key, parent.guess(key, child, count));
        return standFirst(found);
    }

    /// Goes to the last row whose key is before `key`. False when there is none; it then stands before the first
    /// row.
    public boolean seekBefore(byte[] key) {
        return seek(key) ? previous() : last();
    }

    /// Goes to the last row whose key is at or before `key`. False when there is none; it then stands before the
    /// first row.
    public boolean seekAtOrBefore(byte[] key) {
        return (seek(key) && compareKey(key) == 0) || previous();
    }

    /// Goes to the row that has `index` rows before it.
    ///
    /// @throws IndexOutOfBoundsException unless `0 <= index < count()`
    public void seekIndex(long index) {
        Objects.checkIndex(index, root.rows());
        leaves = 0;
        long left = index;
        Node node = root;
        int depth = 0;
        while (!node.isLeaf()) {
            int child = 0;
            while (left >= node.childRows(child)) {
                left -= node.childRows(child);
                child++;
            }
            path[depth] = node;
            at[depth] = child;
            node = nodes.hot(node, child);
            depth++;
        }
        enter(node);
        stand((int) left);
    }

    /// Goes to the next row; from before the first row, to the first. False when there is none; it then stands
    /// behind the last.
    public boolean next() {
        int next = entry + 1;
        // Off the rows `entry` and `count` are such that this is false.
        if (next < count) {
            entry = next;
            return true;
        }
        return nextLeaf();
    }

    /// Goes to the row before; from behind the last row, to the last. False when there is none; it then stands
    /// before the first.
    public boolean previous() {
        if (onRow && entry > 0) {
            return stand(entry - 1);
        }
        return previousLeaf();
    }

    /// Stands on a row that was sought, and that few others may be wanted with: the leaf seems to end after those,
    /// so that the step from there is noticed.
    private boolean standFirst(int row) {
        if (row == count) {
            return behindLast();
        }
        boolean isRow = stand(row);
        count = path.length == 0 ? count : Math.min(count, row + FEW);
        return isRow;
    }

    private boolean nextLeaf() {
        if (!onRow) {
            return entry < 0 && first();
        }
        if (count < leafCount) {
            count = leafCount;
            lookAhead();
            return stand(entry + 1);
        }
        int depth = path.length - 1;
        while (depth >= 0 && at[depth] == path[depth].count() - 1) {
            depth--;
        }
        if (depth < 0) {
            return behindLast();
        }
        at[depth]++;
        descend(depth + 1, sibling(depth), false, isShort());
        lookAhead();
        return stand(0);
    }

    /// Touches the next leaves, so that their bytes are on their way from memory while the rows of this one are
    /// read. One step of the way to each: what it points to was touched at the leaf before.
    private void lookAhead() {
        int parent = path.length - 1;
        Node node = path[parent];
        int child = at[parent];
        Node first = nodes.loaded(node, child + 1);
        Node second = nodes.loaded(node, child + 2);
        Node third = nodes.loaded(node, child + 3);
        ahead = (first == null ? 0 : first.touch()) + (second == null ? 0 : second.count()) + (third == null ? 0 : 1);
    }

    private boolean previousLeaf() {
        if (!onRow) {
            return entry >= 0 && last();
        }
        int depth = path.length - 1;
        while (depth >= 0 && at[depth] == 0) {
            depth--;
        }
        if (depth < 0) {
            rewind();
            return false;
        }
        at[depth]--;
        descend(depth + 1, sibling(depth), true, isShort());
        return stand(count - 1);
    }

    private boolean isShort() {
        leaves++;
        return leaves < SCAN_LEAVES;
    }

    private Node sibling(int depth) {
        return child(path[depth], at[depth], leaves < SCAN_LEAVES);
    }

    private Node child(Node node, int child, boolean wanted) {
        return wanted ? nodes.hot(node, child) : nodes.passing(node, child);
    }

    /// Goes down from a node at `depth`, along its left or its right edge.
    private void descend(int depth, Node from, boolean right, boolean wanted) {
        Node node = from;
        int level = depth;
        while (!node.isLeaf()) {
            int child = right ? node.count() - 1 : 0;
            path[level] = node;
            at[level] = child;
            node = child(node, child, wanted);
            level++;
        }
        enter(node);
    }

    private void enter(Node leaf) {
        enter(leaf.bytes(), leaf.shape());
    }

    private void enter(byte[] leaf, long shape) {
        bytes = leaf;
        leafCount = Leaf.count(shape);
        count = leafCount;
        keysAt = Leaf.keysAt(shape);
        cellsAt = Leaf.cellsAt(shape);
        blob = null;
    }

    private boolean behindLast() {
        onRow = false;
        entry = Integer.MAX_VALUE - 1;
        return false;
    }

    private boolean stand(int row) {
        if (row < 0 || row >= count) {
            rewind();
            return false;
        }
        entry = row;
        onRow = true;
        return true;
    }

    /// Where key and cell of an entry end, in two halves: nothing is worked out that nobody asks for. As [Node]
    /// does it, from fields of this object, which makes a scan some 3 % faster.
    private int ends(int of) {
        return of < 0 ? 0 : Bytes.i32(bytes, NodeLayout.HEADER + of * NodeLayout.LEAF_ENTRY);
    }

    private int keyStart() {
        return keysAt + (ends(entry - 1) & 0xffff);
    }

    private int keyEnd() {
        return keysAt + (ends(entry) & 0xffff);
    }

    private int cellStart() {
        return cellsAt + (ends(entry - 1) >>> Short.SIZE);
    }

    private int cellEnd() {
        return cellsAt + (ends(entry) >>> Short.SIZE);
    }

    /// Whether the cursor stands on a row.
    public boolean onRow() {
        return onRow;
    }

    /// How many rows are before the current one. O(log n).
    public long index() {
        checkRow();
        long index = entry;
        for (int depth = 0; depth < path.length; depth++) {
            for (int before = 0; before < at[depth]; before++) {
                index += path[depth].childRows(before);
            }
        }
        return index;
    }

    /// A copy of the key.
    public byte[] key() {
        checkRow();
        return Arrays.copyOfRange(bytes, keyStart(), keyEnd());
    }

    /// The array that the key lies in, from [#keyOffset] on. Not to be written to.
    public byte[] keyArray() {
        checkRow();
        return bytes;
    }

    /// Where in [#keyArray] the key begins.
    public int keyOffset() {
        checkRow();
        return keyStart();
    }

    /// Length of the key in bytes.
    public int keyLength() {
        checkRow();
        return keyEnd() - keyStart();
    }

    /// The order of the current key and `key`.
    public int compareKey(byte[] key) {
        checkRow();
        return Arrays.compareUnsigned(bytes, keyStart(), keyEnd(), key, 0, key.length);
    }

    /// A copy of the value.
    public byte[] value() {
        checkRow();
        return nodes.value(bytes, cellStart(), cellEnd());
    }

    /// The array that the value lies in, from [#valueOffset] on. Not to be written to. A value that is stored out
    /// of line is read into an array first.
    public byte[] valueArray() {
        checkRow();
        return Cell.isInline(bytes, cellStart()) ? bytes : blobValue();
    }

    /// Where in [#valueArray] the value begins.
    public int valueOffset() {
        checkRow();
        int start = cellStart();
        return Cell.isInline(bytes, start) ? start + 1 : 0;
    }

    /// Length of the value in bytes. Never reads a value that is stored out of line.
    public int valueLength() {
        checkRow();
        return (int) Cell.valueLength(bytes, cellStart(), cellEnd());
    }

    /// One byte of the key.
    public byte keyAt(int index) {
        checkRow();
        int start = keyStart();
        return bytes[start + Objects.checkIndex(index, keyEnd() - start)];
    }

    /// One byte of the value.
    public byte valueAt(int index) {
        checkRow();
        int start = cellStart();
        if (Cell.isInline(bytes, start)) {
            return bytes[start + 1 + Objects.checkIndex(index, cellEnd() - start - 1)];
        }
        return blobValue()[index];
    }

    /// Copies the key into an array and returns its length.
    public int copyKey(byte[] into, int offset) {
        checkRow();
        int start = keyStart();
        int length = keyEnd() - start;
        System.arraycopy(bytes, start, into, offset, length);
        return length;
    }

    /// Copies the value into an array and returns its length.
    public int copyValue(byte[] into, int offset) {
        checkRow();
        int start = cellStart();
        boolean inline = Cell.isInline(bytes, start);
        byte[] from = inline ? bytes : blobValue();
        int length = inline ? cellEnd() - start - 1 : from.length;
        System.arraycopy(from, inline ? start + 1 : 0, into, offset, length);
        return length;
    }

    private byte[] blobValue() {
        byte[] value = blob;
        if (value == null || blobEntry != entry) {
            value = nodes.value(bytes, cellStart(), cellEnd());
            blob = value;
            blobEntry = entry;
        }
        return value;
    }

    private void checkRow() {
        if (!onRow) {
            throw new IllegalStateException(
                    "The cursor stands on no row: look at what the last next(), previous() or seek() returned");
        }
    }
}
