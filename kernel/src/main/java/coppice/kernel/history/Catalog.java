package coppice.kernel.history;

import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.Cursor;
import coppice.kernel.tree.Edit;
import coppice.kernel.tree.Edits;
import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All spaces of a version: a tree from space name to [SpaceRecord]. Its root is the data of a commit.
///
/// A space without entries and without a schema is not in it, whatever happened to it before: so equal data has
/// the equal root here too. An immutable value; a change gives another one. Safe for all threads.
public final class Catalog {
    /// The longest name of a space, in bytes of UTF-8. The shortest has one byte.
    public static final int NAME_BYTES_MAX = 255;

    private final Tree tree;

    private Catalog(Tree tree) {
        this.tree = tree;
    }

    /// No spaces.
    public static Catalog empty(Nodes nodes) {
        return new Catalog(Tree.empty(nodes));
    }

    /// The stored catalog with this root. Reads one node, however many spaces there are.
    public static Catalog load(Nodes nodes, Hash root) {
        return new Catalog(Tree.load(nodes, root));
    }

    static Catalog of(Tree tree) {
        return new Catalog(tree);
    }

    /// A space and its name.
    public record Space(String name, SpaceRecord record) {}

    /// The root of the tree.
    public Hash root() {
        return tree.root();
    }

    /// The tree itself.
    public Tree tree() {
        return tree;
    }

    /// How many spaces there are.
    public long count() {
        return tree.count();
    }

    /// The space with this name. Any text may be asked for.
    public Optional<SpaceRecord> space(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0 || key.length > NAME_BYTES_MAX) {
            return Optional.empty();
        }
        byte[] value = tree.get(key);
        return value == null ? Optional.empty() : Optional.of(SpaceRecord.decode(name, value));
    }

    /// The content of the space with this name; the empty tree when there is no such space.
    public Tree rows(String name) {
        return rows(tree.nodes(), space(name).orElse(null));
    }

    static Tree rows(Nodes nodes, @Nullable SpaceRecord space) {
        return space == null ? Tree.empty(nodes) : Tree.load(nodes, space.root());
    }

    /// All spaces, in the order of the bytes of their names.
    public List<Space> spaces() {
        List<Space> spaces = new ArrayList<>();
        Cursor cursor = tree.cursor();
        while (cursor.next()) {
            String name = name(cursor.key());
            spaces.add(new Space(name, SpaceRecord.decode(name, cursor.value())));
        }
        return spaces;
    }

    /// The catalog with other content of some spaces. A record that [SpaceRecord#isVoid] takes the space out.
    ///
    /// @throws IllegalArgumentException when a name is empty, longer than [#NAME_BYTES_MAX], or holds half of a
    ///     surrogate pair
    public Catalog with(Map<String, SpaceRecord> records) {
        List<Edit> edits = new ArrayList<>();
        records.forEach((name, record) -> edits.add(new Edit(key(name), record.isVoid() ? null : record.encode())));
        edits.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
        return new Catalog(tree.apply(Edits.of(edits)));
    }

    /// As [#with(Map)], of one space.
    public Catalog with(String name, SpaceRecord record) {
        return with(Map.of(name, record));
    }

    /// The catalog without a space.
    public Catalog without(String name) {
        return new Catalog(tree.apply(Edits.of(List.of(Edit.delete(key(name))))));
    }

    /// The spaces that differ between this catalog, the earlier, and another, in the order of the bytes of
    /// their names. Costs O(changed spaces * height); spaces that are equal are not looked into.
    public CatalogDiff diff(Catalog after) {
        return new CatalogDiff(this, after);
    }

    /// This catalog and another merged: all that either changed since `base`, space by space and key by key.
    /// A space that is not there counts as an empty one, so a space that one side emptied or removed and the
    /// other changed gives conflicts of keys. Costs what the merges of the spaces cost that both sides
    /// changed.
    public CatalogMerge merge(Catalog base, Catalog theirs, CatalogResolver resolver) {
        return CatalogMerge.merge(base, this, theirs, resolver, true);
    }

    /// Visits the conflicts of [#merge] and writes nothing; what `visitor` decides has no effect. Returns how
    /// many there are.
    public long mergeConflicts(Catalog base, Catalog theirs, CatalogResolver visitor) {
        return CatalogMerge.merge(base, this, theirs, visitor, false).conflicts();
    }

    static byte[] key(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        if (key.length == 0 || key.length > NAME_BYTES_MAX) {
            throw new IllegalArgumentException("The name of a space has 1 to " + NAME_BYTES_MAX
                    + " bytes of UTF-8, not " + key.length + ": choose another name");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
            throw new IllegalArgumentException(
                    "The name of a space holds half of a surrogate pair: choose another name");
        }
        return key;
    }

    static String name(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }

    /// Equal when all spaces are.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Catalog that && tree.equals(that.tree);
    }

    @Override
    public int hashCode() {
        return tree.hashCode();
    }

    @Override
    public String toString() {
        return "catalog " + root() + " of " + count() + " spaces";
    }
}
