package coppice.api;

import java.util.Optional;

/// How a push ended.
public sealed interface PushOutcome {
    /// The ref over there now is at this commit.
    ///
    /// @param before where it was, empty when there was none
    /// @param forced whether commits were dropped from it
    /// @param traffic what was moved
    record Pushed(CommitId commit, Optional<CommitId> before, boolean forced, Traffic traffic) implements PushOutcome {}

    /// The ref was there already.
    record UpToDate(CommitId commit) implements PushOutcome {}

    /// Nothing changed over there.
    ///
    /// @param actual where the ref is, empty when there is none
    record Rejected(Reason reason, Optional<CommitId> actual) implements PushOutcome {}

    /// Why a push was rejected.
    enum Reason {
        /// The branch has commits that the pushed one does not descend from: fetch and merge them first, or force.
        NOT_FAST_FORWARD,
        /// The branch is not where it was expected to be, or moved meanwhile: fetch and look.
        MOVED,
        /// The branch has uncommitted changes over there, which would be lost.
        UNCOMMITTED_CHANGES,
        /// A tag of that name stands for something else, and tags do not move.
        TAG_EXISTS
    }
}
