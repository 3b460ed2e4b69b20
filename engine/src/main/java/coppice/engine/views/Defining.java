package coppice.engine.views;

import coppice.api.DatabaseException;
import coppice.api.projection.ProjectionDefinition;
import coppice.engine.state.BranchState;
import coppice.projection.CompiledProjection;
import java.util.SortedMap;

/// Takes definitions of projections up, when the rows of the current branch allow them. Safe for all threads.
public final class Defining {
    private final Catalogue catalogue;
    private final Uniques uniques;
    private final Targets targets;
    private final Refreshing refreshing;

    Defining(Catalogue catalogue, Uniques uniques, Targets targets, Refreshing refreshing) {
        this.catalogue = catalogue;
        this.uniques = uniques;
        this.targets = targets;
        this.refreshing = refreshing;
    }

    /// Defines a projection that is written as text.
    ///
    /// @param replaces whether it may take the place of another definition
    public void define(String name, String text, boolean replaces) {
        define(name, CompiledProjection.parse(name, text).definition(), replaces);
    }

    /// Defines a projection. Costs no more than that, but where no two rows may be the same in it, or in one that
    /// follows from it: those are made.
    ///
    /// @param replaces whether it may take the place of another definition
    public void define(String name, ProjectionDefinition definition, boolean replaces) {
        catalogue.define(name, definition, replaces, this::compare).ifPresent(refreshing::forget);
    }

    private void compare(SortedMap<String, Defined> before, SortedMap<String, Defined> after) {
        for (Defined unique : after.values()) {
            Defined old = before.get(unique.name());
            if (Catalogue.isUnique(unique) && (old == null || !old.result().equals(unique.result()))) {
                targets.current().ifPresent(state -> compare(unique, state));
            }
        }
    }

    private void compare(Defined unique, BranchState state) {
        refreshing.resume();
        try {
            uniques.checkAll(unique, state);
        } catch (DatabaseException twice) {
            refreshing.forget(unique);
            throw twice;
        }
    }
}
