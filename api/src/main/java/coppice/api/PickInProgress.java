package coppice.api;

import java.util.List;
import java.util.Optional;

/// A cherry-pick or revert that waits: it was to keep its conflicts ([Pick#keepingConflicts]) and met some, or could
/// not move the branch at its end. It survives closing the database and a crash. The branch is untouched until all
/// commits are made, so it can be written to and committed meanwhile; what was made so far is then made again on top.
/// [Branch#conflicts] has what is to be decided.
///
/// Safe for many threads; a handle of a pick that is over or has gone on fails with [ErrorCode#EDIT_OVER].
public interface PickInProgress {
    /// Whether commits are taken back.
    boolean isRevert();

    /// The commit that conflicts; empty when nothing is to be decided.
    Optional<Commit> at();

    /// The commits made so far, oldest first; the branch gets them at the end.
    List<Commit> made();

    /// The commits after [#at], in the order in which they are applied.
    List<CommitId> remaining();

    /// Goes on with what was decided, and keeps conflicts that are still there or that follow.
    ///
    /// @param message of the commit at which it stopped; empty for the one that it would have got
    /// @throws DatabaseException.Incorrect when the branch has uncommitted changes at the end: it then waits
    PickOutcome resume(Optional<String> message);

    /// As [#resume(Optional)], with the message that the commit would have got.
    default PickOutcome resume() {
        return resume(Optional.empty());
    }

    /// Goes on without the commit at which it stopped; errors as for [#resume(Optional)].
    PickOutcome skip();

    /// Gives all of it up, also what was made so far; the branch is as it is.
    void abort();
}
