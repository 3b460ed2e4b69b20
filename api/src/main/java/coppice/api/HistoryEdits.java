package coppice.api;

import java.util.Optional;

/// Changes the history of one branch. A handle holds no state; it is safe for many threads.
///
/// Everything is worked out beside other work and takes effect by one move of the branch, if that is then still
/// where it was; else it is worked out again. Whoever is killed meanwhile finds the old state or the new one. What
/// the branch was before stays in its reflog.
public interface HistoryEdits {
    /// Applies what commits changed elsewhere to this branch, oldest first, each as a commit of its own: a
    /// three-way merge on the commit's parent. Message, metadata, author and the author's time stay, who does it is
    /// the committer. Costs about what a merge of the same changes costs, and one shared sync in all.
    ///
    /// @throws DatabaseException.NotFound when a ref names nothing
    /// @throws DatabaseException.Incorrect when the branch has uncommitted changes; when a merge is named without
    ///     saying which of its parents counts; or when it is to keep conflicts and something waits on the branch
    PickOutcome cherryPick(Pick pick);

    /// The cherry-pick or revert that waits on this branch, if one does; see [Pick#keepingConflicts].
    Optional<PickInProgress> picking();

    /// Applies commits; see [#cherryPick(Pick)].
    default PickOutcome cherryPick(String... commits) {
        return cherryPick(Pick.of(commits));
    }

    /// Takes back what commits changed, newest first, each as a commit of its own: a three-way merge towards the
    /// commit's parent. Costs and errors as for [#cherryPick(Pick)].
    PickOutcome revert(Pick pick);

    /// Takes commits back; see [#revert(Pick)].
    default PickOutcome revert(String... commits) {
        return revert(Pick.of(commits));
    }

    /// Puts one commit in place of all after an ancestor. Its content is that of the latest, so nothing can
    /// conflict; uncommitted changes stay as they are. O(log n) and one sync of the packs.
    ///
    /// @param since the latest commit to stay
    /// @throws DatabaseException.Incorrect when `since` is not among the ancestors of the branch
    Commit squash(String since, CommitMessage message);

    /// Moves the branch's own commits onto another, or changes them on the way.
    Rebase rebase();
}
