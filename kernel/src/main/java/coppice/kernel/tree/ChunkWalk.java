package coppice.kernel.tree;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Reads the chunks that trees have and trees known before have not, parents before children, and proves on the
/// way that each tree is the one tree of its rows: every node is valid, is what its parent says, begins behind what
/// is before it, and ends where the rule lets it end. So a tree that somebody else sent is complete and right when
/// the walk has come to its end.
///
/// A subtree is known when a known tree has it at the same place, which one descent by its last key tells; a chunk
/// that merely lies in the store proves nothing about what is below it. Costs a read of each new chunk and
/// O(height) steps in the known trees for each child of a new node; memory for some thousand inner nodes. Not
/// thread-safe.
public final class ChunkWalk {
    /// Where the chunks come from.
    public interface Source {
        /// Reads a chunk and checks it against its name. The array may be shared: nobody changes it.
        ///
        /// @throws CorruptException when its bytes have another name
        /// @throws coppice.kernel.store.MissingChunkException when there is no such chunk
        byte[] read(Hash hash);

        /// The same for several chunks; in the order in which they are asked for.
        default List<byte[]> readAll(List<Hash> hashes) {
            return hashes.stream().map(this::read).toList();
        }

        /// Reads a chunk and keeps it in a store.
        default byte[] bring(Hash hash, Chunks into) {
            byte[] chunk = read(hash);
            into.writeShared(hash, chunk);
            return chunk;
        }

        /// The same for several chunks.
        default List<byte[]> bringAll(List<Hash> hashes, Chunks into) {
            return hashes.stream().map(hash -> bring(hash, into)).toList();
        }

        /// Reads chunks of which nothing is wanted but that they are right: in any order, on any thread, and some not
        /// before [#settle()].
        default void pass(List<? extends Wanted> chunks) {
            chunks.forEach(chunk -> chunk.check(read(chunk.hash())));
        }

        /// The same, and keeps them in a store.
        default void carry(List<? extends Wanted> chunks, Chunks into) {
            chunks.forEach(chunk -> chunk.check(bring(chunk.hash(), into)));
        }

        /// Brings all there is, wanted or not, where that can be done faster than chunk by chunk.
        ///
        /// @param facts learns each chunk, of those too that are in the store already
        /// @param brought is told by the caller's thread how much came since; what it throws ends it
        /// @return whether it was done, and what was learnt is true of the store
        default boolean bringEverything(Chunks into, ChunkFacts facts, Brought brought) {
            return false;
        }

        /// Returns when everything has been read that was to be, or fails as that does.
        default void settle() {}

        /// Gives up what has not been read yet, and returns when nobody reads any more.
        default void abandon() {}
    }

    /// Is told of chunks that were brought.
    @FunctionalInterface
    public interface Brought {
        /// So many more, of so many bytes before compression.
        void more(long chunks, long bytes);
    }

    /// Some 1 KiB each, 17 at most.
    private static final int INNER_MAX = 8_192;

    /// How many chunks are read together at most, so many for each level of a tree.
    private static final int TOGETHER = 1_024;

    /// What is before the first key of a tree.
    private static final byte[] NO_KEY = {};

