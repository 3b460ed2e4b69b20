package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import java.util.Arrays;

/// Applies sorted edits to a tree in one pass: walks down to each leaf that an edit falls into, and hands what
/// lies between them to the [Assembler] as whole subtrees.
///
/// Nothing is handed over before the first edit that really changes something, so that what stays equal is not
/// even written again: a node is opened in the new tree only when a row below it changes.
final class Rewrite {
    private final Tree tree;
    private final Nodes nodes;
    private final Edits edits;
    private final WriteStatistics statistics;
    private final Assembler assembler;

    /// The path from the root to where the walk is; one element per level, the root first.
    private final Node[] path;
    /// The child that the walk is in or was in last.
    private final int[] at;
    /// Entries before this one are in the new tree already. Of use only where `changed`.
    private final int[] from;
    /// Whether something below has changed.
    private final boolean[] changed;
    /// Whether the node is on the right edge of the tree.
    private final boolean[] edge;

    private int depth;

    Rewrite(Tree tree, Edits edits, WriteStatistics statistics) {
        this.tree = tree;
        this.nodes = tree.nodes();
        this.edits = edits;
        this.statistics = statistics;
        this.assembler = new Assembler(nodes, statistics, false);
        int height = tree.height();
        this.path = new Node[height];
        this.at = new int[height];
        this.from = new int[height];
        this.changed = new boolean[height];
        this.edge = new boolean[height];
    }

    Tree run() {
        path[0] = tree.rootNode();
        edge[0] = true;
        statistics.read();
        boolean more = edits.advance();
        if (more) {
            Tree.checkKey(edits.key());
        }
        while (more) {
            descend(edits.key());
            more = editLeaf();
        }
        while (depth >= 0) {
            leave();
        }
        return changed[0] ? assembler.finish() : tree;
    }

    /// Goes to the leaf that `key` belongs to.
    private void descend(byte[] key) {
        while (!covers(key)) {
            leave();
        }
        Node node = path[depth];
        while (!node.isLeaf()) {
            int last = node.count() - 1;
            // Behind the last key of the tree there is still its last leaf.
            int entry = Math.min(node.search(key), last);
            at[depth] = entry;
            boolean onEdge = edge[depth] && entry == last;
            node = nodes.replaceable(node, entry);
            statistics.read();
            depth++;
            path[depth] = node;
            from[depth] = 0;
            changed[depth] = false;
            edge[depth] = onEdge;
        }
    }

    private boolean covers(byte[] key) {
        Node node = path[depth];
        return edge[depth] || node.compareKey(node.count() - 1, key) >= 0;
    }

    /// Applies all edits that belong to the leaf. Returns whether there are more, for leaves to the right.
    private boolean editLeaf() {
        Node leaf = path[depth];
        int done = 0;
        boolean more = true;
        while (more && covers(edits.key())) {
            byte[] key = edits.key();
            byte[] value = edits.value();
            int entry = leaf.search(key);
            boolean present = leaf.isAt(entry, key);
            boolean effective = value == null ? present : !present || !nodes.hasValue(leaf, entry, value);
            if (effective) {
                statistics.changed();
                open();
                assembler.append(leaf, done, entry, edge[depth]);
                if (value != null) {
                    Tree.checkValue(value);
                    assembler.add(key, value);
                }
                done = present ? entry + 1 : entry;
            }
            more = advance(key);
        }
        from[depth] = done;
        leave();
        return more;
    }

    private boolean advance(byte[] before) {
        if (!edits.advance()) {
            return false;
        }
        byte[] key = edits.key();
        Tree.checkKey(key);
        if (Bytes.compare(before, key) >= 0) {
            throw new IllegalArgumentException("Edits must be in strictly ascending order of keys; "
                    + Arrays.toString(key) + " came after " + Arrays.toString(before) + ". Sort them, one per key.");
        }
        return true;
    }

    /// A row of the current leaf is about to change: brings everything to the left of the leaf into the new tree.
    private void open() {
        if (changed[depth]) {
            return;
        }
        for (int above = 0; above < depth; above++) {
            assembler.append(path[above], from[above], at[above], false);
            from[above] = at[above];
            changed[above] = true;
        }
        changed[depth] = true;
    }

    /// Leaves a node for good. If it changed, the rest of it goes into the new tree; if not, it is part of the
    /// rest of its parent.
    private void leave() {
        if (changed[depth]) {
            Node node = path[depth];
            assembler.append(node, from[depth], node.count(), edge[depth]);
            if (depth > 0) {
                from[depth - 1] = at[depth - 1] + 1;
                nodes.replaced(path[depth - 1], at[depth - 1]);
            }
        }
        depth--;
    }
}
