package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Builds a tree from left to right out of rows and of parts of existing trees: the one writer behind bulk
/// building, edits, range deletion and merging. It has one open node per level.
///
/// **Why every way to build gives the same tree.** Call the state after some rows *clean* when it is what a plain
/// builder, fed these rows one by one, would be in: the same open nodes and the same finished ones. Adding a row
/// keeps the state clean, as it does just what the plain builder does. Now let a whole subtree of level n be next,
/// and let the open nodes of levels 0 to n be empty ("aligned"). Where a node ends depends on nothing but its own
/// entries ([Splitter]), and the plain builder too would start a node on each of these levels here, as the subtree
/// does. So it would make exactly the nodes of the subtree, end with open nodes that are empty again, and hand the
/// subtree's root to level n + 1. Adding that entry to the open node of level n + 1 therefore keeps the state
/// clean, and not a byte of the subtree is read. When the levels are not aligned, the subtree is opened and its
/// children are added instead; sooner or later an end in the new tree meets one in the old, and the levels are
/// aligned again.
///
/// One kind of subtree is different: those on the right edge of their tree, whose last nodes end because the rows
/// end. They are held back ([#tail]) and opened as soon as anything follows.
final class Assembler {
    private static final int FIRST_LEVELS = 4;

    private final Nodes nodes;
    private final Splitter splitter;
    private final int inlineLimit;
    private final WriteStatistics statistics;
    private final boolean passing;
    private final byte[] cell = new byte[Cell.BLOB_SIZE];
    private NodeWriter[] open = new NodeWriter[FIRST_LEVELS];
    private int levels;
    private @Nullable Tail tail;

    /// The last child of a node on the right edge of its tree.
    private record Tail(Node parent) {
        int entry() {
            return parent.count() - 1;
        }
    }

    /// @param passing the new nodes are too many to push others out of the cache
    Assembler(Nodes nodes, WriteStatistics statistics, boolean passing) {
        this.nodes = nodes;
        this.splitter = nodes.splitter();
        this.inlineLimit = nodes.format().inlineLimit();
        this.statistics = statistics;
        this.passing = passing;
    }

    /// Adds a row, greater than all before.
    void add(byte[] key, byte[] value) {
        settle();
        NodeWriter leaf = writer(0);
        int before = weight(leaf);
        if (value.length <= inlineLimit) {
            leaf.addInline(key, value);
        } else {
            Cell.writeBlob(Blob.write(nodes.chunks(), value), cell, 0);
            leaf.addCell(key, cell, 0, cell.length);
        }
        closeIfEnded(leaf, before);
    }

    /// Adds the entries `[from, to)` of a node, with all that is below them.
    ///
    /// @param edge whether the node is on the right edge of its tree
    void append(Node node, int from, int to, boolean edge) {
        if (from == to) {
            return;
        }
        settle();
        boolean last = edge && to == node.count();
        int at = from;
        while (at < to && !isAligned(node.level())) {
            Node child = nodes.passing(node, at);
            statistics.read();
            append(child, 0, child.count(), last && at == to - 1);
            at++;
        }
        if (at == to) {
            return;
        }
        if (last && !node.isLeaf()) {
            copy(node, at, to - 1, false);
            tail = new Tail(node);
        } else {
            copy(node, at, to, last);
        }
    }

    /// Adds the rows of the subtree `[low, high)`; null is no bound.
    ///
    /// @param edge whether the node is on the right edge of its tree
    void appendRange(Node node, byte @Nullable [] low, byte @Nullable [] high, boolean edge) {
        int count = node.count();
        int from = low == null ? 0 : node.search(low);
        int to = high == null ? count : node.search(high);
        if (node.isLeaf()) {
            append(node, from, Math.max(from, to), edge);
            return;
        }
        // Of a child that a bound falls into only a part is wanted; the bound may be between the child's rows and the
        // end.
        if (from < count && low != null) {
            boolean both = to <= from;
            appendInto(node, from, low, both ? high : null, edge);
            if (both) {
                return;
            }
            from++;
        }
        append(node, from, Math.max(from, to), edge);
        if (to < count && high != null) {
            appendInto(node, to, null, high, edge);
        }
    }

    private void appendInto(Node node, int entry, byte @Nullable [] low, byte @Nullable [] high, boolean edge) {
        Node child = nodes.passing(node, entry);
        statistics.read();
        appendRange(child, low, high, edge && entry == node.count() - 1);
    }

    /// Whether a node of `level` could be taken over entry by entry: no node below it is open.
    private boolean isAligned(int level) {
        for (int below = Math.min(level, levels) - 1; below >= 0; below--) {
            if (open[below].count() > 0) {
                return false;
            }
        }
        return true;
    }

    /// Something follows the subtree held back: adds what it consists of.
    private void settle() {
        Tail held = tail;
        if (held == null) {
            return;
        }
        tail = null;
        Node node = nodes.passing(held.parent(), held.entry());
        statistics.read();
        while (!node.isLeaf()) {
            copy(node, 0, node.count() - 1, false);
            node = nodes.passing(node, node.count() - 1);
            statistics.read();
        }
        copy(node, 0, node.count(), true);
    }

