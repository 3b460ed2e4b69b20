package coppice.api;

import java.time.Instant;
import java.util.Optional;

/// A merge that is not finished: one that was kept because it met conflicts ([Merge#keepingConflicts]), or one
/// whose content is the branch's working state ([Merge#uncommitted]). It survives closing the database and a crash,
/// and ends with [#commit], [#abort], or when its branch has what it was to merge.
///
/// A kept merge leaves the branch alone: it can be written to and committed meanwhile. Its conflicts are those with
/// the branch's latest commit.
///
/// Safe for many threads; a handle of a merge that has ended fails with [ErrorCode#NO_MERGE].
public interface MergeInProgress extends OpenConflicts {
    /// The branch that is merged into.
    String into();

    /// What the merged commit was called when the merge began.
    String source();

    /// The commit that is merged.
    Commit theirs();

    /// The latest commit of the branch when the merge began.
    Commit ours();

    /// When the merge began.
    Instant begun();

    /// Whether the merged content is the branch's working state; there are no conflicts to decide then.
    boolean isUncommitted();

    /// Goes on: makes the merge commit with all decisions, of the branch as it is now.
    ///
    /// @param message empty for the one that the merge was begun with
    /// @throws DatabaseException.Incorrect when conflicts are open, or the branch has uncommitted changes that are
    ///     not those of the merge
    Commit commit(Optional<CommitMessage> message);

    /// As [#commit(Optional)], with the message that the merge was begun with.
    default Commit commit() {
        return commit(Optional.empty());
    }

    /// Gives the merge up. The branch is as it was before: a kept merge never changed it; a working state that is
    /// the merged content goes back to that of the commit.
    ///
    /// @throws DatabaseException.Incorrect when the working state was changed since; [#abortAnyway] discards that
    ///     too
    void abort();

    /// As [#abort], also when the working state was changed since, which is discarded.
    void abortAnyway();
}
