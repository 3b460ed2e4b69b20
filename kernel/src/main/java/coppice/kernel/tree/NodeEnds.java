package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;

/// Whether nodes end where the rule says.
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
