package coppice.engine.feed;

import coppice.engine.state.BranchState;
import coppice.engine.state.SpaceState;
import java.util.Collection;

/// What a feed follows: rows under some names, as a pure function of the state of a branch. Safe for all threads.
public interface Watched {
    /// The spaces of the branch themselves.
    Watched SPACES = new Watched() {
        @Override
        public Collection<String> differing(BranchState before, BranchState after) {
            return before.differing(after);
        }

        @Override
        public SpaceState rows(BranchState state, String name) {
            return state.space(name);
        }

        @Override
        public boolean isWritten() {
            return true;
        }
    };

    /// The names under which rows may differ between two states, in order.
    Collection<String> differing(BranchState before, BranchState after);

    /// Whether the names are those of spaces and the rows theirs, so that what was written is all that may differ.
    default boolean isWritten() {
        return false;
    }

    /// The rows of a name; none where there is nothing of the name.
    SpaceState rows(BranchState state, String name);
}
