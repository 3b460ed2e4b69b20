package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.bytes.Xxh3;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was learnt of chunks while all of them were read: so much that [TreeAudit] can prove trees afterwards,
/// mostly without reading any of their nodes again.
///
/// Of a sound node or blob chunk it keeps 24 bytes: the beginning of its hash; a fingerprint of what its parent
/// must say of it (level, content, last key), with bits that say whether it ends where the rule lets it end or
/// only where its entries do, and whether all below it is known to be as it says; and its [FirstKey], by which
/// nodes that overlap are found out. All that is found out at once where children come before their parents, as
/// they are written; parents that come too early wait. Of an inner node only that is looked at in which it differs
/// from the last version of it. Heap: 36 to 72 bytes a chunk of about 4 KiB, up to 16 MiB for what waits, and as
/// much of [EarlierNodes]. A chunk that is not as it should be leaves nothing behind: whoever needs it reads it
/// again, and finds out what is wrong.
///
/// The fingerprint has 58 bits and is keyed: who does not know the secret cannot make up two things that look
/// alike.
///
/// Thread-safe. Learn first, then [#settle], then ask.
public final class ChunkFacts {
    /// It may only be the last of its level.
    static final long OPEN = 1;

    private static final long SEEN_INSIDE = 2;
    private static final long SEEN_AT_EDGE = 4;
    /// All below it is known.
    private static final long WHOLE = 8;

    /// It has one child, and so is no root.
    private static final long ONLY_CHILD = 16;
    /// It is a node, no part of a blob.
    private static final long NODE = 32;

    private static final long FLAGS = OPEN | SEEN_INSIDE | SEEN_AT_EDGE | WHOLE | ONLY_CHILD | NODE;
    private static final long DISPUTED = ~FLAGS;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int BLOB_LEVELS = 128;
    private static final byte[] NO_KEY = {};

    /// From how many bytes of parents on that wait they are asked again, and how many may wait at most.
    private static final int WAITING_MIN = 1 << 20;

    private static final int WAITING_MAX = 16 << 20;

    private final TreeFormat format;
    private final Splitter splitter;
    private final long secret;
    private final FactTable table = new FactTable();
    private final EarlierNodes earlier;
    private final Object lock = new Object();
    private List<Waiting> waiting = new ArrayList<>(); // guarded by lock
    private long waitingBytes; // guarded by lock
    private long askAgainAt = WAITING_MIN; // guarded by lock

    /// Nothing is known yet, of chunks that nobody forges.
    public ChunkFacts() {
        this(0);
    }

    /// Nothing is known yet.
    ///
    /// @param secret a random number that whoever made the chunks cannot know
    public ChunkFacts(long secret) {
        this(TreeFormat.V2, secret, new EarlierNodes(EarlierNodes.LENGTH_MAX));
    }

    ChunkFacts(TreeFormat format, long secret, EarlierNodes earlier) {
        this.format = format;
        this.splitter = new Splitter(format);
        this.secret = secret;
        this.earlier = earlier;
    }

    /// A sound chunk of which not all that is below was known yet.
    private record Waiting(Hash hash, byte[] chunk, long fact) {
        /// How far above the lowest that may wait: what is below a chunk has a lower one.
        int level() {
            return chunk[0] == NodeLayout.TAG
                    ? BlobNode.LEVEL_MAX + 1 + chunk[NodeLayout.AT_LEVEL]
                    : chunk[BlobNode.AT_LEVEL];
        }
    }

    /// What a chunk says: the fact, 0 for none, and the first key.
    record Learnt(long fact, long first) {
        static final Learnt NOTHING = new Learnt(0, FirstKey.UNKNOWN);
    }

    /// Learns what a chunk says, if it is a sound part of a tree or a blob. `chunk` has this hash.
    public void learn(Hash hash, byte[] chunk) {
        learn(hash, chunk, chunk.length);
    }

    /// As above, of the first bytes of an array, which is only lent. Allocates next to nothing for most nodes.
    public void learn(Hash hash, byte[] bytes, int length) {
        note(hash, bytes, length, next(hash, bytes, length));
    }

    /// Learns what versions of one thing say, that lie one after the other: what one has in common with the one
    /// before it is not looked at again.
    ///
    /// @param ends where each of them ends, and the next begins; the first begins at 0
    public void learn(Hash[] hashes, byte[] content, int[] ends) {
        Learnt before = Learnt.NOTHING;
        byte[] previous = Bytes.EMPTY;
        int start = 0;
        for (int version = 0; version < ends.length; version++) {
            byte[] bytes = Arrays.copyOfRange(content, start, ends[version]);
            Learnt learnt = before.fact == 0 ? null : changed(hashes[version], bytes, bytes.length, previous, before);
            if (learnt == null) {
                learnt = next(hashes[version], bytes, bytes.length);
            }
            note(hashes[version], bytes, bytes.length, learnt);
            before = learnt;
            previous = bytes;
            start = ends[version];
        }
    }

