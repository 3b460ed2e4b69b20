package coppice.kernel.tree;

/// The constants that decide the shape of a tree. Two trees can share nodes, and have equal roots for equal
/// content, only when they have the same format; the version byte of a node names it. [#V1] is the only one that is
/// ever stored.
///
/// @param scale the scale of the distribution of node sizes, in bytes; the mean size is about 0.9 times that
/// @param min no node but the last of its level is smaller, in bytes
/// @param cap a node that has reached this many bytes is closed
/// @param inlineLimit longer values live in blob trees, in bytes
record TreeFormat(int scale, int min, int cap, int inlineLimit) {
    /// The format of version 1. Chosen by measurement, see `docs/adr/0002-prolly-tree-format.md`.
    static final TreeFormat V1 = new TreeFormat(4352, 1024, 12 * 1024, 1024);

    /// Offsets inside a node are 16 bits wide.
    private static final int NODE_MAX = 0xffff;

    TreeFormat {
        if (min < NodeLayout.HEADER || cap <= min || scale < 16 || inlineLimit < Cell.BLOB_SIZE) {
            throw new IllegalArgumentException("A tree format needs 8 <= min < cap, scale >= 16 and inlineLimit >= "
                    + Cell.BLOB_SIZE + "; got scale " + scale + ", min " + min + ", cap " + cap + ", inlineLimit "
                    + inlineLimit);
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

    /// A node grows by an entry only while it is below the cap, or has one entry and is an inner node.
    private static int largestNode(int cap, int inlineLimit) {
        int leafEntry = NodeLayout.LEAF_ENTRY + Tree.MAX_KEY_BYTES + 1 + inlineLimit;
        int innerEntry = NodeLayout.INNER_ENTRY + Tree.MAX_KEY_BYTES;
        return Math.max(cap - 1 + Math.max(leafEntry, innerEntry), NodeLayout.HEADER + 2 * innerEntry);
    }
}
