package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// The nodes of all trees of a database: loads them from chunks, checks them, and keeps the useful ones in memory.
///
/// One for a database, shared by all its trees and threads. A loaded node is reached by a direct reference from its
/// parent, so a read in memory is a walk along references, without a lookup or a lock.
public final class Nodes {
    private static final byte[] EMPTY_LEAF = emptyLeaf();

    /// The root of the tree without rows. It is known everywhere, so it need not be stored to be loaded.
    static final Hash EMPTY_ROOT = Hash.of(EMPTY_LEAF);

    private final Chunks chunks;
    private final TreeFormat format;
    private final Splitter splitter;
    private final NodeCache cache;
    private final RootCache roots;
    private final NodeWriters writers = new NodeWriters();
    private final LongAdder loads = new LongAdder();

    /// @param chunks where nodes and blobs are
    /// @param cacheBytes how much memory loaded nodes may take, about; the roots of trees in use or used last,
    ///     and what a cursor stands on, come on top
    public Nodes(Chunks chunks, long cacheBytes) {
        this(chunks, cacheBytes, TreeFormat.V2);
    }

    Nodes(Chunks chunks, long cacheBytes, TreeFormat format) {
        this.chunks = chunks;
        this.format = format;
        this.splitter = new Splitter(format);
        this.cache = new NodeCache(cacheBytes);
        this.roots = new RootCache(cacheBytes);
    }

    private static byte[] emptyLeaf() {
        byte[] bytes = new byte[NodeLayout.HEADER];
        bytes[0] = NodeLayout.TAG;
        bytes[NodeLayout.AT_VERSION] = NodeLayout.VERSION;
        return bytes;
    }

    /// Where the nodes are.
    public Chunks chunks() {
        return chunks;
    }

    /// The memory that loaded nodes may take, about, in bytes.
    public long capacity() {
        return cache.capacity();
    }

    /// Figures about the nodes in memory at this moment.
    public CacheStatistics statistics() {
        return cache.statistics(loads.sum());
    }

    TreeFormat format() {
        return format;
    }

    Splitter splitter() {
        return splitter;
    }

    NodeWriters writers() {
        return writers;
    }

    /// Loads the root of a tree.
    Node root(Hash hash) {
        if (hash.equals(EMPTY_ROOT)) {
            return new Node(EMPTY_LEAF);
        }
        Node known = roots.find(hash);
        if (known != null) {
            return known;
        }
        loads.increment();
        return roots.keep(hash, NodeReader.read(format, chunks.read(hash), hash));
    }

    /// Remembers the root of a tree that was just written.
    Node written(Hash hash, Node root) {
        return roots.keep(hash, root);
    }

    /// The bytes of a leaf that one row is sought in: it is marked as used, and brought near its parent.
    byte[] sought(Node parent, int entry) {
        byte[] near = parent.near(entry);
        if (near != null) {
            return near;
        }
        Node leaf = hot(parent, entry);
        if (parent.takesLeaves() && parent.link(entry).isFree()) {
            cache.gather(parent, entry);
        }
        return leaf.bytes();
    }

    /// A child, wanted for itself: it is marked as used, and stays.
    Node hot(Node parent, int entry) {
        Link link = parent.linkOrNull(entry);
        if (link != null) {
            Node node = link.node;
            if (node != null) {
                if (link.lives == 0) {
                    link.lives = NodeCache.lives(node);
                }
                return node;
            }
        }
        return load(parent, entry, false);
    }

    /// A child that is about to be replaced: it is not marked, but stays for whoever compares versions next.
    Node replaceable(Node parent, int entry) {
        Node node = loaded(parent, entry);
        return node != null ? node : load(parent, entry, false);
    }

    /// A child that a scan or a diff passes once: it is not marked, and pushes no leaf out.
    Node passing(Node parent, int entry) {
        Link link = parent.linkOrNull(entry);
        Node node = link == null ? null : link.node;
        return node != null ? node : load(parent, entry, true);
    }

    /// A child if there is one and it is in memory. Does nothing else.
    @Nullable
    Node loaded(Node parent, int entry) {
        Link link = entry < parent.count() ? parent.linkOrNull(entry) : null;
        return link == null ? null : link.node;
    }

    private Node load(Node parent, int entry, boolean passing) {
        loads.increment();
        byte[] bytes = chunks.read(parent.childHash(entry));
        return cache.admit(parent.link(entry), NodeReader.readChild(format, bytes, parent, entry), passing);
    }

    /// Keeps a node that was just written.
    Link keep(Node node, boolean passing) {
        Link link = new Link(node);
        cache.admitNew(link, node, passing);
        return link;
    }

    /// Says that a child was replaced in a tree that is newer than its parent.
    void replaced(Node parent, int entry) {
        Link link = parent.linkOrNull(entry);
        if (link != null && link.node != null) {
            cache.replaced(link);
        }
    }

    /// Stores the root of the empty tree.
    void writeEmptyRoot() {
        chunks.write(EMPTY_ROOT, EMPTY_LEAF, EMPTY_LEAF.length);
    }

    /// The value that the cell of a leaf's entry stands for, in a new array.
    byte[] value(Node leaf, int entry) {
        return value(leaf.bytes(), leaf.cellStart(entry), leaf.cellEnd(entry));
    }

    /// The value that a cell stands for, in a new array.
    byte[] value(byte[] bytes, int start, int end) {
        return Cell.isInline(bytes, start)
                ? Cell.inlineValue(bytes, start, end)
                : Cell.blob(bytes, start).read(chunks);
    }

    /// Whether the entry's cell stands for this very value. Reads and writes nothing unless both are long and
    /// equally long.
    boolean hasValue(Node leaf, int entry, byte[] value) {
        byte[] bytes = leaf.bytes();
        int start = leaf.cellStart(entry);
        int end = leaf.cellEnd(entry);
        if (Cell.valueLength(bytes, start, end) != value.length) {
            return false;
        }
        if (Cell.isInline(bytes, start)) {
            return Bytes.equal(bytes, start + 1, value.length, value, 0, value.length);
        }
        return Blob.write(chunks, value).equals(Cell.blob(bytes, start));
    }
}