    /// What a chunk says, which may be the next version of an inner node that was looked at.
    private Learnt next(Hash hash, byte[] bytes, int length) {
        if (!earlier.suits(bytes, length)) {
            return read(hash, bytes, length);
        }
        int place = EarlierNodes.place(bytes, length);
        EarlierNodes.Earlier last = earlier.at(place);
        Learnt learnt = last == null ? null : changed(hash, bytes, length, last.bytes(), last.learnt());
        if (learnt == null) {
            learnt = read(hash, bytes, length);
        }
        if ((learnt.fact & WHOLE) != 0) {
            earlier.keep(place, bytes, length, learnt);
        }
        return learnt;
    }

    private void note(Hash hash, byte[] bytes, int length, Learnt learnt) {
        long fact = learnt.fact;
        if (fact != 0) {
            put(hash, learnt);
            if ((fact & WHOLE) == 0) {
                enqueue(new Waiting(hash, Arrays.copyOf(bytes, length), fact));
            }
        }
    }

    /// What a version says of which the one before it, `earlier`, was found sound; null if they have too little in
    /// common to tell.
    private @Nullable Learnt changed(Hash hash, byte[] bytes, int length, byte[] earlier, Learnt before) {
        if (bytes[0] != NodeLayout.TAG || length != earlier.length) {
            return null;
        }
        int same = Arrays.mismatch(bytes, 0, length, earlier, 0, length);
        if (same < NodeLayout.HEADER) {
            return null;
        }
        int level = earlier[NodeLayout.AT_LEVEL];
        int count = Bytes.u16(earlier, NodeLayout.AT_COUNT);
        int keysAt = NodeLayout.keysAt(level, count);
        if (level == 0) {
            return same >= Node.lent(earlier, length).cellStart(0) ? changedCells(hash, bytes, length, before) : null;
        }
        boolean isLike = same >= NodeLayout.hashesAt(count)
                && (before.fact & WHOLE) != 0
                && Arrays.equals(bytes, keysAt, length, earlier, keysAt, length);
        return isLike ? changedChildren(hash, Node.lent(bytes, length), earlier, before) : null;
    }

    /// Of a leaf with the same keys, and cells of the same lengths.
    private Learnt changedCells(Hash hash, byte[] bytes, int length, Learnt before) {
        Node node = Node.lent(bytes, length);
        try {
            for (int entry = 0; entry < node.count(); entry++) {
                Cell.check(bytes, node.cellStart(entry), node.cellEnd(entry), format.inlineLimit(), hash);
            }
        } catch (CorruptException _) {
            return Learnt.NOTHING;
        }
        long content = node.content();
        return new Learnt(said(hash, node, content) | flags(before) | values(node, content), before.first);
    }

    /// Of an inner node with the same keys and counts, above children that are known.
    private @Nullable Learnt changedChildren(Hash hash, Node node, byte[] earlier, Learnt before) {
        int last = node.count() - 1;
        if (!isSame(node, last, earlier)) {
            return null; // it may end elsewhere
        }
        long whole = WHOLE;
        for (int entry = 0; entry < last; entry++) {
            if (!isSame(node, entry, earlier) && !isChildWhole(node, entry)) {
                whole = 0;
            }
        }
        long first = isSame(node, 0, earlier) ? before.first : FirstKey.of(node, firstKey(node, 0));
        return new Learnt(said(hash, node, node.content()) | flags(before) | whole, first);
    }

    /// Whether a child is the one that stands at the same place in the bytes of another node.
    private static boolean isSame(Node node, int entry, byte[] other) {
        int at = node.childHashAt(entry);
        return Arrays.equals(node.bytes(), at, at + Hash.BYTES, other, at, at + Hash.BYTES);
    }

    private boolean isChildWhole(Node parent, int entry) {
        return entry == 0
                ? isWhole(known(parent.childHash(0)), said(parent, 0), false)
                : provesChild(parent, entry, false);
    }

    private static long flags(Learnt learnt) {
        return learnt.fact & (OPEN | ONLY_CHILD | NODE);
    }

    private Learnt read(Hash hash, byte[] bytes, int length) {
        try {
            return switch (bytes[0]) {
                case NodeLayout.TAG -> ofNode(hash, NodeReader.readLent(format, bytes, length, hash));
                case BlobNode.DATA_TAG, BlobNode.INDEX_TAG ->
                    new Learnt(ofBlob(hash, BlobNode.decode(Arrays.copyOf(bytes, length), hash)), FirstKey.UNKNOWN);
                default -> Learnt.NOTHING;
            };
        } catch (CorruptException _) {
            // Its hash is right, so it was written so. Whoever refers to it will look at it.
            return Learnt.NOTHING;
        }
    }

