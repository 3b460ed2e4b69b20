package coppice.api;

import java.util.List;

/// How a merge ended.
public sealed interface MergeOutcome {
    /// The branch now is at this commit: a merge commit, or the merged one when the branch was just moved forward.
    record Merged(Commit commit) implements MergeOutcome {}

    /// The branch has everything already and stays at this commit.
    record UpToDate(Commit commit) implements MergeOutcome {}

    /// Both sides changed these keys differently. Nothing was written; merge again with a [Resolver].
    record Conflicted(List<Conflict> conflicts) implements MergeOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
