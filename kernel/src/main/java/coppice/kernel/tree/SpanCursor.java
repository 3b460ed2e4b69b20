package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What of a tree is still to be compared, from the left: in front is either an entry of a leaf, or a whole
/// subtree whose node has not been read.
///
/// Comparing and merging trees means moving such cursors over several trees side by side: past what is equal or
/// wholly on one side without reading it ([#advance]), into what is not ([#descend]). After the last child of a
/// node the cursor is back at the level above, so that cursors whose trees agree again meet at the highest
/// level that allows it.
///
/// Limited to the keys from `from`, included, to `to`, excluded. Not thread-safe.
final class SpanCursor {
    private final Nodes nodes;
    private final byte @Nullable [] from;
    private final byte @Nullable [] to;
    private Node[] path;
    private int[] entries;
    private int depth;
    /// The key passed last, everything in front being greater; null while nothing was passed.
    private @Nullable Node passed;

    private int passedEntry;
    /// Whether what is in front may hold keys before `from`.
    private boolean atLeftEdge;

    private Node node;
    private int entry;

    SpanCursor(Nodes nodes, Node root, byte @Nullable [] from, byte @Nullable [] to) {
        this.nodes = nodes;
        this.from = from;
        this.to = to;
        this.path = new Node[root.level() + 1];
        this.entries = new int[path.length];
        this.atLeftEdge = from != null;
        this.node = root;
        enter(root);
        settle();
    }

    /// Whether nothing is left.
    boolean isDone() {
        return depth == 0;
    }

    /// Whether a single entry is in front, not a subtree.
    boolean isEntry() {
        return node.level() == 0;
    }

    /// The node of the entry in front, or the parent of the subtree in front.
    Node node() {
        return node;
    }

    /// Which of [#node].
    int entry() {
        return entry;
    }

    /// 0 for an entry, else one more than the level of the subtree in front.
    int level() {
        return node.level();
    }

    /// Rows in front: 1, or those of the subtree.
    long rows() {
        return isEntry() ? 1 : node.childRows(entry);
    }

    /// Whether some keys in the subtree in front may be outside of the limits.
    boolean isPartial() {
        return !isEntry() && (atLeftEdge || (to != null && node.compareKey(entry, to) >= 0));
    }

    /// Whether [#node] is the last of its level in its tree.
    boolean isNodeOnRightEdge() {
        for (int level = 0; level < depth - 1; level++) {
            if (entries[level] < path[level].count() - 1) {
                return false;
            }
        }
        return true;
    }

    /// The order of the last keys of what is in front of both.
    int compareEnd(SpanCursor other) {
        return node.compareKey(entry, other.node, other.entry);
    }

    /// Whether every key in front is known to be less than all that is left in the other. False says nothing.
    boolean isBefore(SpanCursor other) {
        if (other.isDone()) {
            return true;
        }
        if (other.isEntry()) {
            return compareEnd(other) < 0;
        }
        Node floor = other.passed;
        return floor != null && node.compareKey(entry, floor, other.passedEntry) <= 0;
    }

    /// Whether all that is left is known to be greater than the key of an entry. False says nothing.
    boolean isAfter(Node other, int otherEntry) {
        if (isEntry()) {
            return node.compareKey(entry, other, otherEntry) > 0;
        }
        Node floor = passed;
        return floor != null && floor.compareKey(passedEntry, other, otherEntry) >= 0;
    }

    /// How many entries of [#node], from the one in front, end at or before the key of an entry.
    int runThrough(Node other, int otherEntry) {
        int low = entry;
        int high = node.count();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (node.compareKey(middle, other, otherEntry) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - entry;
    }

    /// How many entries, from the one in front of each on, are the same: equal rows, or equal subtrees. What
    /// is left of both then begins with the same rows.
    int commonRun(SpanCursor other) {
        if (isDone() || other.isDone() || node.level() != other.node.level()) {
            return 0;
        }
        int longest = Math.min(node.count() - entry, other.node.count() - other.entry);
        return isEntry()
                ? EqualRows.count(node, entry, other.node, other.entry, longest)
                : commonChildren(other, longest);
    }

    private int commonChildren(SpanCursor other, int longest) {
        int length = longest * Hash.BYTES;
        int at = node.childHashAt(entry);
        int otherAt = other.node.childHashAt(other.entry);
        int mismatch = Arrays.mismatch(node.bytes(), at, at + length, other.node.bytes(), otherAt, otherAt + length);
        return mismatch < 0 ? longest : mismatch / Hash.BYTES;
    }

    /// Passes everything.
    void finish() {
        depth = 0;
    }

    /// Passes what is in front.
    void advance() {
        advance(1);
    }

    /// Passes the next `run` (at least one) entries of [#node].
    void advance(int run) {
        entry += run;
        passed = node;
        passedEntry = entry - 1;
        atLeftEdge = false;
        settle();
    }

    /// Reads the node of the subtree in front and comes before its first child or entry.
    void descend() {
        entries[depth - 1] = entry;
        enter(nodes.passing(node, entry));
        settle();
    }

    private void enter(Node next) {
        if (depth == path.length) {
            path = Arrays.copyOf(path, depth + 1);
            entries = Arrays.copyOf(entries, depth + 1);
        }
        path[depth++] = next;
        node = next;
        entry = 0;
        byte[] first = from;
        if (atLeftEdge && first != null) {
            entry = next.search(first);
            if (entry > 0) {
                passed = next;
                passedEntry = entry - 1;
            }
            atLeftEdge = !next.isLeaf();
        }
    }

    /// Leaves nodes that are passed, and finds out whether the limit is reached.
    private void settle() {
        while (depth > 0 && entry == node.count()) {
            depth--;
            if (depth > 0) {
                node = path[depth - 1];
                entry = entries[depth - 1] + 1;
            }
        }
        byte[] limit = to;
        if (depth > 0 && limit != null) {
            Node floor = passed;
            boolean beyond = floor != null && floor.compareKey(passedEntry, limit) >= 0;
            if (beyond || (isEntry() && node.compareKey(entry, limit) >= 0)) {
                depth = 0;
            }
        }
    }
}
