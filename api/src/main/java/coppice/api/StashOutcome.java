package coppice.api;

import java.util.List;

/// How bringing changes back that were put aside ended.
public sealed interface StashOutcome {
    /// They are part of the working state.
    record Applied(StashEntry entry) implements StashOutcome {}

    /// They met keys that were changed here differently. Nothing was written, and the entry stays; try again with a
    /// [Resolver].
    ///
    /// @param conflicts ours is what the working state has, theirs what was put aside
    record Conflicted(StashEntry entry, List<Conflict> conflicts) implements StashOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
