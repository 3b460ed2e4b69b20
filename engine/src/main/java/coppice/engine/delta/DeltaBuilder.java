package coppice.engine.delta;

import java.util.Arrays;

/// Builds a delta from changes in the order of their keys. Belongs to one thread; ends with [#done()].
final class DeltaBuilder {
    /// Room is left for changes to come.
    private static final int FILL = Node.CAPACITY * 3 / 4;

    private final byte[][] keys = new byte[FILL][];
    private final byte[][] values = new byte[FILL][];
    private Node[] leaves = new Node[16];
    private int leafCount;
    private int pending;
    private int size;
    private long bytes;

    void add(byte[] key, byte[] value) {
        if (pending == FILL) {
            finishLeaf();
        }
        keys[pending] = key;
        values[pending] = value;
        pending++;
        size++;
        bytes += key.length + value.length + Delta.ENTRY_BYTES;
    }

    private void finishLeaf() {
        if (leafCount == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * leafCount);
        }
        leaves[leafCount++] = Node.leafOf(Arrays.copyOf(keys, pending), Arrays.copyOf(values, pending));
        pending = 0;
    }

    Delta done() {
        if (size == 0) {
            return Delta.EMPTY;
        }
        finishLeaf();
        Node[] level = Arrays.copyOf(leaves, leafCount);
        while (level.length > 1) {
            level = parentsOf(level);
        }
        return new Delta(level[0], size, bytes);
    }

    private static Node[] parentsOf(Node[] children) {
        Node[] parents = new Node[(children.length + FILL - 1) / FILL];
        for (int i = 0; i < parents.length; i++) {
            int from = i * FILL;
            parents[i] = Node.parentOf(Arrays.copyOfRange(children, from, Math.min(children.length, from + FILL)));
        }
        return parents;
    }
}
