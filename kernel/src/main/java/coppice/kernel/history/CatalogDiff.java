package coppice.kernel.history;

import coppice.kernel.tree.Nodes;
import coppice.kernel.tree.Tree;
import coppice.kernel.tree.TreeDiff;
import org.jspecify.annotations.Nullable;

/// The spaces that differ between two catalogs, one [#next] after the other; see [Catalog#diff]. Not
/// thread-safe.
public final class CatalogDiff {
    private final Nodes nodes;
    private final TreeDiff spaces;

    CatalogDiff(Catalog before, Catalog after) {
        this.nodes = before.tree().nodes();
        this.spaces = before.tree().diff(after.tree());
    }

    /// Goes on to the next space and says whether there is one.
    public boolean next() {
        return spaces.next();
    }

    /// The name of the space.
    ///
    /// @throws IllegalStateException unless the last [#next] was true; so do the other questions
    public String name() {
        return Catalog.name(spaces.key());
    }

    /// The space in the earlier catalog, null when it is not there.
    public @Nullable SpaceRecord before() {
        byte[] record = spaces.before();
        return record == null ? null : SpaceRecord.decode(name(), record);
    }

    /// The space in the later catalog, null when it is not there.
    public @Nullable SpaceRecord after() {
        byte[] record = spaces.after();
        return record == null ? null : SpaceRecord.decode(name(), record);
    }

    /// The keys that differ in the space; a space that is not there counts as empty.
    public TreeDiff rows() {
        return rows(before()).diff(rows(after()));
    }

    /// How many keys differ in the space.
    public TreeDiff.Count rowCount() {
        return rows(before()).diffCount(rows(after()), null, null);
    }

    private Tree rows(@Nullable SpaceRecord space) {
        return Catalog.rows(nodes, space);
    }
}
