package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.Xxh3;
import coppice.kernel.store.MarkSet;
import coppice.kernel.store.MissingChunkException;
import org.jspecify.annotations.Nullable;

/// Proves, after [ChunkFacts] were learnt from all chunks, that stored trees are the trees of their rows: those of
/// which all is known without reading, of the others the inner nodes, each once for all trees. What is wrong is told,
/// and the rest proved all the same; what is not known of a chunk is read from it. Any number of threads may prove
/// trees at once: what one of them looks at the others leave out.
public final class TreeAudit {
    /// Is told what is wrong with the tree at hand.
    public interface Problems {
        /// A chunk is missing or damaged.
        ///
        /// @param rows the rows that cannot be read for it
        void unreadable(Hash chunk, KeySpan rows, RuntimeException why);

        /// A chunk is what was written, but no part of this tree.
        void invalid(Hash chunk, CorruptException why);
    }

    private final Nodes nodes;
    private final ChunkFacts facts;
    private final MarkSet doubted = new MarkSet();
    private final MarkSet roots = new MarkSet();
    private final MarkSet ordered = new MarkSet();

    /// @param nodes where the trees are
    /// @param facts what is known
    public TreeAudit(Nodes nodes, ChunkFacts facts) {
        this.nodes = nodes;
        this.facts = facts;
    }

    /// Proves a tree, unless it has been looked at before.
    public void tree(Hash root, Problems problems) {
        if (add(roots, root) && !root.equals(Nodes.EMPTY_ROOT)) {
            new Walk(problems).root(root);
        }
    }

    private static boolean add(MarkSet seen, Hash hash) {
        synchronized (seen) {
            return seen.add(hash);
        }
    }

    private final class Walk {
        private final Problems problems;

        Walk(Problems problems) {
            this.problems = problems;
        }

        void root(Hash root) {
            Node node = facts.provesTree(root) ? null : read(root, null, 0, KeySpan.ALL);
            if (node == null) {
                return;
            }
            if (!node.isLeaf() && node.count() == 1) {
                problems.invalid(
                        root,
                        new CorruptException("tree node " + root, -1, "a root of two children or more", "one child"));
            }
            boolean known = facts.proves(root, fact(root, node), true);
            if (isNew(root, known, true)) {
                below(root, node, known, true, Bytes.EMPTY);
            }
        }

        private boolean isNew(Hash hash, boolean known, boolean edge) {
            return known ? facts.enter(hash, edge) : add(doubted, hash);
        }

        private long fact(Hash hash, Node node) {
            int last = node.count() - 1;
            return last < 0
                    ? 0
                    : facts.node(
                            hash,
                            node.level(),
                            node.content(),
                            node.bytes(),
                            node.keyStart(last),
                            node.keyLength(last));
        }

        /// @param after the last key before the node
        private void below(Hash hash, Node node, boolean known, boolean edge, byte[] after) {
            if (!known) {
                try {
                    NodeEnds.check(nodes.splitter(), hash, node, edge);
                } catch (CorruptException wrong) {
                    problems.invalid(hash, wrong);
                }
            }
            for (int entry = 0; entry < node.count(); entry++) {
                if (node.isLeaf()) {
                    value(node, entry, after);
                } else {
                    if (entry > 0) {
                        order(node, entry);
                    }
                    child(node, entry, edge && entry == node.count() - 1, after);
                }
            }
        }

        /// Finds out whether a child begins behind the one before it. What cannot be read is told by whoever proves it.
        private void order(Node parent, int entry) {
            FirstKey.Order order = facts.order(parent, entry);
            Hash child = parent.childHash(entry);
            if (order == FirstKey.Order.BEHIND
                    || (order == FirstKey.Order.UNTOLD && !add(ordered, pair(parent, entry)))) {
                return;
            }
            Node leaf = firstLeaf(child);
            if (leaf != null && leaf.compareKey(0, parent, entry - 1) <= 0) {
                problems.invalid(child, NodeEnds.overlapping(child, leaf));
            }
        }

