package coppice.api;

import java.util.List;

/// How a rebase ended, or why it stopped.
public sealed interface RebaseOutcome {
    /// It is done: the branch has moved, once.
    ///
    /// @param head the branch's latest commit
    /// @param skipped the commits that came to change nothing, in the order in which they were met
    record Rebased(Commit head, List<CommitId> skipped) implements RebaseOutcome {
        public Rebased {
            skipped = List.copyOf(skipped);
        }
    }

    /// It is done, and there was nothing to do: the branch stays where it is.
    record UpToDate(Commit head) implements RebaseOutcome {}

    /// It waits for a decision; see [RebaseProgress.Reason]. The branch is where it was. This is remembered, also
    /// when the database is closed.
    record Stopped(RebaseProgress progress) implements RebaseOutcome {}
}
