package coppice.engine.views;

import coppice.api.DatabaseException;
import coppice.api.KeyPattern;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.engine.state.BranchState;
import coppice.engine.typing.BranchTypes;
import coppice.engine.typing.Typing;
import coppice.expression.Declared;
import coppice.projection.CompiledProjection;
import coppice.projection.DeclaredSources;
import java.util.Optional;
import java.util.SortedMap;

/// Takes definitions of projections up, when the rows of the current branch allow them. Safe for all threads.
public final class Defining {
    private final Catalogue catalogue;
    private final Uniques uniques;
    private final Targets targets;
    private final Refreshing refreshing;
    private final Typing typing;

    Defining(Catalogue catalogue, Uniques uniques, Targets targets, Refreshing refreshing, Typing typing) {
        this.catalogue = catalogue;
        this.uniques = uniques;
        this.targets = targets;
        this.refreshing = refreshing;
        this.typing = typing;
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
        catalogue.define(name, definition, replaces, new OfRows()).ifPresent(refreshing::forget);
    }

    /// Judges projections by the rows of the current branch. Rows that are written meanwhile, by those who do not
    /// know yet that no two may be the same, are looked at once all who write do.
    private final class OfRows implements Catalogue.Judge {
        private final Optional<BranchState> current = targets.current();

        @Override
        public void accept(SortedMap<String, Defined> before, SortedMap<String, Defined> after) {
            for (Defined one : after.values()) {
                Defined old = before.get(one.name());
                if (old == null || !old.text().equals(one.text())) {
                    current.ifPresent(state -> compareWithTypes(one, state));
                }
            }
            compareUniques(before, after, current);
        }

        @Override
        public void confirm(SortedMap<String, Defined> before, SortedMap<String, Defined> after) {
            compareUniques(before, after, targets.settled().filter(state -> !isCompared(state)));
        }

        private boolean isCompared(BranchState state) {
            return current.filter(state::equals).isPresent();
        }
    }

    private void compareUniques(
            SortedMap<String, Defined> before, SortedMap<String, Defined> after, Optional<BranchState> rows) {
        for (Defined one : after.values()) {
            Defined old = before.get(one.name());
            if (Catalogue.isUnique(one) && (old == null || !old.result().equals(one.result()))) {
                rows.ifPresent(state -> compare(one, state));
            }
        }
    }

    private void compareWithTypes(Defined defined, BranchState state) {
        BranchTypes types = typing.types(state);
        new DeclaredSources(defined.name(), source -> switch (source) {
                    case OfSpace(String space, String keys) -> types.declared(space, KeyPattern.glob(keys));
                    case OfProjection _ -> Declared.ANYTHING;
                })
                .compare(defined.projection().definition());
    }

    private void compare(Defined unique, BranchState state) {
        refreshing.resume();
        try {
            uniques.checkAll(unique, state);
        } catch (DatabaseException twice) {
            refreshing.forgetMade(unique);
            throw twice;
        }
    }
}
