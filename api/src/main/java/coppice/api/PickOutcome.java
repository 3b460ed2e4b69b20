package coppice.api;

import java.util.List;

/// How applying commits to a branch, or taking them back, ended.
public sealed interface PickOutcome {
    /// The branch got new commits.
    ///
    /// @param commits those it got, in the order in which they were made; none when all were skipped
    /// @param skipped those that change nothing here, in the order in which they were met
    record Picked(List<Commit> commits, List<CommitId> skipped) implements PickOutcome {
        public Picked {
            commits = List.copyOf(commits);
            skipped = List.copyOf(skipped);
        }
    }

    /// A commit met keys that were changed here differently. Nothing was written, of no commit: try again with a
    /// policy or [Resolver], or, when it was to keep conflicts, see [HistoryEdits#picking].
    ///
    /// @param at the first commit with conflicts
    /// @param conflicts ours is what the branch has, theirs what the commit makes of the base
    record Conflicted(Commit at, ConflictSides sides, List<Conflict> conflicts) implements PickOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