        private @Nullable Node firstLeaf(Hash hash) {
            try {
                Node node = NodeReader.read(nodes.format(), nodes.chunks().read(hash), hash);
                return node.isLeaf() ? node : firstLeaf(node.childHash(0));
            } catch (CorruptException | MissingChunkException unreadable) {
                return null;
            }
        }

        /// A name for a child together with the key before it: versions mostly say the same again.
        private static Hash pair(Node parent, int entry) {
            Hash child = parent.childHash(entry);
            long before = Xxh3.hash64(parent.bytes(), parent.keyStart(entry - 1), parent.keyLength(entry - 1), 0);
            return Hash.of(child.prefix(), child.second() ^ before, child.third(), child.fourth());
        }

        private void child(Node parent, int entry, boolean edge, byte[] after) {
            Hash hash = parent.childHash(entry);
            int level = parent.level() - 1;
            long fact = facts.node(
                    hash,
                    level,
                    parent.childContent(entry),
                    parent.bytes(),
                    parent.keyStart(entry),
                    parent.keyLength(entry));
            if (facts.provesAll(hash, fact, edge)) {
                return;
            }
            boolean known = facts.proves(hash, fact, edge);
            if (isNew(hash, known, edge)) {
                KeySpan span = span(parent, entry, after);
                Node node = read(hash, parent, entry, span);
                if (node != null) {
                    below(hash, node, known, edge, span.after());
                }
            }
        }

        private static KeySpan span(Node node, int entry, byte[] after) {
            return new KeySpan(entry == 0 ? after : node.key(entry - 1), node.key(entry));
        }

        private @Nullable Node read(Hash hash, @Nullable Node parent, int entry, KeySpan span) {
            byte[] bytes = chunk(hash, span);
            if (bytes == null) {
                return null;
            }
            try {
                return parent == null
                        ? NodeReader.read(nodes.format(), bytes, hash)
                        : NodeReader.readChild(nodes.format(), bytes, parent, entry);
            } catch (CorruptException wrong) {
                problems.invalid(hash, wrong);
                return null;
            }
        }

        private byte @Nullable [] chunk(Hash hash, KeySpan span) {
            try {
                return nodes.chunks().read(hash);
            } catch (CorruptException | MissingChunkException unreadable) {
                problems.unreadable(hash, span, unreadable);
                return null;
            }
        }

        private void value(Node leaf, int entry, byte[] after) {
            byte[] bytes = leaf.bytes();
            int start = leaf.cellStart(entry);
            if (!Cell.isInline(bytes, start)) {
                Blob blob = Cell.blob(bytes, start);
                if (!facts.provesAll(blob)) {
                    blobNode(blob.root(), -1, blob.length(), true, span(leaf, entry, after));
                }
            }
        }

        /// @param level -1 for a root
        private void blobNode(Hash hash, int level, long length, boolean edge, KeySpan span) {
            boolean known = level >= 0 && facts.proves(hash, facts.blob(hash, level, length), edge);
            boolean whole = level >= 0 && facts.provesAll(hash, facts.blob(hash, level, length), edge);
            if (whole || !isNew(hash, known, edge)) {
                return;
            }
            byte[] bytes = chunk(hash, span);
            if (bytes == null) {
                return;
            }
            try {
                BlobNode node = BlobNode.decode(bytes, hash, level, length);
                node.checkEnd(edge);
                if (level < 0 && node.count() == 1) {
                    throw new CorruptException("chunk " + hash, 4, "a root of two children or more", "one child");
                }
                for (int child = 0; child < node.count(); child++) {
                    boolean last = child == node.count() - 1;
                    long part = node.end(child) - node.start(child);
                    blobNode(node.child(child), node.level() - 1, part, edge && last, span);
                }
            } catch (CorruptException wrong) {
                problems.invalid(hash, wrong);
            }
        }
    }
}
