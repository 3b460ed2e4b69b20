package coppice.kernel.tree;

import coppice.kernel.bytes.Hash;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// An immutable sorted map from keys to values, both byte strings, that is stored as a tree of chunks: a prolly
/// tree. Keys compare as unsigned bytes.
///
/// **Equal content has the equal root**, whatever operations led to it. So two trees can be compared, and their
/// differences found, by comparing hashes; and versions share all nodes but those above a changed row.
///
/// A value: every operation leaves it as it is and gives another tree. Safe for all threads. Reads what it needs,
/// when it needs it, from the chunks behind its [Nodes], so most methods may throw
/// [coppice.kernel.bytes.CorruptException] or [coppice.kernel.store.MissingChunkException].
public final class Tree {
    /// The longest key, in bytes. The shortest has one byte.
    public static final int MAX_KEY_BYTES = 4096;

    /// The longest value, in bytes (64 MiB). The shortest is empty.
    public static final int MAX_VALUE_BYTES = 64 << 20;

    private final Nodes nodes;
    private final Hash root;
    private final Node rootNode;

    Tree(Nodes nodes, Hash root, Node rootNode) {
        this.nodes = nodes;
        this.root = root;
        this.rootNode = rootNode;
    }

    /// The tree without rows. Stores its root, as [#apply] does when it deletes the last row.
    public static Tree empty(Nodes nodes) {
        nodes.writeEmptyRoot();
        return new Tree(nodes, Nodes.EMPTY_ROOT, nodes.root(Nodes.EMPTY_ROOT));
    }

    /// The stored tree with this root. Reads the root node.
    public static Tree load(Nodes nodes, Hash root) {
        return new Tree(nodes, root, nodes.root(root));
    }

    /// Begins a tree that is built from sorted rows.
    public static TreeBuilder builder(Nodes nodes) {
        return new TreeBuilder(nodes, new WriteStatistics());
    }

    /// As [#builder(Nodes)], and adds to `statistics` what it costs.
    public static TreeBuilder builder(Nodes nodes, WriteStatistics statistics) {
        return new TreeBuilder(nodes, statistics);
    }

    /// The hash of the root node: the name of this very map.
    public Hash root() {
        return root;
    }

    /// How many rows there are. O(1).
    public long count() {
        return rootNode.rows();
    }

    /// Whether there is no row. O(1).
    public boolean isEmpty() {
        return rootNode.count() == 0;
    }

    /// Levels of nodes; 1 for a tree that is one leaf. O(1).
    public int height() {
        return rootNode.level() + 1;
    }

    /// The loader and cache that this tree shares with others.
    public Nodes nodes() {
        return nodes;
    }

    Node rootNode() {
        return rootNode;
    }

    /// The value under a key, in a new array, or null. Allocates nothing else when the nodes are in memory.
    public byte @Nullable [] get(byte[] key) {
        Node node = rootNode;
        int entry = node.search(key);
        while (node.level() > 1 && entry < node.count()) {
            node = nodes.hot(node, entry);
            entry = node.search(key);
        }
        if (entry == node.count()) {
            return null;
        }
        if (node.isLeaf()) {
            return node.hasKey(entry, key) ? nodes.value(node, entry) : null;
        }
        byte[] leaf = nodes.sought(node, entry);
        long shape = node.shape(entry, leaf);
        int found = Leaf.searchFrom(leaf, shape, key, node.guess(key, entry, Leaf.count(shape)));
        return Leaf.isAt(leaf, shape, found, key)
                ? nodes.value(leaf, Leaf.cellStart(leaf, shape, found), Leaf.cellEnd(leaf, shape, found))
                : null;
    }

    /// The values under keys, in any order, each in a new array, or null where there is none. Costs less than to
    /// ask for one after the other, most where the nodes are in memory and not in the processor's cache.
    public byte[] @Nullable [] getAll(byte[][] keys) {
        return switch (keys.length) {
            case 0 -> keys;
            case 1 -> new byte[][] {get(keys[0])};
            default -> new GroupLookup(nodes, rootNode, keys).values();
        };
    }

    /// Whether there is a row with this key.
    public boolean contains(byte[] key) {
        Node node = rootNode;
        int entry = node.search(key);
        while (!node.isLeaf() && entry < node.count()) {
            node = nodes.hot(node, entry);
            entry = node.search(key);
        }
        return node.isLeaf() && node.isAt(entry, key);
    }

    /// Whether there is no row with this key, as far as that is known in memory: reads nothing, and says no
    /// instead.
    public boolean isKnownToLack(byte[] key) {
        Node node = rootNode;
        int entry = node.search(key);
        while (!node.isLeaf() && entry < node.count()) {
            Node child = nodes.loaded(node, entry);
            if (child == null) {
                return false;
            }
            node = child;
            entry = node.search(key);
        }
        return !node.isLeaf() || !node.isAt(entry, key);
    }

