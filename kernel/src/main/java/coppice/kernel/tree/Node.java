package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One node of a tree, read in place: the bytes of its chunk and a few integers decoded once. Immutable but for
/// the links to loaded children and the leaves among them that are near, which are a cache.
///
/// Entries are numbered from 0. In a leaf an entry is a key and a cell; in an inner node it is the last key under
/// a child, how many rows are under it, and the hash of it.
final class Node {
    private static final int LINE_BYTES = 64;
    /// What a leaf takes that is near, about, in bytes: counted with its parent, before it is.
    private static final int NEAR_BYTES = 17;

    private static final long[] NO_WORDS = {};
    private static final @Nullable Link[] NO_LINKS = {};

    private final byte[] bytes;
    private final byte level;
    private final byte endShift;
    private final char count;
    private final char common;
    private final int keysAt;
    /// Leaves: what [Leaf] works out from the bytes.
    private final long shape;
    /// Inner nodes: what all keys begin with, or its first eight bytes, as [#words]: to look at the bytes
    /// themselves may be to wait for memory.
    private final long beginning;

    private final long rows;
    /// Inner nodes: the eight bytes of each key behind the common prefix, as a number whose signed order is the
    /// key order.
    private final long[] words;
    /// Inner nodes: the places of the children; an element is null until the child is first wanted.
    private final @Nullable Link[] links;

    /// Inner nodes: the leaves among the children that are near, once one is.
    private @Nullable Leaves leaves;

    /// Inner nodes: whether others may have those, and no more are to come.
    private boolean isReleased;

    /// Takes over bytes that are known to be a valid node (just encoded, or checked by [NodeReader]).
    Node(byte[] bytes) {
        this(bytes, new Link[bytes[NodeLayout.AT_LEVEL] == 0 ? 0 : Bytes.u16(bytes, NodeLayout.AT_COUNT)]);
    }

    /// As above, for an inner node whose children may be at hand. Takes over `links`.
    Node(byte[] bytes, @Nullable Link[] links) {
        this(bytes, bytes.length, links);
    }

    /// A node that is the first `length` bytes of an array, to be looked at but neither searched nor kept.
    static Node lent(byte[] bytes, int length) {
        return new Node(bytes, length, NO_LINKS);
    }

    private Node(byte[] bytes, int length, @Nullable Link[] links) {
        this.bytes = bytes;
        this.level = bytes[NodeLayout.AT_LEVEL];
        this.count = (char) Bytes.u16(bytes, NodeLayout.AT_COUNT);
        this.common = (char) Bytes.u16(bytes, NodeLayout.AT_COMMON);
        this.endShift = (byte) NodeLayout.endShift(level);
        this.keysAt = NodeLayout.keysAt(level, count);
        if (level == 0) {
            this.rows = count;
            this.shape = Leaf.shape(bytes, length);
            this.beginning = 0;
            this.words = NO_WORDS;
            this.links = NO_LINKS;
        } else {
            this.shape = 0;
            this.beginning = KeyWord.of(bytes, keysAt, keysAt + common);
            this.links = links;
            this.words = links.length == 0 ? NO_WORDS : new long[count];
            for (int i = 0; i < words.length; i++) {
                words[i] = KeyWord.of(bytes, keyStart(i) + common, keyEnd(i));
            }
            long sum = 0;
            for (int i = 0; i < count; i++) {
                sum += childRows(i);
            }
            this.rows = sum;
        }
    }

    /// The bytes of the chunk. Not to be written to.
    byte[] bytes() {
        return bytes;
    }

    /// 0 for a leaf.
    int level() {
        return level;
    }

    boolean isLeaf() {
        return level == 0;
    }

    /// Entries in this node.
    int count() {
        return count;
    }

    /// Rows in the subtree below (in a leaf: [#count]).
    long rows() {
        return rows;
    }

    private int endAt(int entry) {
        return NodeLayout.HEADER + (entry << endShift);
    }

    /// Where in [#bytes] a key begins.
    int keyStart(int entry) {
        return entry == 0 ? keysAt : keysAt + Bytes.u16(bytes, endAt(entry - 1));
    }

    int keyEnd(int entry) {
        return keysAt + Bytes.u16(bytes, endAt(entry));
    }

    int keyLength(int entry) {
        return keyEnd(entry) - keyStart(entry);
    }