    /// Adds entries, with their subtrees, to the open node of their level; the levels below are aligned. Whole runs
    /// are copied, and only entries that may be an end are looked at.
    ///
    /// @param edge whether the last entry is the last of its tree, so that it was never asked whether it is an end
    private void copy(Node source, int from, int to, boolean edge) {
        if (from == to) {
            return;
        }
        NodeWriter target = writer(source.level());
        int at = from;
        while (at < to) {
            int end = endOfRun(target, source, at, to, edge);
            boolean ended = end > 0;
            int next = ended ? end : to;
            target.copy(source, at, next);
            if (!source.isLeaf()) {
                statistics.reused(next - at);
            }
            at = next;
            if (ended) {
                close(target);
            }
        }
    }

    /// The number of the entry of `source` after which the open node ends, plus one; 0 when it does not end before
    /// `to`.
    private int endOfRun(NodeWriter target, Node source, int from, int to, boolean edge) {
        int shift = weight(target) - weight(source, from);
        int first = from;
        if (shift <= 0) {
            // In the old node no entry but its last was an end. At smaller weights they are still less likely to be one
            // (the rule is monotone in the weights), so only the last one is in question.
            int last = source.count() - 1;
            if (to <= last) {
                return 0;
            }
            if (shift == 0 && !edge) {
                return to;
            }
            first = last;
        }
        byte[] bytes = source.bytes();
        int level = source.level();
        int before = weight(source, first) + shift;
        int count = target.count() + first - from;
        for (int i = first; i < to; i++) {
            int after = weight(source, i + 1) + shift;
            count++;
            int start = source.keyStart(i);
            if (splitter.endsAfter(level, count, before, after, bytes, start, source.keyEnd(i) - start)) {
                return i + 1;
            }
            before = after;
        }
        return 0;
    }

    private int weight(NodeWriter writer) {
        return splitter.weight(writer.level(), writer.count(), writer.size());
    }

    /// The weight of a node that had only the first `entries` entries of this one.
    private int weight(Node node, int entries) {
        return splitter.weight(node.level(), entries, node.sizeOf(entries));
    }

    private void closeIfEnded(NodeWriter writer, int before) {
        int start = writer.lastKeyStart();
        int length = writer.keysLength() - start;
        int after = weight(writer);
        if (splitter.endsAfter(writer.level(), writer.count(), before, after, writer.keys(), start, length)) {
            close(writer);
        }
    }

    /// Stores the open node and adds it to the one above.
    private void close(NodeWriter writer) {
        Node node = new Node(writer.encode(), writer.links());
        Hash hash = store(node);
        Link link = nodes.keep(node, passing);
        int start = writer.lastKeyStart();
        NodeWriter above = writer(writer.level() + 1);
        int before = weight(above);
        above.addChild(writer.keys(), start, writer.keysLength() - start, node.content(), hash, link);
        writer.clear();
        closeIfEnded(above, before);
    }

    private Hash store(Node node) {
        byte[] bytes = node.bytes();
        Hash hash = Hash.of(bytes);
        nodes.chunks().writeShared(hash, bytes);
        statistics.wrote(bytes.length);
        return hash;
    }

    private NodeWriter writer(int level) {
        while (levels <= level) {
            if (levels == open.length) {
                open = Arrays.copyOf(open, 2 * levels);
            }
            open[levels] = nodes.writers().take(levels);
            levels++;
        }
        return open[level];
    }

    /// Ends the tree. Nothing can be added afterwards.
    Tree finish() {
        Tree tree = end();
        for (int level = 0; level < levels; level++) {
            nodes.writers().giveBack(open[level]);
        }
        levels = 0;
        return tree;
    }

    private Tree end() {
        addTail();
        for (int level = 0; level < levels - 1; level++) {
            if (open[level].count() > 0) {
                close(open[level]);
            }
        }
        if (levels == 0) {
            nodes.writeEmptyRoot();
            return Tree.empty(nodes);
        }
        // The top level never ended a node, or there would be one above it.
        NodeWriter top = open[levels - 1];
        if (top.level() > 0 && top.count() == 1) {
            return collapse(new Node(top.encode(), top.links()), 0);
        }
        Node root = new Node(top.encode(), top.links());
        Hash hash = store(root);
        return new Tree(nodes, hash, nodes.written(hash, root));
    }

    /// Nothing follows the subtree held back: it stays as it is.
    private void addTail() {
        Tail held = tail;
        if (held != null) {
            tail = null;
            copy(held.parent(), held.entry(), held.entry() + 1, true);
        }
    }

    /// A root with one child is no root: the child is.
    private Tree collapse(Node parent, int entry) {
        Node node = nodes.hot(parent, entry);
        if (!node.isLeaf() && node.count() == 1) {
            return collapse(node, 0);
        }
        return new Tree(nodes, parent.childHash(entry), node);
    }
}
