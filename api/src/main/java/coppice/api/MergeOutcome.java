package coppice.api;

import java.util.List;

/// How a merge ended.
public sealed interface MergeOutcome {
    /// The branch now is at this commit: a merge commit, or the merged one when the branch was just moved forward.
    record Merged(Commit commit) implements MergeOutcome {}

    /// The branch has everything already and stays at this commit.
    record UpToDate(Commit commit) implements MergeOutcome {}

    /// The merged content is the branch's working state; its next commit will have this one as its second parent,
    /// unless the merge is squashed. See [Branch#merging].
    record Uncommitted(Commit theirs) implements MergeOutcome {}

    /// Both sides changed these keys differently. Nothing was written: merge again with a [Resolver] or a policy,
    /// or, when the merge was to keep its conflicts, see [Branch#merging].
    record Conflicted(List<Conflict> conflicts) implements MergeOutcome {
        public Conflicted {
            conflicts = List.copyOf(conflicts);
        }
    }
}
