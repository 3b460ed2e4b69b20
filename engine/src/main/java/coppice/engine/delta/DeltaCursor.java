package coppice.engine.delta;

/// A walk over a delta's changes in either direction, standing between two of them, at first before all. Belongs to
/// one thread.
public final class DeltaCursor {
    private static final int DEPTH_MAX = 12; // 32 entries or more a node: beyond any int size

    private final Node[] path = new Node[DEPTH_MAX];
    private final int[] places = new int[DEPTH_MAX];
    private int depth;
    private Node leaf;
    private int gap; // stands before this entry of the leaf
    private int current; // the entry passed last

    DeltaCursor(Node root) {
        path[0] = root;
        leaf = descend(0, false);
    }

    /// Passes the next change; false at the end.
    public boolean next() {
        while (gap >= leaf.count) {
            int level = depth - 1;
            while (level >= 0 && places[level] + 1 >= path[level].count) {
                level--;
            }
            if (level < 0) {
                return false;
            }
            places[level]++;
            enter(level, false);
            gap = 0;
        }
        current = gap++;
        return true;
    }

    /// Passes the previous change; false at the beginning.
    public boolean previous() {
        while (gap == 0) {
            int level = depth - 1;
            while (level >= 0 && places[level] == 0) {
                level--;
            }
            if (level < 0) {
                return false;
            }
            places[level]--;
            enter(level, true);
            gap = leaf.count;
        }
        current = --gap;
        return true;
    }

    /// Goes before the first change at or after a key.
    public void seek(byte[] key) {
        int level = 0;
        while (!path[level].isLeaf()) {
            places[level] = path[level].childIndex(key);
            path[level + 1] = path[level].children[places[level]];
            level++;
        }
        depth = level;
        leaf = path[level];
        int at = leaf.find(key);
        gap = at >= 0 ? at : -at - 1;
    }

    /// Goes after the last change.
    public void seekEnd() {
        leaf = descend(0, true);
        gap = leaf.count;
    }

    /// The key of the change passed last. Not a copy.
    public byte[] key() {
        return leaf.keys[current];
    }

    /// Its new value or [Delta#REMOVED]. Not a copy.
    public byte[] value() {
        return leaf.values[current];
    }

    private void enter(int level, boolean last) {
        path[level + 1] = path[level].children[places[level]];
        leaf = descend(level + 1, last);
    }

    private Node descend(int from, boolean last) {
        int level = from;
        while (!path[level].isLeaf()) {
            places[level] = last ? path[level].count - 1 : 0;
            path[level + 1] = path[level].children[places[level]];
            level++;
        }
        depth = level;
        return path[level];
    }
}
