package coppice.kernel.history;

import coppice.kernel.tree.MergeConflict;
import coppice.kernel.tree.Resolution;
import org.jspecify.annotations.Nullable;

/// Decides the conflicts of a merge of catalogs, in the order of the names of the spaces and of their keys.
public interface CatalogResolver {
    /// Two sides that cannot be merged key by key: they hold different kinds of structure, or changed the
    /// schema differently.
    ///
    /// @param name the name of the space
    /// @param base the space in the common ancestor, null when it was not there
    /// @param ours the space on our side, null when it is not there
    /// @param theirs the space on their side, null when it is not there
    record SpaceConflict(
            String name,
            @Nullable SpaceRecord base,
            @Nullable SpaceRecord ours,
            @Nullable SpaceRecord theirs) {}

    /// What becomes of such a space.
    enum SpaceResolution {
        /// It stays as it is on our side.
        OURS,
        /// It becomes what it is on their side.
        THEIRS,
        /// Nothing is decided: our side stays for now, and the merge reports the conflict as unresolved.
        UNRESOLVED
    }

    /// Decides a key that both sides changed differently.
    Resolution row(String space, MergeConflict conflict);

    /// Decides a space that cannot be merged key by key.
    default SpaceResolution space(SpaceConflict conflict) {
        return SpaceResolution.UNRESOLVED;
    }
}
