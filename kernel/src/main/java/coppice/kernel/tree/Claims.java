package coppice.kernel.tree;

import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Hash;

/// Names for what is said of chunks: of which kind, how long, with which last key, and where they stand. What was
/// proved of a chunk once need not be proved again where the same is said of it; where something else is said, it
/// must be. Not thread-safe.
final class Claims {
    private static final int ROOT = 0;
    private static final int CHILD = 1;
    private static final int BLOB = 2;

    private final ByteWriter writer = new ByteWriter();

    /// That a chunk is the root of a tree.
    Hash root(Hash root) {
        return name(start(ROOT, root, true));
    }

    /// What a node says of a child.
    ///
    /// @param edge whether the child is the last of its level
    /// @param before the last key before the whole node, or an empty one
    Hash child(Node node, int entry, boolean edge, byte[] before) {
        ByteWriter claim = start(CHILD, node.childHash(entry), edge)
                .u8(node.level())
                .i64(node.childContent(entry))
                .u16(node.keyLength(entry))
                .bytes(node.bytes(), node.keyStart(entry), node.keyLength(entry));
        return name(
                entry == 0
                        ? claim.bytes(before)
                        : claim.bytes(node.bytes(), node.keyStart(entry - 1), node.keyLength(entry - 1)));
    }

    /// That a chunk is a part of a blob.
    ///
    /// @param level -1 for a root
    Hash blob(Hash hash, int level, long length, boolean edge) {
        return name(start(BLOB, hash, edge).u8(level & 0xff).i64(length));
    }

    private ByteWriter start(int kind, Hash hash, boolean edge) {
        return writer.reset().u8(kind).hash(hash).u8(edge ? 1 : 0);
    }

    private static Hash name(ByteWriter claim) {
        return Hash.of(claim.array(), 0, claim.length());
    }
}
