package coppice.kernel.tree;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.MissingChunkException;
import org.jspecify.annotations.Nullable;

/// What can be read of a tree of which chunks are lost, and which rows cannot. Reads all of it.
public final class TreeSalvage {
    /// Is told what is there and what is not, in the order of keys.
    public interface Visitor {
        /// A row.
        void row(byte[] key, byte[] value);

        /// Rows that cannot be read; how many is not known. What touches is told as one.
        void lost(KeySpan rows);
    }

    private final Nodes nodes;
    private final Visitor visitor;
    private @Nullable KeySpan lost;
    private byte[] last = Bytes.EMPTY;

    private TreeSalvage(Nodes nodes, Visitor visitor) {
        this.nodes = nodes;
        this.visitor = visitor;
    }

    /// Visits what is left of a tree.
    public static void visit(Nodes nodes, Hash root, Visitor visitor) {
        TreeSalvage salvage = new TreeSalvage(nodes, visitor);
        if (!root.equals(Nodes.EMPTY_ROOT)) {
            salvage.below(root, KeySpan.ALL);
        }
        salvage.tell();
    }

    private void below(Hash hash, KeySpan span) {
        Node node = read(hash);
        if (node == null) {
            lose(span);
            return;
        }
        byte[] after = span.after();
        for (int entry = 0; entry < node.count(); entry++) {
            byte[] key = node.key(entry);
            if (node.isLeaf()) {
                row(node, entry, new KeySpan(after, key));
            } else {
                below(node.childHash(entry), new KeySpan(after, key));
            }
            after = key;
        }
    }

    private @Nullable Node read(Hash hash) {
        try {
            return NodeReader.read(nodes.format(), nodes.chunks().read(hash), hash);
        } catch (CorruptException | MissingChunkException unreadable) {
            return null;
        }
    }

    private void row(Node leaf, int entry, KeySpan span) {
        byte[] key = span.upTo();
        if (Bytes.compare(key, last) <= 0) {
            return; // another program wrote it: nobody finds the row here
        }
        try {
            int start = leaf.cellStart(entry);
            byte[] value = Cell.isInline(leaf.bytes(), start)
                    ? Cell.inlineValue(leaf.bytes(), start, leaf.cellEnd(entry))
                    : Cell.blob(leaf.bytes(), start).read(nodes.chunks());
            tell();
            visitor.row(key, value);
            last = key;
        } catch (CorruptException | MissingChunkException unreadable) {
            lose(span);
        }
    }

    private void lose(KeySpan span) {
        KeySpan before = lost;
        if (before != null && before.touches(span)) {
            lost = before.with(span);
        } else {
            tell();
            lost = span;
        }
    }

    private void tell() {
        KeySpan before = lost;
        if (before != null) {
            visitor.lost(before);
            lost = null;
            last = before.upTo();
        }
    }
}
