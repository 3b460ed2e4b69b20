package coppice.kernel.history;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Tree;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the catalog knows of a space. An immutable value; `docs/format/commit.md` has the bytes.
///
/// @param kind what structure it holds, such as `dict`: 1 to 32 of `a-z`, `0-9` and `-`
/// @param root the root of its tree
/// @param count how many entries that tree has
/// @param schema the root of its schema, or null
public record SpaceRecord(
        String kind, Hash root, long count, @Nullable Hash schema) {
    static final int VERSION = 1;
    private static final int HAS_SCHEMA = 1;
    private static final Pattern KIND = Pattern.compile("[a-z0-9-]{1,32}");

    /// @throws IllegalArgumentException when the kind or the count is out of its range
    public SpaceRecord {
        Objects.requireNonNull(root);
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("A kind of space is 1 to 32 of a-z, 0-9 and -, not '" + kind + "'");
        }
        if (count < 0) {
            throw new IllegalArgumentException("A space has at least 0 entries, not " + count);
        }
    }

    /// A space that holds this tree.
    public static SpaceRecord of(String kind, Tree tree, @Nullable Hash schema) {
        return new SpaceRecord(kind, tree.root(), tree.count(), schema);
    }

    /// Whether there is nothing to say of the space: it has no entry and no schema. Such a space is not in a
    /// [Catalog].
    public boolean isVoid() {
        return count == 0 && schema == null;
    }

    /// The same space with other content.
    public SpaceRecord with(Hash newRoot, long newCount) {
        return new SpaceRecord(kind, newRoot, newCount, schema);
    }

    /// The bytes of its catalog entry.
    public byte[] encode() {
        Hash schemaRoot = schema;
        ByteWriter out = new ByteWriter(96)
                .u8(VERSION)
                .u8(schemaRoot == null ? 0 : HAS_SCHEMA)
                .utf8(kind)
                .varint(count)
                .hash(root);
        if (schemaRoot != null) {
            out.hash(schemaRoot);
        }
        return out.toBytes();
    }

    /// Reads a catalog entry.
    ///
    /// @param name the space's name, for the message
    /// @throws CorruptException when the bytes are not exactly what [#encode] writes
    public static SpaceRecord decode(String name, byte[] bytes) {
        ByteReader in = new ByteReader("the catalog entry of space '" + name + "'", bytes);
        int version = in.u8();
        if (version != VERSION) {
            throw in.corrupt("version " + VERSION + " (a newer Coppice may read others)", "version " + version);
        }
        int flags = in.u8();
        if ((flags & ~HAS_SCHEMA) != 0) {
            throw in.corrupt("known flags", "flags " + flags);
        }
        String kind = in.utf8();
        long count = in.varint();
        Hash root = in.hash();
        Hash schema = flags == 0 ? null : in.hash();
        in.expectEnd();
        if (!KIND.matcher(kind).matches() || count < 0) {
            throw in.corrupt("a kind and a count within their limits", "kind '" + kind + "', count " + count);
        }
        return new SpaceRecord(kind, root, count, schema);
    }
}
