package coppice.engine.feed;

import coppice.api.feed.ChangeFilter;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.engine.projection.Results;
import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import coppice.engine.views.Defined;
import coppice.engine.views.Views;
import coppice.projection.IndexShape;
import java.util.Collection;
import java.util.List;

/// The rows of a projection, under its name: of an index, those that are in it.
///
/// @param results has them
/// @param defined the projection, as it is defined when somebody begins to follow it
public record WatchedProjection(Results results, Defined defined) implements Watched {
    /// What of the rows is told: of an index, those that are not left out.
    public ChangeFilter filter() {
        ChangeFilter all = ChangeFilter.all();
        if (!(defined.projection().shape() instanceof IndexShape index)) {
            return all;
        }
        boolean isOfSpace = defined.projection().joins().isEmpty();
        ChangeFilter keyed =
                isOfSpace && defined.projection().source() instanceof OfSpace space ? all.keys(space.keys()) : all;
        return index.filter()
                .map(condition -> keyed.where(condition.toString()))
                .orElse(keyed);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very same rows; others may be equal all the same
    public Collection<String> differing(BranchState before, BranchState after) {
        return rows(before, defined.name()) == rows(after, defined.name()) ? List.of() : List.of(defined.name());
    }

    @Override
    public SpaceState rows(BranchState state, String name) {
        return results.of(Views.node(defined), state);
    }
}
