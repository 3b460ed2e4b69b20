package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;

/// Whether nodes begin behind what is before them, and end where the rule says.
final class NodeEnds {
    private NodeEnds() {}

    /// The first entry after which the rule ends a node with these entries; their number when none does.
    static int firstEnd(Splitter splitter, Node node) {
        int level = node.level();
        int before = splitter.weight(level, 0, NodeLayout.HEADER);
        for (int entry = 0; entry < node.count(); entry++) {
            int after = splitter.weight(level, entry + 1, node.sizeOf(entry + 1));
            int start = node.keyStart(entry);
            if (splitter.endsAfter(level, entry + 1, before, after, node.bytes(), start, node.keyEnd(entry) - start)) {
                return entry;
            }
            before = after;
        }
        return node.count();
    }

    /// Checks that a leaf begins behind all that its parent has before it.
    ///
    /// @param before the last key before the parent, or an empty one
    static void checkBeginning(Hash hash, Node leaf, Node parent, int entry, byte[] before) {
        int order = entry == 0 ? leaf.compareKey(0, before) : leaf.compareKey(0, parent, entry - 1);
        if (order <= 0) {
            throw overlapping(hash, leaf);
        }
    }

    /// What is said of a node that does not begin behind the one before it.
    static CorruptException overlapping(Hash hash, Node leaf) {
        return new CorruptException(
                "tree node " + hash, leaf.keyStart(0), "a first key behind the node before it", "one that is not");
    }

    /// Checks the end of a node. The last node of a level may end anywhere, as it ends with the rows.
    static void check(Splitter splitter, Hash hash, Node node, boolean edge) {
        int last = node.count() - 1;
        int end = firstEnd(splitter, node);
        if (end < last || (end > last && !edge)) {
            throw new CorruptException(
                    "tree node " + hash,
                    node.keyStart(Math.min(end, last)),
                    "a node that ends where its keys and sizes say",
                    end < last ? "entries behind its end" : "an end too early");
        }
    }
}
