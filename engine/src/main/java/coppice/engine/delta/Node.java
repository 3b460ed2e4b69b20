package coppice.engine.delta;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A node of a delta's tree. Leaves hold values, inner nodes children; the key of a child is a lower bound of its
/// keys. Changed only by the editor that owns it, before it is published.
final class Node {
    static final int CAPACITY = 64;

    /// Whoever may change a node: one for each editor, known by its identity.
    static final class Owner {}

    private static final byte[][] NO_VALUES = {};
    private static final Node[] NO_CHILDREN = {};
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /// For how many more entries there is room at first.
    private static final int SPARE = 7;

    final @Nullable Owner owner;
    private long[] prefixes;
    byte[][] keys;
    byte[][] values;
    Node[] children;
    int count;
    int skip;
    private boolean sharesKeys; // with the node that it is a copy of

    private Node(
            @Nullable Owner owner,
            long[] prefixes,
            byte[][] keys,
            byte[][] values,
            Node[] children,
            int count,
            int skip) {
        this.owner = owner;
        this.prefixes = prefixes;
        this.keys = keys;
        this.values = values;
        this.children = children;
        this.count = count;
        this.skip = skip;
    }

    static Node leaf() {
        return new Node(null, new long[0], new byte[0][], NO_VALUES, NO_CHILDREN, 0, 0);
    }

    /// A leaf with these entries, which nobody owns.
    static Node leafOf(byte[][] keys, byte[][] values) {
        return unowned(keys, values, NO_CHILDREN);
    }

