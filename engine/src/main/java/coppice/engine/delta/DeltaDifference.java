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
        boolean isLike = node.isLeaf() == beside.isLeaf();
        int shift = 0;
        for (int i = 0; i < node.count; i++) {
            int found = isLike ? find(node, i, beside, i + shift) : -1;
            if (found >= 0) {
                shift = found - i;
            } else if (!node.isLeaf()) {
                visit(node.children[i], near(beside, node, i));
            } else if (other.find(node.keys[i]) != node.values[i]) {
                keys.accept(node.keys[i]);
            }
        }
    }

    /// Where a node of the same kind has what one has in a place: there, or beside it where something was put in
    /// or taken out. -1 where it has not.
    private static int find(Node node, int place, Node beside, int near) {
        for (int at = near; at <= near + 1; at++) {
            if (isSame(node, place, beside, at)) {
                return at;
            }
        }
        return isSame(node, place, beside, near - 1) ? near - 1 : -1;
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private static boolean isSame(Node node, int place, Node beside, int at) {
        if (at < 0 || at >= beside.count) {
            return false;
        }
        return node.isLeaf()
                ? node.keys[place] == beside.keys[at] && node.values[place] == beside.values[at]
                : node.children[place] == beside.children[at];
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
