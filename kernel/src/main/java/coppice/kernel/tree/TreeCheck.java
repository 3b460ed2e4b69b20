package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MemoryChunks;
import java.util.function.Predicate;

/// Proves that a stored tree is the one tree of its rows: every node is valid and is what its parent says, and
/// every one ends just where the rule lets it end. Hashes cannot tell that, as whoever made the tree made them too.
final class TreeCheck {
    private final Nodes nodes;
    private final Predicate<Hash> enter;

    TreeCheck(Nodes nodes, Predicate<Hash> enter) {
        this.nodes = nodes;
        this.enter = enter;
    }

    void check(Hash root, Node rootNode) {
        if (!enter.test(root)) {
            return;
        }
        if (!rootNode.isLeaf() && rootNode.count() == 1) {
            throw new CorruptException("tree node " + root, -1, "a root of two children or more", "one child");
        }
        check(root, rootNode, true);
    }

    private void check(Hash hash, Node node, boolean edge) {
        NodeEnds.check(nodes.splitter(), hash, node, edge);
        for (int entry = 0; entry < node.count(); entry++) {
            if (node.isLeaf()) {
                checkValue(node, entry);
            } else if (enter.test(node.childHash(entry))) {
                check(node.childHash(entry), nodes.passing(node, entry), edge && entry == node.count() - 1);
            }
        }
    }

    private void checkValue(Node leaf, int entry) {
        byte[] bytes = leaf.bytes();
        int start = leaf.cellStart(entry);
        if (!Cell.isInline(bytes, start)) {
            Blob blob = Cell.blob(bytes, start);
            Blob again = Blob.write(new MemoryChunks(), blob.read(nodes.chunks()));
            if (!again.equals(blob)) {
                throw new CorruptException(
                        "blob " + blob.root(), -1, "the blob of its bytes, " + again.root(), "another");
            }
        }
    }
}
