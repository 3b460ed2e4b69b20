package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the rows of a range from chunks for which nobody vouches but their hashes, and proves on the way that the tree
/// has these rows in the range and no others: every node on the path is valid and what its parent says, holds keys
/// between its neighbours only, and ends where the rule lets it end.
///
/// The same root and the same question always want the same chunks in the same order, whoever has them: so the chunks
/// that one walk read are all that another one, elsewhere, needs to come to the same answer. Costs a read of each chunk
/// on the path; nothing is cached.
public final class RangeWalk {
    /// Room for any one row.
    public static final long ROW_BYTES_MAX = Tree.MAX_KEY_BYTES + Tree.MAX_VALUE_BYTES;

    /// A row of a tree.
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Row(byte[] key, byte[] value) {}

    /// What is in a range.
    ///
    /// @param count how many rows the whole tree has
    /// @param rows the first rows of the range, in order of keys
    /// @param next the key of the row that follows them in the range; null when they are all
    @SuppressWarnings("ArrayRecordComponent") // carried, never compared
    public record Found(long count, List<Row> rows, byte @Nullable [] next) {
        public Found {
            rows = List.copyOf(rows);
        }
    }

    private final TreeFormat format;
    private final Splitter splitter;
    private final ChunkWalk.Source source;
    private final byte[] from;
    private final byte @Nullable [] to;
    private final int limit;
    private final List<Row> rows = new ArrayList<>();
    private long room;
    private byte @Nullable [] next;

    private RangeWalk(
            TreeFormat format, ChunkWalk.Source source, byte[] from, byte @Nullable [] to, int limit, long room) {
        this.format = format;
        this.splitter = new Splitter(format);
        this.source = source;
        this.from = from;
        this.to = to;
        this.limit = limit;
        this.room = room;
    }

    /// Reads the rows of `[from, to)`.
    ///
    /// @param source the chunks
    /// @param root the root of the tree
    /// @param from empty for no lower bound
    /// @param to null for no upper bound
    /// @param limit the most rows to read
    /// @param room how many bytes their keys and values may take together; [#ROW_BYTES_MAX] is enough for one
    /// @throws CorruptException when the chunks are no such tree
    public static Found read(
            ChunkWalk.Source source, Hash root, byte[] from, byte @Nullable [] to, int limit, long room) {
        return read(TreeFormat.V2, source, root, from, to, limit, room);
    }

    static Found read(
            TreeFormat format,
            ChunkWalk.Source source,
            Hash root,
            byte[] from,
            byte @Nullable [] to,
            int limit,
            long room) {
        return new RangeWalk(format, source, from, to, limit, room).run(root);
    }

    /// Reads the row with this key, if there is one.
    ///
    /// @throws CorruptException when the chunks are no such tree
    public static Found read(ChunkWalk.Source source, Hash root, byte[] key) {
        return read(source, root, key, successor(key), 1, ROW_BYTES_MAX);
    }

    /// The least key that is greater.
    private static byte[] successor(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private Found run(Hash root) {
        if (root.equals(Nodes.EMPTY_ROOT)) {
            return new Found(0, List.of(), null);
        }
        Node node = NodeReader.read(format, source.read(root), root);
        if (!node.isLeaf() && node.count() == 1) {
            throw new CorruptException("tree node " + root, -1, "a root of two children or more", "one child");
        }
        walk(root, node, Bytes.EMPTY, true);
        return new Found(node.rows(), rows, next);
    }

    /// @param left the last key to the left of the node, empty when there is none
    /// @param edge whether it is the last node of its level
    private void walk(Hash hash, Node node, byte[] left, boolean edge) {
        if (node.compareKey(0, left) <= 0) {
            throw new CorruptException(
                    "tree node " + hash, node.keyStart(0), "keys greater than all to the left of it", "another key");
        }
        NodeEnds.check(splitter, hash, node, edge);
        if (node.isLeaf()) {
            leaf(node);
            return;
        }
        for (int entry = node.search(from); entry < node.count() && next == null; entry++) {
            byte[] before = entry == 0 ? left : node.key(entry - 1);
            if (to != null && Bytes.compare(successor(before), to) >= 0) {
                return;
            }
            Hash child = node.childHash(entry);
            Node below = NodeReader.readChild(format, source.read(child), node, entry);
            walk(child, below, before, edge && entry == node.count() - 1);
        }
    }

    private void leaf(Node leaf) {
        for (int entry = leaf.search(from); entry < leaf.count() && next == null; entry++) {
            byte[] key = leaf.key(entry);
            if (to != null && Bytes.compare(key, to) >= 0) {
                return;
            }
            long bytes = key.length + Cell.valueLength(leaf.bytes(), leaf.cellStart(entry), leaf.cellEnd(entry));
            if (rows.size() == limit || bytes > room) {
                next = key;
            } else {
                room -= bytes;
                rows.add(new Row(key, value(leaf, entry)));
            }
        }
    }

    private byte[] value(Node leaf, int entry) {
        byte[] bytes = leaf.bytes();
        int start = leaf.cellStart(entry);
        if (Cell.isInline(bytes, start)) {
            return Cell.inlineValue(bytes, start, leaf.cellEnd(entry));
        }
        Blob blob = Cell.blob(bytes, start);
        BlobNode root = BlobNode.decode(source.read(blob.root()), blob.root(), -1, blob.length());
        if (root.count() == 1) {
            throw new CorruptException("chunk " + blob.root(), 4, "a root of two children or more", "one child");
        }
        byte[] value = new byte[(int) blob.length()];
        fill(root, value, 0, true);
        return value;
    }

    /// Without the rule of ends, chunks of a byte each could make a short value take long to read.
    private void fill(BlobNode node, byte[] value, int at, boolean edge) {
        node.checkEnd(edge);
        if (node.level() == 0) {
            node.copy(0, value, at, (int) node.length());
            return;
        }
        for (int child = 0; child < node.count(); child++) {
            long start = node.start(child);
            Hash hash = node.child(child);
            BlobNode below = BlobNode.decode(source.read(hash), hash, node.level() - 1, node.end(child) - start);
            fill(below, value, at + (int) start, edge && child == node.count() - 1);
        }
    }
}