    /// A copy of a key.
    byte[] key(int entry) {
        return Arrays.copyOfRange(bytes, keyStart(entry), keyEnd(entry));
    }

    /// Leaves only.
    int cellStart(int entry) {
        return Leaf.cellStart(bytes, shape, entry);
    }

    /// Leaves only.
    int cellEnd(int entry) {
        return Leaf.cellEnd(bytes, shape, entry);
    }

    /// Leaves only: what [Leaf] works out from the bytes.
    long shape() {
        return shape;
    }

    /// Inner nodes only: rows under a child.
    long childRows(int entry) {
        return childContent(entry) & Long.MAX_VALUE;
    }

    /// Inner nodes only: whether a row under a child has its value out of line.
    boolean childHasBlobs(int entry) {
        return childContent(entry) < 0;
    }

    /// Inner nodes only: what [#content] of a child must be.
    long childContent(int entry) {
        return Bytes.i64(bytes, NodeLayout.rowsAt(count) + entry * Long.BYTES);
    }

    /// What the parent notes about this node besides its last key and its hash: the number of rows, and in the
    /// highest bit whether any of them has its value out of line.
    long content() {
        boolean blobs = false;
        for (int entry = 0; entry < count && !blobs; entry++) {
            blobs = level == 0 ? !Cell.isInline(bytes, cellStart(entry)) : childHasBlobs(entry);
        }
        return blobs ? rows | Long.MIN_VALUE : rows;
    }

    /// Inner nodes only: where in [#bytes] the hash of a child is.
    int childHashAt(int entry) {
        return NodeLayout.hashesAt(count) + entry * Hash.BYTES;
    }

    /// Inner nodes only.
    Hash childHash(int entry) {
        return Hash.read(bytes, childHashAt(entry));
    }

    /// Inner nodes only: whether two children are the same node.
    boolean sameChild(int entry, Node other, int otherEntry) {
        return Bytes.equal(
                bytes, childHashAt(entry), Hash.BYTES, other.bytes, other.childHashAt(otherEntry), Hash.BYTES);
    }

    /// Inner nodes only: the place of a child, made when there is none yet.
    Link link(int entry) {
        Link link = links[entry];
        if (link == null) {
            link = new Link();
            links[entry] = link;
        }
        return link;
    }

    /// Inner nodes only: the place of a child, or null when nobody wanted it yet.
    @Nullable
    Link linkOrNull(int entry) {
        return links[entry];
    }

    /// Inner nodes only: the bytes of a leaf that is near, and wanted for itself; null when it is not near.
    byte @Nullable [] near(int entry) {
        Leaves known = leaves;
        return known == null ? null : known.find(entry);
    }

    /// Inner nodes only: the shape, as [Leaf] takes it, of a leaf whose bytes are at hand.
    long shape(int entry, byte[] leaf) {
        Leaves known = leaves;
        long near = known == null ? 0 : known.shape(entry);
        return near == 0 ? Leaf.shape(leaf, leaf.length) : near;
    }

    /// Inner nodes only: the place for leaves that are near. For [NodeCache], under its lock.
    Leaves leaves() {
        Leaves known = leaves;
        if (known == null) {
            known = new Leaves(count);
            leaves = known;
        }
        return known;
    }

    /// Whether leaves may come near; a hint, but for [NodeCache].
    boolean takesLeaves() {
        return !isReleased;
    }

    /// Lets others have the leaves that are near, and takes no more. For [NodeCache], under its lock.
    void releaseLeaves() {
        isReleased = true;
        if (leaves != null) {
            leaves.release();
        }
    }

    /// Encoded size of a node that had only the first `entries` entries of this one.
    int sizeOf(int entries) {
        if (entries == 0) {
            return NodeLayout.HEADER;
        }
        int size = NodeLayout.keysAt(level, entries) + keyEnd(entries - 1) - keysAt;
        return level == 0 ? size + cellEnd(entries - 1) - cellStart(0) : size;
    }

    /// The first entry whose key is at or after `key`; [#count] when all are before it.
    int search(byte[] key) {
        return level == 0 ? Leaf.search(bytes, shape, key) : searchInner(key);
    }

