package coppice.kernel.tree;

/// What a tree has that another one has not.
///
/// @param nodes how many nodes
/// @param bytes how long these are together
/// @param sharedRows how many rows are in nodes that both have
public record TreeOverlap(long nodes, long bytes, long sharedRows) {
    static TreeOverlap of(Tree tree, Tree other) {
        if (tree.root().equals(other.root())) {
            return new TreeOverlap(0, 0, tree.count());
        }
        Walk walk = new Walk(tree.nodes(), other);
        walk.visit(tree.rootNode());
        return new TreeOverlap(walk.own, walk.bytes, walk.sharedRows);
    }

    /// A node that two trees have stands over the same keys in both, so one descent by its last key finds it.
    private static final class Walk {
        private final Nodes nodes;
        private final Tree other;
        private long own;
        private long bytes;
        private long sharedRows;

        Walk(Nodes nodes, Tree other) {
            this.nodes = nodes;
            this.other = other;
        }

        void visit(Node node) {
            own++;
            bytes += node.bytes().length;
            for (int entry = 0; !node.isLeaf() && entry < node.count(); entry++) {
                if (isShared(node, entry)) {
                    sharedRows += node.childRows(entry);
                } else {
                    visit(nodes.passing(node, entry));
                }
            }
        }

        private boolean isShared(Node parent, int entry) {
            Node at = other.rootNode();
            if (at.level() < parent.level()) {
                return parent.childHash(entry).equals(other.root());
            }
            byte[] key = parent.key(entry);
            int found = at.search(key);
            while (at.level() > parent.level() && found < at.count()) {
                at = other.nodes().passing(at, found);
                found = at.search(key);
            }
            return at.isAt(found, key) && at.sameChild(found, parent, entry);
        }
    }
}
