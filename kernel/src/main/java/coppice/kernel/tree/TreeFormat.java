package coppice.kernel.tree;

/// The constants that decide the shape of a tree. Two trees can share nodes, and have equal roots for equal
/// content, only when they have the same format; the version byte of a node names it. [#V2] is the only one that is
/// ever stored.
///
/// What is cut is weights: that of a leaf is its size in bytes, that of an inner node its size and a constant for each
/// child.
///
/// @param scale the scale of the distribution of node weights; the mean weight is about 0.9 times that
/// @param min no node but the last of its level weighs less
/// @param cap a node that has reached this weight is closed
/// @param childWeight what a child adds to the weight of an inner node, besides the bytes of its entry
/// @param inlineLimit longer values live in blob trees, in bytes
record TreeFormat(int scale, int min, int cap, int childWeight, int inlineLimit) {
    /// The format of version 2. Chosen by measurement, see `docs/adr/0002-prolly-tree-format.md` and, for the weight of
    /// children, `0018-inner-nodes-are-small.md`.
    static final TreeFormat V2 = new TreeFormat(4352, 1024, 12 * 1024, 200, 1024);

    /// Offsets inside a node are 16 bits wide.
    private static final int NODE_MAX = 0xffff;

    TreeFormat {
        if (min < NodeLayout.HEADER || cap <= min || scale < 16 || childWeight < 0 || inlineLimit < Cell.BLOB_SIZE) {
            throw new IllegalArgumentException(
                    "A tree format needs 8 <= min < cap, scale >= 16, childWeight >= 0 and inlineLimit >= "
                            + Cell.BLOB_SIZE + "; got scale " + scale + ", min " + min + ", cap " + cap
                            + ", childWeight " + childWeight + ", inlineLimit " + inlineLimit);
        }
        int largest = largestNode(cap, inlineLimit);
        if (largest > NODE_MAX) {
            throw new IllegalArgumentException(
                    "A node could grow to " + largest + " bytes, which is more than " + NODE_MAX + ": lower the cap");
        }
    }

    /// The largest a node can get, in bytes.
    int largestNode() {
        return largestNode(cap, inlineLimit);
    }

    /// A node grows by an entry only while its weight, at least its size, is below the cap, or has one entry and is an
    /// inner node.
    private static int largestNode(int cap, int inlineLimit) {
        int leafEntry = NodeLayout.LEAF_ENTRY + Tree.MAX_KEY_BYTES + 1 + inlineLimit;
        int innerEntry = NodeLayout.INNER_ENTRY + Tree.MAX_KEY_BYTES;
        return Math.max(cap - 1 + Math.max(leafEntry, innerEntry), NodeLayout.HEADER + 2 * innerEntry);
    }
}
