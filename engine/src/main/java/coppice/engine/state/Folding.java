package coppice.engine.state;

import coppice.kernel.tree.Tree;
import coppice.kernel.tree.WriteStatistics;
import java.util.HashMap;
import java.util.Map;

/// Folds changes into trees.
public final class Folding {
    private Folding() {}

    /// Is told of each space that is folded.
    interface Folded {
        /// A space was folded.
        ///
        /// @param tree what came of it
        /// @param isExact whether each of its changes made a difference
        void of(SpaceState space, Tree tree, boolean isExact);
    }

    /// The spaces of a frozen state with everything put aside folded in. Writes chunks; costs O(changes log n).
    public static Spaces fold(BranchState frozen) {
        return fold(frozen, (_, _, _) -> {});
    }

    static Spaces fold(BranchState frozen, Folded each) {
        Map<String, Tree> trees = new HashMap<>();
        frozen.touched().forEach((name, space) -> {
            WriteStatistics cost = new WriteStatistics();
            Tree tree = space.base().apply(new DeltaEdits(space.aside()), cost);
            each.of(space, tree, cost.rowsChanged() == space.aside().size());
            if (!tree.equals(frozen.foldedSpaces().space(name).base())) {
                trees.put(name, tree);
            }
        });
        return trees.isEmpty() ? frozen.foldedSpaces() : frozen.foldedSpaces().with(trees);
    }

    /// The whole state, nothing left unfolded. Writes chunks, changes no branch.
    public static Spaces whole(BranchState state) {
        Map<String, Tree> trees = new HashMap<>();
        state.touched().forEach((name, space) -> trees.put(name, space.whole()));
        return trees.isEmpty() ? state.foldedSpaces() : state.foldedSpaces().with(trees);
    }
}
