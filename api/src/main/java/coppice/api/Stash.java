package coppice.api;

import java.util.List;
import java.util.Optional;

/// Puts uncommitted changes of a branch aside, and brings what was put aside back to it. There is one stack of them
/// in a database, the newest is number 0, written `stash@{0}` in a ref; what one branch puts aside another can
/// take. A handle holds no state; it is safe for many threads.
///
/// What is put aside is a commit on top of the branch's latest one, so nothing of it is lost when the branch moves
/// on or goes. The reflog remembers it when it is dropped.
public interface Stash {
    /// Puts all uncommitted changes of the branch aside, those of new spaces included: the working state becomes
    /// that of its latest commit. Transactions that finish meanwhile are kept. Costs the changes and one shared
    /// sync.
    ///
    /// @return what was put aside; empty when there was nothing
    /// @throws DatabaseException.Incorrect when the working state is that of a merge that is not finished
    Optional<StashEntry> push(String message);

    /// As [#push(String)], with a message that says where the branch was.
    Optional<StashEntry> push();

    /// All that was put aside, newest first.
    List<StashEntry> list();

    /// What an entry changes over the commit it was made on. Read lazily.
    ///
    /// @param index of the entry, from 0 for the newest; so for all below
    /// @throws DatabaseException.NotFound when there is no such entry; so for all below
    Iterable<Change> show(int index);

    /// Merges what was put aside into the working state of the branch, which may have changes of its own. Takes
    /// effect as a whole; the entry stays. Costs what a merge of the same changes costs.
    ///
    /// @throws DatabaseException.Conflict when the branch is written to so much that no moment is found for it
    /// @throws DatabaseException.Incorrect when it is to keep conflicts and something waits on the branch
    StashOutcome apply(StashPick pick);

    /// As [#apply(StashPick)], leaving conflicts to the caller.
    default StashOutcome apply(int index) {
        return apply(StashPick.of(index));
    }

    /// Applies an entry and drops it, unless there are conflicts; errors as for [#apply(StashPick)]. A crash between
    /// the two leaves it applied and on the stack.
    StashOutcome pop(StashPick pick);

    /// Pops the newest entry, leaving conflicts to the caller.
    default StashOutcome pop() {
        return pop(StashPick.of(0));
    }

    /// What was to come back to this branch and waits, if something does; see [StashPick#keepingConflicts].
    Optional<StashInProgress> waiting();

    /// Drops an entry. One shared sync.
    StashEntry drop(int index);
}
