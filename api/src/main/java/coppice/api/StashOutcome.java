package coppice.api;

import java.util.List;

/// How bringing changes back that were put aside ended.
public sealed interface StashOutcome {
    /// They are part of the working state.
    record Applied(StashEntry entry) implements StashOutcome {}

    /// They met keys that were changed here differently. Nothing was written, and the entry stays: try again with a
    /// policy or [Resolver], or, when it was to keep conflicts, see [Stash#waiting].
    ///
    /// @param conflicts ours is what the working state has, theirs what was put aside
    record Conflicted(StashEntry entry, ConflictSides sides, List<Conflict> conflicts) implements StashOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
