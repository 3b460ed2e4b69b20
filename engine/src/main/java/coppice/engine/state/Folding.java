package coppice.engine.state;

import coppice.kernel.tree.Tree;
import java.util.HashMap;
import java.util.Map;

/// Folds changes into trees.
public final class Folding {
    private Folding() {}

    /// The spaces of a frozen state with everything put aside folded in. Writes chunks; costs O(changes log n).
    /// [Folds] remembers it.
    public static Spaces fold(BranchState frozen) {
        Spaces before = frozen.foldedSpaces();
        Map<String, Tree> trees = new HashMap<>();
        frozen.touched().forEach((name, space) -> {
            Tree tree = space.base().apply(new DeltaEdits(space.aside()));
            before.roots().folds().add(space.base(), space.aside(), tree);
            if (!tree.equals(before.space(name).base())) {
                trees.put(name, tree);
            }
        });
        return trees.isEmpty() ? before : before.with(trees);
    }

    /// All of a space as a tree that is to take the place of its folded tree. [Folds] remembers it.
    public static Tree whole(SpaceState state) {
        Tree whole = state.whole();
        state.roots().folds().add(state.base(), state.changes(), whole);
        return whole;
    }

    /// The whole state, nothing left unfolded. Writes chunks, changes no branch.
    public static Spaces whole(BranchState state) {
        Map<String, Tree> trees = new HashMap<>();
        state.touched().forEach((name, space) -> trees.put(name, space.whole()));
        return trees.isEmpty() ? state.foldedSpaces() : state.foldedSpaces().with(trees);
    }
}