    private int searchInner(byte[] key) {
        int order = KeyWord.compareBeginning(key, beginning, bytes, keysAt, common);
        if (order != 0) {
            return order < 0 ? 0 : count;
        }
        long word = KeyWord.of(key, common, key.length);
        // Without a branch that depends on the key: half of those would be predicted wrongly.
        int low = 0;
        int left = count;
        while (left > 1) {
            int half = left >>> 1;
            low = words[low + half - 1] < word ? low + half : low;
            left -= half;
        }
        if (words[low] < word) {
            low++;
        }
        return low < count && words[low] == word ? searchTies(word, key, low) : low;
    }

    /// The first entry at or after `key` among those whose word is that of the key, of which `from` is the first.
    private int searchTies(long word, byte[] key, int from) {
        int low = from;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (words[middle] == word && compareRest(middle, key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// Where in the child under `entry` the key is likely to be, if keys are spread evenly there: an entry of the
    /// child. Costs no look at the child.
    int guess(byte[] key, int entry, int childCount) {
        if (entry == 0) {
            return childCount >>> 1;
        }
        long word = KeyWord.of(key, common, key.length);
        return Interpolation.place(
                words[entry - 1] ^ Long.MIN_VALUE, word ^ Long.MIN_VALUE, words[entry] ^ Long.MIN_VALUE, childCount);
    }

    /// Leaves only: as [#search], beginning at a guess.
    int searchFrom(byte[] key, int guess) {
        return Leaf.searchFrom(bytes, shape, key, guess);
    }

    /// Leaves only: as [#searchFrom], where what is looked at is in the processor's cache already.
    int searchAround(byte[] key, int guess) {
        return Leaf.searchAround(bytes, shape, key, guess);
    }

    private int compareRest(int entry, byte[] key) {
        return Arrays.compareUnsigned(bytes, keyStart(entry) + common, keyEnd(entry), key, common, key.length);
    }

    /// Whether the key of an entry is `key`.
    boolean hasKey(int entry, byte[] key) {
        return Arrays.equals(bytes, keyStart(entry), keyEnd(entry), key, 0, key.length);
    }

    /// Whether `entry`, which [#search] gave for `key`, has that key.
    boolean isAt(int entry, byte[] key) {
        return entry < count && hasKey(entry, key);
    }

    /// The order of the key of an entry and `key`.
    int compareKey(int entry, byte[] key) {
        return Arrays.compareUnsigned(bytes, keyStart(entry), keyEnd(entry), key, 0, key.length);
    }

    /// The order of the keys of two entries.
    int compareKey(int entry, Node other, int otherEntry) {
        return Arrays.compareUnsigned(
                bytes,
                keyStart(entry),
                keyEnd(entry),
                other.bytes,
                other.keyStart(otherEntry),
                other.keyEnd(otherEntry));
    }

    /// Whether two entries have the same key.
    boolean sameKey(int entry, Node other, int otherEntry) {
        return Arrays.equals(
                bytes,
                keyStart(entry),
                keyEnd(entry),
                other.bytes,
                other.keyStart(otherEntry),
                other.keyEnd(otherEntry));
    }

    /// Leaves only: whether two entries have the same cell.
    boolean sameCell(int entry, Node other, int otherEntry) {
        return Arrays.equals(
                bytes,
                cellStart(entry),
                cellEnd(entry),
                other.bytes,
                other.cellStart(otherEntry),
                other.cellEnd(otherEntry));
    }

    /// Leaves only: reads bytes where the key of an entry probably is.
    int touchKey(int entry) {
        return Leaf.touchKey(bytes, shape, entry);
    }

    /// Reads bytes of the cell of an entry.
    int touchCell(int entry) {
        int start = cellStart(entry);
        int end = cellEnd(entry);
        int touched = bytes[end - 1];
        for (int at = start; at < end; at += LINE_BYTES) {
            touched ^= bytes[at];
        }
        return touched;
    }

    /// Reads bytes that a search begins with, so that they come into the processor's cache.
    int touch() {
        return words.length == 0
                ? bytes[NodeLayout.AT_COMMON]
                : bytes[keysAt] ^ (int) words[0] ^ (int) words[count >>> 1] ^ (int) words[count - 1];
    }

    /// What the node costs in memory, about, in bytes.
    int footprint() {
        return bytes.length + 96 + words.length * (Long.BYTES + Integer.BYTES + (level == 1 ? NEAR_BYTES : 0));
    }
}
