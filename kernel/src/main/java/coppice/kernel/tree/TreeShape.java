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
    /// @param fill how full they are in the mean: at 1 a node ends whatever its keys are
    public record Level(long nodes, long entries, long bytes, int smallest, int largest, double fill) {
        private static final Level NONE = new Level(0, 0, 0, Integer.MAX_VALUE, 0, 0);

        private Level with(Node node, double nodeFill) {
            int length = node.bytes().length;
            return new Level(
                    nodes + 1,
                    entries + node.count(),
                    bytes + length,
                    Math.min(smallest, length),
                    Math.max(largest, length),
                    fill + (nodeFill - fill) / (nodes + 1));
        }
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

        private double fill(Node node) {
            int weight = nodes.splitter().weight(node.level(), node.count(), node.bytes().length);
            return (double) weight / nodes.format().cap();
        }

        void visit(Node node) {
            levels.set(node.level(), levels.get(node.level()).with(node, fill(node)));
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