    private void put(Hash hash, Learnt learnt) {
        long fact = learnt.fact;
        table.change(hash.prefix(), learnt.first, known -> {
            if (known == 0 || (known & ~FLAGS) == (fact & ~FLAGS)) {
                return known | fact;
            }
            return DISPUTED;
        });
    }

    private void enqueue(Waiting next) {
        synchronized (lock) {
            waiting.add(next);
            waitingBytes += next.chunk.length;
            if (waitingBytes <= askAgainAt) {
                return;
            }
        }
        List<Waiting> rest = again();
        long bytes = rest.stream().mapToLong(one -> one.chunk.length).sum();
        synchronized (lock) {
            if (bytes < WAITING_MAX / 2) {
                waiting.addAll(rest);
                waitingBytes += bytes;
            } // else they would be asked too often: they are read again by whoever needs them
            askAgainAt = Math.max(WAITING_MIN, 2 * waitingBytes);
        }
    }

    /// Asks again, the lowest first, and returns what still lacks children.
    private List<Waiting> again() {
        List<Waiting> all;
        synchronized (lock) {
            all = waiting;
            waiting = new ArrayList<>();
            waitingBytes = 0;
        }
        all.sort(Comparator.comparingInt(Waiting::level));
        return all.stream().filter(this::stillLacks).toList();
    }

    private boolean stillLacks(Waiting one) {
        if (one.chunk[0] != NodeLayout.TAG) {
            return notWhole(
                    one.hash, new Learnt(ofBlob(one.hash, BlobNode.decode(one.chunk, one.hash)), FirstKey.UNKNOWN));
        }
        Node node = new Node(one.chunk); // which was found to be one
        return notWhole(
                one.hash,
                node.isLeaf()
                        ? new Learnt(one.fact | values(node, node.content()), FirstKey.UNKNOWN)
                        : new Learnt(one.fact | children(node), FirstKey.of(node, firstKey(node, 0))));
    }

    private boolean notWhole(Hash hash, Learnt learnt) {
        put(hash, learnt);
        return (learnt.fact & WHOLE) == 0;
    }

    /// Says that all has been learnt.
    public void settle() {
        again();
    }

    private Learnt ofNode(Hash hash, Node node) {
        if (node.count() == 0) {
            return Learnt.NOTHING;
        }
        int last = node.count() - 1;
        int end = NodeEnds.firstEnd(splitter, node);
        if (end < last) {
            return Learnt.NOTHING;
        }
        long flags = (end == last ? 0 : OPEN) | (!node.isLeaf() && last == 0 ? ONLY_CHILD : 0) | NODE;
        long content = node.content();
        long said = said(hash, node, content);
        return node.isLeaf()
                ? new Learnt(said | flags | values(node, content), FirstKey.of(node))
                : new Learnt(said | flags | children(node), FirstKey.of(node, firstKey(node, 0)));
    }

    /// What follows for a node from what is known of its children.
    private long children(Node node) {
        int last = node.count() - 1;
        if ((known(node.childHash(0)) & WHOLE) == 0) {
            return 0;
        }
        // All at once: were each compared before the next is looked for, each would wait for memory.
        long[] known = table.findAll(last + 1, entry -> node.childHash(entry).prefix());
        for (int entry = 0; entry <= last; entry++) {
            if (!isWhole(known[2 * entry], said(node, entry), entry == last)
                    || (entry > 0 && FirstKey.order(known[2 * entry + 1], node, entry) != FirstKey.Order.BEHIND)) {
                return 0;
            }
        }
        return WHOLE | (known[2 * last] & OPEN);
    }

    /// What the parent of a node must say of it.
    private long said(Hash hash, Node node, long content) {
        int last = node.count() - 1;
        return node(hash, node.level(), content, node.bytes(), node.keyStart(last), node.keyLength(last));
    }

    /// What a parent says of a child.
    private long said(Node parent, int entry) {
        return node(
                parent.childHash(entry),
                parent.level() - 1,
                parent.childContent(entry),
                parent.bytes(),
                parent.keyStart(entry),
                parent.keyLength(entry));
    }

    private long firstKey(Node parent, int entry) {
        Hash child = parent.childHash(entry);
        return (known(child) & ~FLAGS) == said(parent, entry) ? knownFirst(child) : FirstKey.UNKNOWN;
    }

    /// Whether a child, not the first, is known to begin behind all that its parent has before it.
    FirstKey.Order order(Node parent, int entry) {
        return FirstKey.order(firstKey(parent, entry), parent, entry);
    }

