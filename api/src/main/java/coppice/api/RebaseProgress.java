package coppice.api;

import java.util.List;

/// A rebase that stopped on its way.
///
/// @param branch the branch that is rebased; it is untouched until the end
/// @param onto the commit that all goes on
/// @param original the branch's commit when the rebase began
/// @param reached the last commit made before the step at which it stopped, or `onto`
/// @param reason why it stopped, and what it waits for
/// @param remaining the steps after that
public record RebaseProgress(
        String branch, CommitId onto, CommitId original, Commit reached, Reason reason, List<RebaseStep> remaining) {
    public RebaseProgress {
        remaining = List.copyOf(remaining);
    }

    /// Why a rebase stopped.
    public sealed interface Reason {
        /// The step's commit and `reached` changed the same keys differently: decide them ([Branch#conflicts]) or
        /// go on with a [Resolver], or skip the step.
        ///
        /// @param conflicts those that are open; ours is what `reached` has, theirs what the commit makes
        ///     of the base
        record Conflicted(RebaseStep step, ConflictSides sides, List<Conflict> conflicts) implements Reason {
            public Conflicted {
                conflicts = List.copyOf(conflicts);
            }
        }

        /// The step's commit is made and its content may be changed, on a branch that is there until the
        /// rebase goes on: write there, commit as you like. What it then has is what the rebase goes on with;
        /// uncommitted changes become part of its latest commit.
        ///
        /// @param branch the name of that branch
        record Editing(RebaseStep step, String branch) implements Reason {}

        /// The step's commit is made and may get another message: go on with it.
        ///
        /// @param message the one it has
        record Rewording(RebaseStep step, String message) implements Reason {}

        /// Nothing is to be decided: the program ended, or the branch had uncommitted changes at the end.
        record Interrupted() implements Reason {}
    }
}
