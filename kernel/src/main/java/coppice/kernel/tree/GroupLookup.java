package coppice.kernel.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Looks for several keys at a time, level by level: what one key waits for from memory, the others' loads wait
/// for as well, in place of one after the other (group prefetching: Chen, Ailamaki, Gibbons, Mowry: "Improving
/// Hash Join Performance through Prefetching", 2004; here by loads that do not depend on each other). Of use once.
final class GroupLookup {
    private final Nodes nodes;
    private final byte[][] keys;
    private final @Nullable Node[] at;
    private final int[] entries;
    private final int height;
    private int touched;

    GroupLookup(Nodes nodes, Node root, byte[][] keys) {
        this.nodes = nodes;
        this.keys = keys;
        this.at = new Node[keys.length];
        this.entries = new int[keys.length];
        this.height = root.level();
        Arrays.fill(at, root);
    }

    /// The values, null where there is no such key.
    byte[] @Nullable [] values() {
        for (int level = height; level > 0; level--) {
            search();
            descend(level == 1);
        }
        find();
        boolean isFound = touched != Leaf.UNLIKELY;
        byte[] @Nullable [] values = new byte[keys.length][];
        for (int i = 0; i < keys.length; i++) {
            Node leaf = at[i];
            values[i] = leaf == null ? null : nodes.value(leaf, isFound ? entries[i] : leaf.search(keys[i]));
        }
        return values;
    }

    private void search() {
        for (int i = 0; i < keys.length; i++) {
            Node node = at[i];
            if (node != null) {
                entries[i] = node.search(keys[i]);
                at[i] = entries[i] == node.count() ? null : node;
            }
        }
    }

    private void descend(boolean toLeaves) {
        @Nullable Node[] parents = at.clone();
        for (int i = 0; i < keys.length; i++) {
            Node parent = parents[i];
            at[i] = parent == null ? null : nodes.hot(parent, entries[i]);
        }
        for (Node node : at) {
            touched ^= node == null ? 0 : node.touch();
        }
        for (int i = 0; toLeaves && i < keys.length; i++) {
            Node parent = parents[i];
            Node leaf = at[i];
            if (parent != null && leaf != null) {
                entries[i] = parent.guess(keys[i], entries[i], leaf.count());
            }
        }
        for (int i = 0; toLeaves && i < keys.length; i++) {
            Node leaf = at[i];
            touched ^= leaf == null ? 0 : leaf.touchKey(entries[i]);
        }
    }

    /// Finds the entries in leaves, and drops the leaves of keys that are not there.
    private void find() {
        boolean isGuessed = height > 0 && touched != Leaf.UNLIKELY;
        for (int i = 0; i < keys.length; i++) {
            Node leaf = at[i];
            if (leaf != null) {
                int entry = isGuessed ? leaf.searchAround(keys[i], entries[i]) : leaf.search(keys[i]);
                entries[i] = entry;
                at[i] = leaf.isAt(entry, keys[i]) ? leaf : null;
            }
        }
        for (int i = 0; i < keys.length; i++) {
            Node leaf = at[i];
            touched ^= leaf == null ? 0 : leaf.touchCell(entries[i]);
        }
    }
}
