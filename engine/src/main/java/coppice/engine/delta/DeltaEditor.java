package coppice.engine.delta;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Makes a changed copy of a delta. Belongs to one thread; ends with [#done()].
public final class DeltaEditor {
    private final Node.Owner owner = new Node.Owner();
    private Node root;
    private int size;
    private long bytes;

    DeltaEditor(Node root, int size, long bytes) {
        this.root = root;
        this.size = size;
        this.bytes = bytes;
    }

    /// Sets what is known of a key: a new value or [Delta#REMOVED]. The arrays become the delta's.
    public void put(byte[] key, byte[] value) {
        root = root.ownedBy(owner);
        Node split = put(root, key, value);
        if (split != null) {
            root = Node.parentOf(owner, root, split);
        }
    }

    /// As [#put(byte[], byte[])], where a removal leaves nothing behind if the key has a value here, and nothing
    /// below.
    ///
    /// @param isNew whether there is nothing of a key below; asked for a key that has a value here
    @SuppressWarnings("ReferenceEquality") // a removal is an identity, not a content
    public void put(byte[] key, byte[] value, Predicate<byte[]> isNew) {
        byte[] before = value == Delta.REMOVED ? find(key) : null;
        if (before != null && before != Delta.REMOVED && isNew.test(key)) {
            forget(key, before);
        } else {
            put(key, value);
        }
    }

    private void forget(byte[] key, byte[] value) {
        size--;
        bytes -= key.length + value.length + Delta.ENTRY_BYTES;
        if (size == 0) {
            root = Node.leaf();
            return;
        }
        root = root.ownedBy(owner);
        forget(root, key);
        while (root.count == 1 && !root.isLeaf()) {
            root = root.children[0];
        }
    }

    /// Takes a key that is there out of a node. Nodes without entries go; others stay as they are, however few are
    /// left (free-at-empty: Johnson and Shasha, JCSS 1993).
    private void forget(Node node, byte[] key) {
        if (node.isLeaf()) {
            node.remove(node.find(key));
            return;
        }
        int at = node.childIndex(key);
        Node child = node.children[at].ownedBy(owner);
        forget(child, key);
        if (child.count == 0) {
            node.remove(at);
        } else {
            node.children[at] = child;
        }
    }

    /// What is known of a key so far: its new value, [Delta#REMOVED], or null.
    public byte @Nullable [] find(byte[] key) {
        return size == 0 ? null : root.lookup(key);
    }

    /// The delta as edited. The editor must not be used afterwards.
    public Delta done() {
        return size == 0 ? Delta.EMPTY : new Delta(root, size, bytes);
    }

    private @Nullable Node put(Node node, byte[] key, byte[] value) {
        return node.isLeaf() ? putInLeaf(node, key, value) : putBelow(node, key, value);
    }

    private @Nullable Node putInLeaf(Node leaf, byte[] key, byte[] value) {
        int at = leaf.find(key);
        if (at >= 0) {
            bytes += value.length - leaf.values[at].length;
            leaf.values[at] = value;
            return null;
        }
        size++;
        bytes += key.length + value.length + Delta.ENTRY_BYTES;
        int place = -at - 1;
        if (!leaf.isFull()) {
            leaf.insertValue(place, key, value);
            return null;
        }
        Node right = leaf.split(place);
        if (place <= leaf.count) {
            leaf.insertValue(place, key, value);
        } else {
            right.insertValue(place - leaf.count, key, value);
        }
        return right;
    }

    private @Nullable Node putBelow(Node inner, byte[] key, byte[] value) {
        int at = inner.childIndex(key);
        inner.lowerBound(at, key);
        Node child = inner.children[at].ownedBy(owner);
        inner.children[at] = child;
        Node split = put(child, key, value);
        if (split == null) {
            return null;
        }
        int place = at + 1;
        if (!inner.isFull()) {
            inner.insertChild(place, split);
            return null;
        }
        Node right = inner.split(place);
        if (place <= inner.count) {
            inner.insertChild(place, split);
        } else {
            right.insertChild(place - inner.count, split);
        }
        return right;
    }
}