    /// How many rows have a smaller key: the index of `key`, or where it would be. O(log n).
    public long rank(byte[] key) {
        return rank(rootNode, rootNode.search(key), key);
    }

    /// How many rows below a node have a smaller key.
    ///
    /// @param found where a search for the key ends in the node
    private long rank(Node node, int found, byte[] key) {
        long rank = 0;
        Node at = node;
        int entry = found;
        while (!at.isLeaf()) {
            rank += rows(at, 0, entry);
            if (entry == at.count()) {
                return rank;
            }
            Node child = nodes.hot(at, entry);
            entry = searchBelow(at, entry, child, key);
            at = child;
        }
        return rank + entry;
    }

    /// Where a search for a key ends in a child.
    private static int searchBelow(Node parent, int entry, Node child, byte[] key) {
        return child.isLeaf() ? child.searchFrom(key, parent.guess(key, entry, child.count())) : child.search(key);
    }

    private static long rows(Node node, int from, int to) {
        long rows = 0;
        for (int child = from; child < to; child++) {
            rows += node.childRows(child);
        }
        return rows;
    }

    /// How many rows have a key of `[from, to)`; null is no bound. O(log n).
    public long count(byte @Nullable [] from, byte @Nullable [] to) {
        if (from == null || to == null) {
            long low = from == null ? 0 : rank(from);
            return (to == null ? count() : rank(to)) - low;
        }
        Node node = rootNode;
        int low = node.search(from);
        int high = node.search(to);
        while (low == high && !node.isLeaf() && low < node.count()) { // both on the same way
            Node child = nodes.hot(node, low);
            low = searchBelow(node, low, child, from);
            high = child.isLeaf() ? child.searchFrom(to, Math.min(low, child.count() - 1)) : child.search(to);
            node = child;
        }
        return Math.max(0, rank(node, high, to) - rank(node, low, from));
    }

    /// A cursor that stands on the row with this index, in O(log n).
    ///
    /// @throws IndexOutOfBoundsException unless `0 <= index < count()`
    public Cursor select(long index) {
        Cursor cursor = cursor();
        cursor.seekIndex(index);
        return cursor;
    }

    /// A cursor over the rows, before the first one.
    public Cursor cursor() {
        return new Cursor(this);
    }

    /// The tree after some edits. Edits that change nothing cost nothing but to see that; when none changes
    /// anything the result is this tree. Costs O(k log n) for k edits, less where they are close together.
    ///
    /// @throws IllegalArgumentException when the edits are not in ascending order, or a key or value is too long
    ///     or a key empty
    public Tree apply(Edits edits) {
        return apply(edits, new WriteStatistics());
    }

    /// As [#apply(Edits)], and adds to `statistics` what it costs.
    public Tree apply(Edits edits, WriteStatistics statistics) {
        return new Rewrite(this, edits, statistics).run();
    }

    /// The tree without the rows of `[from, to)`; null is no bound. Drops whole subtrees without reading them:
    /// O(log n).
    public Tree deleteRange(byte @Nullable [] from, byte @Nullable [] to) {
        return deleteRange(from, to, new WriteStatistics());
    }

    /// As [#deleteRange(byte[], byte[])], and adds to `statistics` what it costs.
    public Tree deleteRange(byte @Nullable [] from, byte @Nullable [] to, WriteStatistics statistics) {
        if (count(from, to) == 0) {
            return this;
        }
        Assembler assembler = new Assembler(nodes, statistics, false);
        statistics.read();
        if (from != null) {
            assembler.appendRange(rootNode, null, from, true);
        }
        if (to != null) {
            assembler.appendRange(rootNode, to, null, true);
        }
        return assembler.finish();
    }

    /// The differences of this tree, the earlier, and another, in order of keys. Costs O(changed leaves * height).
    public TreeDiff diff(Tree after) {
        return new TreeDiff(this, after, null, null);
    }

    /// As [#diff(Tree)], of the keys of `[from, to)`; null is no bound.
    public TreeDiff diff(Tree after, byte @Nullable [] from, byte @Nullable [] to) {
        return new TreeDiff(this, after, from, to);
    }

    /// How many keys of `[from, to)` differ between this tree, the earlier, and another. Does not read subtrees
    /// that are wholly on one side.
    public TreeDiff.Count diffCount(Tree after, byte @Nullable [] from, byte @Nullable [] to) {
        return TreeDiff.count(this, after, from, to);
    }

