package coppice.engine.query;

import coppice.api.Range;
import coppice.engine.state.BranchState;
import coppice.engine.state.Roots;
import coppice.engine.state.SpaceState;
import coppice.engine.storage.Gate;
import java.util.List;

/// The rows of one state that a query is asked of.
///
/// @param state has them
/// @param gate whether the database is open
/// @param holder as long as it is reachable, the state is kept
/// @param release is told when they are not read any more
/// @param indexes over the rows, in the same state
/// @param isOnlyFresh whether to leave indexes aside whose entries take longer to make than it takes to read all
///     rows
public record Rows(
        SpaceState state, Gate gate, Object holder, Runnable release, List<OrderedIndex> indexes, boolean isOnlyFresh) {
    public Rows {
        indexes = List.copyOf(indexes);
    }

    /// What has rows, now these and then those.
    @FunctionalInterface
    public interface Source {
        /// The rows as they are now.
        ///
        /// @param keys what may be read of them
        Rows now(Range keys);
    }

    /// Rows of a state that somebody else holds as long as anything refers to him.
    public static Rows heldBy(Object holder, SpaceState state, Gate gate) {
        return new Rows(state, gate, holder, () -> {}, List.of(), false);
    }

    /// Rows of the state of a branch, which are kept until they are released.
    public static Rows holding(BranchState state, String space, Roots roots, Gate gate) {
        Object holder = new Object();
        Roots.Hold hold = roots.hold(holder, state::roots);
        return new Rows(state.space(space), gate, holder, hold::release, List.of(), false);
    }

    /// These rows with indexes over them.
    public Rows with(List<OrderedIndex> over) {
        return new Rows(state, gate, holder, release, over, isOnlyFresh);
    }

    /// These rows with the indexes over them that are ready.
    public Rows onlyFresh() {
        return new Rows(state, gate, holder, release, indexes, true);
    }
}
