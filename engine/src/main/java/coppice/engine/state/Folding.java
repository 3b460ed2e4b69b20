package coppice.engine.state;

import coppice.kernel.tree.Tree;
import java.util.HashMap;
import java.util.Map;

/// Folds changes into trees.
public final class Folding {
    private Folding() {}

    /// The spaces of a frozen state with everything put aside folded in. Writes chunks; costs O(changes log n).
    public static Spaces fold(BranchState frozen) {
        Map<String, Tree> trees = new HashMap<>();
        frozen.touched().forEach((name, space) -> {
            Tree tree = space.base().apply(new DeltaEdits(space.aside()));
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