    /// An inner node over these children, which nobody owns.
    static Node parentOf(Node[] children) {
        byte[][] keys = new byte[children.length][];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = children[i].keys[0];
        }
        return unowned(keys, NO_VALUES, children);
    }

    private static Node unowned(byte[][] keys, byte[][] values, Node[] children) {
        Node node = new Node(null, new long[keys.length], keys, values, children, keys.length, 0);
        node.tighten();
        return node;
    }

    private static Node empty(@Nullable Owner owner, boolean leaf, int room) {
        return new Node(
                owner,
                new long[room],
                new byte[room][],
                leaf ? new byte[room][] : NO_VALUES,
                leaf ? NO_CHILDREN : new Node[room],
                0,
                0);
    }

    static Node parentOf(Owner owner, Node left, Node right) {
        Node parent = empty(owner, false, roomFor(2));
        parent.insertChild(0, left);
        parent.insertChild(1, right);
        return parent;
    }

    boolean isLeaf() {
        return children.length == 0;
    }

    /// The eight bytes from a place on, so that signed comparison orders them as unsigned bytes.
    static long prefix(byte[] key, int from) {
        if (key.length - from >= Long.BYTES) {
            return (long) LONG.get(key, from) ^ Long.MIN_VALUE;
        }
        long prefix = 0;
        for (int i = from; i < from + Long.BYTES; i++) {
            prefix = prefix << 8 | (i < key.length ? key[i] & 0xff : 0);
        }
        return prefix ^ Long.MIN_VALUE;
    }

    /// The value of a key below this node, or null.
    byte @Nullable [] lookup(byte[] key) {
        Node node = this;
        while (!node.isLeaf()) {
            node = node.children[node.childIndex(key)];
        }
        int at = node.find(key);
        return at >= 0 ? node.values[at] : null;
    }

    /// The place of a key, or `-(insertion point) - 1`.
    int find(byte[] key) {
        int beside = skip == 0 ? 0 : besideAll(key);
        if (beside != 0) {
            return beside < 0 ? -1 : -count - 1;
        }
        long prefix = prefix(key, skip);
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long mine = prefixes[middle];
            int order = mine == prefix ? compareBehind(middle, key) : mine < prefix ? -1 : 1;
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    /// Negative or positive when a key that lacks what all keys here have in common sorts before or behind all of
    /// them.
    private int besideAll(byte[] key) {
        byte[] first = keys[0];
        int end = Math.min(skip, key.length);
        return key.length >= skip && Arrays.equals(key, 0, skip, first, 0, skip)
                ? 0
                : Arrays.compareUnsigned(key, 0, end, first, 0, skip);
    }

    private int compareBehind(int at, byte[] key) {
        byte[] mine = keys[at];
        return Arrays.compareUnsigned(mine, skip, mine.length, key, skip, key.length);
    }

    /// The child whose range a key is in.
    int childIndex(byte[] key) {
        int at = find(key);
        return at >= 0 ? at : Math.max(0, -at - 2);
    }

    /// Lowers the bound of a child that is about to get a smaller key: bounds stay in order when it splits.
    void lowerBound(int at, byte[] key) {
        if (at == 0 && Arrays.compareUnsigned(keys[0], key) > 0) {
            ownKeys(count);
            makeRoomFor(key);
            set(0, key);
        }
    }

    /// Lets the node hold a key that has less in common with the others.
    private void makeRoomFor(byte[] key) {
        if (skip > 0 && count > 0) {
            int common = Arrays.mismatch(keys[0], key);
            if (common >= 0 && common < skip) {
                skipTo(common);
            }
        }
    }

    private void skipTo(int common) {
        skip = common;
        for (int i = 0; i < count; i++) {
            prefixes[i] = prefix(keys[i], common);
        }
    }

    /// Skips all that the keys have in common.
    private void tighten() {
        int common = count == 0 ? 0 : Arrays.mismatch(keys[0], keys[count - 1]);
        skipTo(common < 0 ? keys[0].length : common);
    }

    /// This node when the owner may change it, else a copy that it may. Most copies get another value or child
    /// under the keys that there are, so these are shared until they change.
    Node ownedBy(Owner editor) {
        if (owner == editor) {
            return this;
        }
        Node copy = new Node(
                editor,
                prefixes,
                keys,
                isLeaf() ? Arrays.copyOf(values, count) : NO_VALUES,
                isLeaf() ? NO_CHILDREN : Arrays.copyOf(children, count),
                count,
                skip);
        copy.sharesKeys = true;
        return copy;
    }

    /// Makes the keys this node's own, with room for so many entries at least.
    private void ownKeys(int least) {
        if (sharesKeys || keys.length < least) {
            int room = roomFor(least);
            prefixes = Arrays.copyOf(prefixes, room);
            keys = Arrays.copyOf(keys, room);
            sharesKeys = false;
        }
    }

    private static int roomFor(int entries) {
        return Math.min(CAPACITY, entries + SPARE);
    }

    boolean isFull() {
        return count == CAPACITY;
    }

    void insertValue(int at, byte[] key, byte[] value) {
        ownKeys(count + 1);
        makeRoomFor(key);
        openGap(at);
        if (values.length == count) {
            values = Arrays.copyOf(values, keys.length);
        }
        System.arraycopy(values, at, values, at + 1, count - at);
        set(at, key);
        values[at] = value;
        count++;
    }

    void insertChild(int at, Node child) {
        ownKeys(count + 1);
        makeRoomFor(child.keys[0]);
        openGap(at);
        if (children.length == count) {
            children = Arrays.copyOf(children, keys.length);
        }
        System.arraycopy(children, at, children, at + 1, count - at);
        set(at, child.keys[0]);
        children[at] = child;
        count++;
    }

    /// Takes out an entry.
    void remove(int at) {
        ownKeys(count);
        int from = at + 1;
        System.arraycopy(prefixes, from, prefixes, at, count - from);
        System.arraycopy(keys, from, keys, at, count - from);
        Object[] entries = isLeaf() ? values : children;
        System.arraycopy(entries, from, entries, at, count - from);
        Arrays.fill(keys, count - 1, count, null);
        Arrays.fill(entries, count - 1, count, null);
        count--;
    }

    private void openGap(int at) {
        System.arraycopy(prefixes, at, prefixes, at + 1, count - at);
        System.arraycopy(keys, at, keys, at + 1, count - at);
    }

    private void set(int at, byte[] key) {
        prefixes[at] = prefix(key, skip);
        keys[at] = key;
    }

    /// Moves the upper part to a new node. Inserting at the end leaves this one full: ascending writes pack
    /// tightly.
    Node split(int insertAt) {
        int from = insertAt == count ? count - 1 : count / 2;
        ownKeys(count);
        Node right = empty(owner, isLeaf(), roomFor(count - from));
        right.count = count - from;
        System.arraycopy(keys, from, right.keys, 0, right.count);
        Arrays.fill(keys, from, count, null);
        if (isLeaf()) {
            System.arraycopy(values, from, right.values, 0, right.count);
            Arrays.fill(values, from, count, null);
        } else {
            System.arraycopy(children, from, right.children, 0, right.count);
            Arrays.fill(children, from, count, null);
        }
        count = from;
        tighten();
        right.tighten();
        return right;
    }
}