    /// This tree and another merged: all that either changed since `base`. What both changed in the same way is no
    /// conflict; the rest of what both changed is asked of `resolver`, in order of keys. Costs at most O(changed
    /// leaves on both sides * height); where the two changed different parts, only the edges of these parts.
    ///
    /// All three share one [Nodes].
    public MergeResult merge(Tree base, Tree theirs, ConflictResolver resolver) {
        return merge(base, theirs, resolver, new WriteStatistics());
    }

    /// As [#merge(Tree, Tree, ConflictResolver)], and adds to `statistics` what writing costs.
    public MergeResult merge(Tree base, Tree theirs, ConflictResolver resolver, WriteStatistics statistics) {
        return TreeMerge.merge(base, this, theirs, resolver, statistics);
    }

    /// Visits the conflicts of [#merge], in order of keys, and writes nothing; what `visitor` decides has no
    /// effect. Returns how many there are.
    public long mergeConflicts(Tree base, Tree theirs, ConflictResolver visitor) {
        return TreeMerge.conflicts(base, this, theirs, visitor);
    }

    /// Visits the hashes of all chunks of the tree, blobs included, each parent before its children. Reads inner
    /// nodes, and of the leaves those that have a value out of line.
    ///
    /// @param enter is told each hash; where it says no, the chunks below that one are left out (they are known
    ///     already)
    public void visitChunks(Predicate<Hash> enter) {
        if (enter.test(root)) {
            visitBelow(rootNode, enter);
        }
    }

    private void visitBelow(Node node, Predicate<Hash> enter) {
        for (int entry = 0; entry < node.count(); entry++) {
            if (node.isLeaf()) {
                byte[] bytes = node.bytes();
                int start = node.cellStart(entry);
                if (!Cell.isInline(bytes, start)) {
                    Cell.blob(bytes, start).visitChunks(nodes.chunks(), enter);
                }
            } else if (enter.test(node.childHash(entry)) && (node.level() > 1 || node.childHasBlobs(entry))) {
                visitBelow(nodes.passing(node, entry), enter);
            }
        }
    }

    /// Tells which node of an earlier version each changed node of this one came in place of: hashes of
    /// nodes on the same level over the same keys, the earlier first, roots included. Costs as a diff, less the
    /// leaves, which are not read; tells little where the versions differ in height.
    public void succession(Tree before, BiConsumer<Hash, Hash> pairs) {
        if (!root.equals(before.root)) {
            pairs.accept(before.root, root);
            new NodeSuccession(before.nodes, nodes, pairs).below(before.rootNode, rootNode);
        }
    }

    /// How the rows lie in nodes. Reads every node.
    public TreeShape shape() {
        return TreeShape.of(nodes, rootNode);
    }

    /// What this tree has that another has not. Reads these nodes, and for each child of one a path of the other
    /// tree.
    public TreeOverlap without(Tree other) {
        return TreeOverlap.of(this, other);
    }

    /// How many rows lie below children that the root nodes of both trees have: a guess from below at how near
    /// they are. Reads nothing.
    public long rowsInCommon(Tree other) {
        if (root.equals(other.root)) {
            return count();
        }
        long rows = 0;
        for (int entry = 0; !rootNode.isLeaf() && !other.rootNode.isLeaf() && entry < rootNode.count(); entry++) {
            byte[] key = rootNode.key(entry);
            int found = other.rootNode.search(key);
            if (other.rootNode.isAt(found, key) && other.rootNode.sameChild(found, rootNode, entry)) {
                rows += rootNode.childRows(entry);
            }
        }
        return rows;
    }

    /// Proves that this is the one tree of its rows: reads and checks every node and every value, and that each
    /// node ends where the rule says. Nodes that come from others need it before they are merged or shared
    /// further.
    ///
    /// @param enter is told the hash of each node; where it says no, what is below is left out (it is known to be
    ///     right)
    /// @throws coppice.kernel.bytes.CorruptException at the first thing that is wrong
    public void verify(Predicate<Hash> enter) {
        new TreeCheck(nodes, enter).check(root, rootNode);
    }

    static void checkKey(byte[] key) {
        if (key.length == 0 || key.length > MAX_KEY_BYTES) {
            throw new IllegalArgumentException("A key has 1 to " + MAX_KEY_BYTES + " bytes; this one has " + key.length
                    + ". Use a shorter key, for example a hash of the long part.");
        }
    }

    static void checkValue(byte[] value) {
        if (value.length > MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("A value has at most " + MAX_VALUE_BYTES + " bytes; this one has "
                    + value.length + ". Store larger content as a blob, in parts.");
        }
    }

    /// Equal when the maps are equal.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tree that && root.equals(that.root);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return "tree " + root + " of " + count() + " rows";
    }
}