    private final Nodes nodes;
    private final Source source;
    private final Predicate<Hash> enter;
    private final Claims claims = new Claims();
    private List<Known> known = List.of();
    /// Inner nodes of the trees that were walked or looked into last: the next one is compared with them.
    private final Map<Hash, Node> inner = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Hash, Node> eldest) {
            return size() > INNER_MAX;
        }
    };

    /// What is known of chunks that are here, with all below them.
    private @Nullable ChunkFacts facts;

    /// Whether leaves of the tree at hand may be read later.
    private boolean later;

    /// @param nodes the known trees
    /// @param source the others
    /// @param enter is asked before a chunk is read, with a name for all that is said of it there; where it says
    ///     no, that chunk and all below it are left out (they have been read before, where the same was said)
    public ChunkWalk(Nodes nodes, Source source, Predicate<Hash> enter) {
        this.nodes = nodes;
        this.source = source;
        this.enter = enter;
    }

    /// Says what has been proved of chunks that are here: trees are known of which that is all.
    public void knowing(ChunkFacts proved) {
        facts = proved;
    }

    /// Walks one tree.
    ///
    /// @param root its root
    /// @param bases known trees that are likely to share much with it
    /// @throws CorruptException at the first thing that is wrong
    public void tree(Hash root, List<Tree> bases) {
        walk(root, bases, false);
    }

    /// The same, but for leaves of which nothing follows: those may be read later; see [Source#pass].
    public void rows(Hash root, List<Tree> bases) {
        walk(root, bases, true);
    }

    private void walk(Hash root, List<Tree> bases, boolean leavesLater) {
        boolean isKnown = bases.stream().anyMatch(base -> base.root().equals(root));
        if (isKnown || root.equals(Nodes.EMPTY_ROOT) || isProved(root) || !enter.test(claims.root(root))) {
            return;
        }
        known = bases.stream().filter(base -> !base.isEmpty()).map(Known::new).toList();
        Node node = NodeReader.read(nodes.format(), source.read(root), root);
        if (!node.isLeaf() && node.count() == 1) {
            throw new CorruptException("tree node " + root, -1, "a root of two children or more", "one child");
        }
        later = leavesLater;
        below(List.of(new Standing(root, node, true, NO_KEY)));
    }

    private boolean isProved(Hash root) {
        ChunkFacts proved = facts;
        return proved != null && proved.provesTree(root);
    }

    /// A node, and where it stands.
    ///
    /// @param edge whether it is the last of its level
    /// @param before the last key before it
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Standing(Hash hash, Node node, boolean edge, byte[] before) {
        boolean ends(int entry) {
            return edge && entry == node.count() - 1;
        }

        byte[] before(int entry) {
            return entry == 0 ? before : node.key(entry - 1);
        }
    }

    /// A child that is to be looked into.
    private record Child(Standing parent, int entry) {
        Hash hash() {
            return parent.node.childHash(entry);
        }
    }

    /// Looks into nodes of one level.
    private void below(List<Standing> standing) {
        List<Child> children = new ArrayList<>();
        List<Leaf> leaves = new ArrayList<>();
        for (Standing parent : standing) {
            NodeEnds.check(nodes.splitter(), parent.hash, parent.node, parent.edge);
            if (parent.node.isLeaf()) {
                blobs(parent.node);
            } else {
                gather(parent, children, leaves);
            }
            if (leaves.size() >= TOGETHER) {
                source.pass(List.copyOf(leaves));
                leaves.clear();
            }
            if (children.size() >= TOGETHER) {
                descend(children);
                children.clear();
            }
        }
        if (!leaves.isEmpty()) {
            source.pass(leaves);
        }
        if (!children.isEmpty()) {
            descend(children);
        }
    }

    private void gather(Standing parent, List<Child> children, List<Leaf> leaves) {
        Node node = parent.node;
        for (int entry = 0; entry < node.count(); entry++) {
            boolean ends = parent.ends(entry);
            if (isKnown(node, entry, ends, parent.before)
                    || (facts != null && facts.provesChild(node, entry, ends))
                    || !enter.test(claims.child(node, entry, ends, parent.before))) {
                continue;
            }
            if (later && node.level() == 1 && !node.childHasBlobs(entry)) {
                leaves.add(new Leaf(nodes, node.childHash(entry), node, entry, ends, parent.before));
            } else {
                children.add(new Child(parent, entry));
            }
        }
    }

    private void descend(List<Child> children) {
        List<byte[]> chunks = source.readAll(children.stream().map(Child::hash).toList());
        List<Standing> below = new ArrayList<>(children.size());
        for (int i = 0; i < chunks.size(); i++) {
            Standing parent = children.get(i).parent;
            int entry = children.get(i).entry;
            Hash hash = children.get(i).hash();
            Node child = NodeReader.readChild(nodes.format(), chunks.get(i), parent.node, entry);
            if (child.isLeaf()) {
                NodeEnds.checkBeginning(hash, child, parent.node, entry, parent.before);
            }
            keep(hash, child);
            below.add(new Standing(hash, child, parent.ends(entry), parent.before(entry)));
        }
        below(below);
    }

    /// A leaf without values out of line: nothing else follows from it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Leaf(Nodes nodes, Hash hash, Node parent, int entry, boolean edge, byte[] before) implements Wanted {
        @Override
        public void check(byte[] chunk) {
            Node leaf = NodeReader.readChild(nodes.format(), chunk, parent, entry);
            NodeEnds.checkBeginning(hash, leaf, parent, entry, before);
            NodeEnds.check(nodes.splitter(), hash, leaf, edge);
        }
    }

    private boolean isKnown(Node node, int entry, boolean edge, byte[] before) {
        for (Known tree : known) {
            if (tree.hasChild(node, entry, edge, before)) {
                return true;
            }
        }
        return false;
    }

    private void blobs(Node leaf) {
        for (int entry = 0; entry < leaf.count(); entry++) {
            int start = leaf.cellStart(entry);
            if (!Cell.isInline(leaf.bytes(), start)) {
                blob(Cell.blob(leaf.bytes(), start), leaf.key(entry));
            }
        }
    }

    /// Walks the blob under a key. It shares with those that the known trees have under the same key.
    private void blob(Blob blob, byte[] key) {
        Set<Hash> shared = new HashSet<>();
        for (Known tree : known) {
            Blob other = tree.blob(key);
            if (blob.equals(other)) {
                return;
            }
            if (other != null) {
                claims(other.root(), -1, other.length(), true, shared);
            }
        }
        blob(blob.root(), -1, blob.length(), true, shared);
    }

    private void blob(Hash hash, int level, long length, boolean edge, Set<Hash> shared) {
        Hash claim = claims.blob(hash, level, length, edge);
        if (shared.contains(claim) || !enter.test(claim)) {
            return;
        }
        BlobNode node = BlobNode.decode(source.read(hash), hash, level, length);
        node.checkEnd(edge);
        if (level < 0 && node.count() == 1) {
            throw new CorruptException("chunk " + hash, 4, "a root of two children or more", "one child");
        }
        int last = node.count() - 1;
        for (int child = 0; child <= last; child++) {
            long part = node.end(child) - node.start(child);
            blob(node.child(child), node.level() - 1, part, edge && child == last, shared);
        }
    }

    /// Adds what is said of the chunks of a known blob. Reads index chunks, and no data chunk but a root.
    private void claims(Hash hash, int level, long length, boolean edge, Set<Hash> into) {
        into.add(claims.blob(hash, level, length, edge));
        if (level == 0) {
            return;
        }
        BlobNode node = BlobNode.decode(nodes.chunks().read(hash), hash, level, length);
        int last = node.count() - 1;
        for (int child = 0; child <= last; child++) {
            long part = node.end(child) - node.start(child);
            claims(node.child(child), node.level() - 1, part, edge && child == last, into);
        }
    }

    /// A known tree. Remembers the node it looked into last on each level: asked in the order of keys, it descends
    /// once a node.
    private final class Known {
        private final Tree tree;
        private final @Nullable Node[] last;
        /// The last key before each of them.
        private final byte[][] before;
        /// Where the next child is likely to be in it.
        private final int[] next;
        /// The last key before the node that was descended to last.
        private byte[] descended = NO_KEY;

        Known(Tree tree) {
            this.tree = tree;
            this.last = new Node[tree.height()];
            this.next = new int[tree.height()];
            this.before = new byte[tree.height()][];
        }

        /// Whether the child of a new node is here too, at the same place. The last node of a level may end
        /// anywhere here, and must then be the last one there as well; and what is before it there must not be
        /// after what is before it here.
        ///
        /// @param lower the last key before the new node
        boolean hasChild(Node parent, int entry, boolean edge, byte[] lower) {
            int level = parent.level();
            if (level >= last.length) {
                return false;
            }
            Node node = last[level];
            // The same node has the same last key, so it is at the same place.
            if (node != null && next[level] < node.count() && node.sameChild(next[level], parent, entry)) {
                next[level]++;
                return mayEnd(parent, entry, edge) && mayBegin(level, next[level] - 1, parent, entry, lower);
            }
            byte[] key = parent.key(entry);
            int found = node == null ? 0 : node.search(key);
            if (node == null || found == node.count() || (found == 0 && !node.isAt(0, key))) {
                node = descend(key, level);
                if (node == null) {
                    return false;
                }
                last[level] = node;
                before[level] = descended;
                found = node.search(key);
            }
            boolean isAt = node.isAt(found, key);
            next[level] = isAt ? found + 1 : found;
            return isAt
                    && node.sameChild(found, parent, entry)
                    && mayEnd(parent, entry, edge)
                    && mayBegin(level, found, parent, entry, lower);
        }

        /// Whether what is before a child there is before its first key: it is, if it is not after what is before it
        /// here.
        private boolean mayBegin(int level, int found, Node parent, int entry, byte[] lower) {
            Node node = Objects.requireNonNull(last[level]);
            if (found > 0) {
                return entry > 0
                        ? node.compareKey(found - 1, parent, entry - 1) >= 0
                        : node.compareKey(found - 1, lower) >= 0;
            }
            return entry > 0
                    ? parent.compareKey(entry - 1, before[level]) <= 0
                    : Arrays.compareUnsigned(lower, before[level]) <= 0;
        }

        /// Whether a node that is here too may stand where it stands there: at the end, or not at the end here.
        private boolean mayEnd(Node parent, int entry, boolean edge) {
            return edge || !tree.rootNode().sameKey(tree.rootNode().count() - 1, parent, entry);
        }

        /// The value under a key if it is a blob.
        @Nullable
        Blob blob(byte[] key) {
            Node leaf = descend(key, 0);
            if (leaf == null) {
                return null;
            }
            int entry = leaf.search(key);
            boolean isBlob = leaf.isAt(entry, key) && !Cell.isInline(leaf.bytes(), leaf.cellStart(entry));
            return isBlob ? Cell.blob(leaf.bytes(), leaf.cellStart(entry)) : null;
        }

        /// The node of a level under which the key is, or null when all keys are before it.
        private @Nullable Node descend(byte[] key, int level) {
            Node node = tree.rootNode();
            descended = NO_KEY;
            while (node.level() > level) {
                int entry = node.search(key);
                // A leaf without blobs has none to be known; and may not have been read yet.
                if (entry == node.count() || (node.level() == 1 && !node.childHasBlobs(entry))) {
                    return null;
                }
                descended = entry == 0 ? descended : node.key(entry - 1);
                node = child(node, entry);
            }
            return node;
        }

        private Node child(Node node, int entry) {
            if (node.level() == 1) {
                return nodes.passing(node, entry);
            }
            Hash hash = node.childHash(entry);
            Node kept = inner.get(hash);
            if (kept == null) {
                kept = nodes.passing(node, entry);
                keep(hash, kept);
            }
            return kept;
        }
    }

    private void keep(Hash hash, Node node) {
        if (!node.isLeaf()) {
            inner.put(hash, node);
        }
    }
}
