package coppice.engine.delta;

import java.util.function.Consumer;

/// Finds what one delta has and another has not. Copies of a delta share the nodes in which nothing changed, so
/// nodes that are in both are stepped over.
///
/// @param other the other delta
/// @param keys is told
record DeltaDifference(Delta other, Consumer<byte[]> keys) {
    /// @param node of the one delta
    /// @param beside the node of the other in which the same keys would be, as far as that is known
    @SuppressWarnings("ReferenceEquality") // nodes and values that are shared are the same object
    void visit(Node node, Node beside) {
        if (node == beside) {
            return;
        }
        for (int i = 0; i < node.count; i++) {
            if (!node.isLeaf()) {
                visit(node.children[i], near(beside, node, i));
            } else if (other.find(node.keys[i]) != node.values[i]) {
                keys.accept(node.keys[i]);
            }
        }
    }

    /// Where the keys of a child would be: on the same level, or above it where the other delta is not as high.
    private static Node near(Node beside, Node parent, int child) {
        boolean isBelow = !beside.isLeaf() && height(beside) >= height(parent);
        return isBelow ? beside.children[beside.childIndex(parent.keys[child])] : beside;
    }

    private static int height(Node node) {
        int height = 0;
        for (Node at = node; !at.isLeaf(); at = at.children[0]) {
            height++;
        }
        return height;
    }
}