    /// Whether a child, not the first, and all below it is known to be as its parent says, and behind what is
    /// before it.
    ///
    /// @param edge whether it is the last of its level
    boolean provesChild(Node parent, int entry, boolean edge) {
        Hash child = parent.childHash(entry);
        return entry > 0
                && isWhole(known(child), said(parent, entry), edge)
                && FirstKey.order(knownFirst(child), parent, entry) == FirstKey.Order.BEHIND;
    }

    private long values(Node leaf, long content) {
        if (content < 0) {
            for (int entry = 0; entry < leaf.count(); entry++) {
                int start = leaf.cellStart(entry);
                if (!Cell.isInline(leaf.bytes(), start) && !provesAll(Cell.blob(leaf.bytes(), start))) {
                    return 0;
                }
            }
        }
        return WHOLE;
    }

    /// Whether all of a blob is known to be as it has to be.
    boolean provesAll(Blob blob) {
        long known = known(blob.root());
        int level = 0;
        while (level < BlobNode.LEVEL_MAX && (known & ~FLAGS) != blob(blob.root(), level, blob.length())) {
            level++;
        }
        return (known & ONLY_CHILD) == 0 && isWhole(known, blob(blob.root(), level, blob.length()), true);
    }

    private static boolean isWhole(long known, long fact, boolean edge) {
        return (known & ~FLAGS) == fact && (known & WHOLE) != 0 && (edge || (known & OPEN) == 0);
    }

    private long ofBlob(Hash hash, BlobNode node) {
        long flags = (node.level() == 0 ? WHOLE : parts(node)) | (node.count() == 1 ? ONLY_CHILD : 0);
        return switch (node.end()) {
            case CLOSED -> blob(hash, node.level(), node.length()) | flags;
            case OPEN -> blob(hash, node.level(), node.length()) | flags | OPEN;
            case WRONG -> 0;
        };
    }

    private long parts(BlobNode node) {
        long known = 0;
        for (int child = 0; child < node.count(); child++) {
            Hash hash = node.child(child);
            known = known(hash);
            long fact = blob(hash, node.level() - 1, node.end(child) - node.start(child));
            if (!isWhole(known, fact, child == node.count() - 1)) {
                return 0;
            }
        }
        return WHOLE | (known & OPEN);
    }

    /// The fact of a sound, closed node of which this is true.
    long node(Hash hash, int level, long content, byte[] key, int at, int length) {
        return fact(Xxh3.hash64(key, at, length, seed(hash, level, content)));
    }

    /// The fact of a sound, closed blob chunk of which this is true.
    long blob(Hash hash, int level, long length) {
        return fact(Xxh3.hash64(NO_KEY, 0, 0, seed(hash, BLOB_LEVELS + level, length)));
    }

    private long seed(Hash hash, int level, long content) {
        return mixed(mixed(content ^ secret) + level) ^ hash.second();
    }

    /// A one-to-one mixing of 64 bits.
    private static long mixed(long bits) {
        long mixed = (bits ^ (bits >>> 32)) * MIX;
        mixed = (mixed ^ (mixed >>> 29)) * MIX;
        return mixed ^ (mixed >>> 32);
    }

    private static long fact(long fingerprint) {
        long fact = fingerprint & ~FLAGS;
        return fact == 0 ? FLAGS + 1 : fact;
    }

    /// The fact that is known of a chunk, with its flags; 0 for none.
    long known(Hash hash) {
        return table.find(hash.prefix());
    }

    /// What is known of the first key under a chunk.
    long knownFirst(Hash hash) {
        return table.more(hash.prefix());
    }

    /// Whether the chunk is known to be the root of a tree of which everything is as it has to be.
    boolean provesTree(Hash root) {
        long known = known(root);
        return (known & (WHOLE | NODE | ONLY_CHILD)) == (WHOLE | NODE);
    }

    /// As [#proves], of the chunk and all below it.
    boolean provesAll(Hash hash, long fact, boolean edge) {
        return isWhole(known(hash), fact, edge);
    }

    /// Whether the chunk is known to be just what the fact says, and may stand here.
    ///
    /// @param edge whether it is the last of its level
    boolean proves(Hash hash, long fact, boolean edge) {
        long known = known(hash);
        return (known & ~FLAGS) == fact && (edge || (known & OPEN) == 0);
    }

    /// Notes that what is below a known chunk is looked at; false when it has been before.
    boolean enter(Hash hash, boolean edge) {
        // Inside of a level everything below must be closed: more than at its edge.
        long enough = edge ? SEEN_INSIDE | SEEN_AT_EDGE : SEEN_INSIDE;
        long seen = edge ? SEEN_AT_EDGE : SEEN_INSIDE;
        return (table.change(hash.prefix(), known -> known | seen) & enough) == 0;
    }
}
