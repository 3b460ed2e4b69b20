package coppice.kernel.tree;

import java.util.ArrayList;
import java.util.List;

/// How the rows of a tree lie in nodes.
///
/// @param levels the nodes of each level, leaves first; at least one
/// @param blobs how many rows have their value out of line
/// @param blobBytes how long these values are together, equal ones counted again
public record TreeShape(List<Level> levels, long blobs, long blobBytes) {
    public TreeShape {
        levels = List.copyOf(levels);
    }

    /// The nodes of a level.
    ///
    /// @param nodes how many
    /// @param entries how many entries they have together: rows in leaves, children above
    /// @param bytes how long they are together
    /// @param smallest the length of the shortest, in bytes
    /// @param largest the length of the longest, in bytes
    public record Level(long nodes, long entries, long bytes, int smallest, int largest) {
        private static final Level NONE = new Level(0, 0, 0, Integer.MAX_VALUE, 0);

        private Level with(Node node) {
            int length = node.bytes().length;
            return new Level(
                    nodes + 1,
                    entries + node.count(),
                    bytes + length,
                    Math.min(smallest, length),
                    Math.max(largest, length));
        }
    }

    /// A node that has reached this many bytes ends: the largest that nodes become, but for their last entry.
    public static int nodeBytes() {
        return TreeFormat.V2.cap();
    }

    static TreeShape of(Nodes nodes, Node root) {
        Walk walk = new Walk(nodes);
        for (int level = 0; level <= root.level(); level++) {
            walk.levels.add(Level.NONE);
        }
        walk.visit(root);
        return new TreeShape(walk.levels, walk.blobs, walk.blobBytes);
    }

    private static final class Walk {
        private final Nodes nodes;
        private final List<Level> levels = new ArrayList<>();
        private long blobs;
        private long blobBytes;

        Walk(Nodes nodes) {
            this.nodes = nodes;
        }

        void visit(Node node) {
            levels.set(node.level(), levels.get(node.level()).with(node));
            for (int entry = 0; entry < node.count(); entry++) {
                if (!node.isLeaf()) {
                    visit(nodes.passing(node, entry));
                } else if (!Cell.isInline(node.bytes(), node.cellStart(entry))) {
                    blobs++;
                    blobBytes += Cell.blob(node.bytes(), node.cellStart(entry)).length();
                }
            }
        }
    }
}
