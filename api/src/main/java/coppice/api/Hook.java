package coppice.api;

import java.util.Objects;

/// Something of yours that a database asks before it makes a version or moves a ref, or tells afterwards. Hooks are
/// put into [Hooks].
///
/// Each call runs on a thread of its own while no lock is held: readers, writers and checkpoints go on. What is asked
/// about is a state that no longer changes, and what then happens is exactly that or nothing; what was written
/// meanwhile stays uncommitted. Where the branch moved meanwhile, hooks are asked again about what is to be done then.
///
/// A hook that answers with a veto, throws, or is not done within [Hooks#timeLimit()] ends the operation with
/// [DatabaseException.Refused]: nothing is changed. The thread of one that takes too long is interrupted; as long as
/// it does not end, the hook is not called again and counts as having taken too long at once. What a hook that is
/// told afterwards does wrong is reported to [Hooks#listener()] and changes nothing.
///
/// A hook that is asked may read everything, and write to branches; it must not make versions or move refs, which is
/// refused with [ErrorCode#INSIDE_HOOK]. One that is told may do anything; it is not called for what it does itself.
public sealed interface Hook {
    /// Is asked about each version that is made here, before a branch gets it: by commit, amend, merge, cherry-pick,
    /// revert, squash and rebase. What arrives whole, as it was made elsewhere (fetch, push, reset, a merge that
    /// only moves the branch forward), is for [RefUpdate].
    record PreCommit(Question<CommitEvent> question) implements Hook {}

    /// Is told of each version that was made here and is on a branch.
    record PostCommit(News<CommitEvent> news) implements Hook {}

    /// Is asked before a merge without open conflicts changes its branch, also when it only moves it forward. Comes
    /// before [PreCommit], which is asked about the merge commit.
    record PreMerge(Question<MergeEvent> question) implements Hook {}

    /// Is told of each merge that moved its branch.
    record PostMerge(News<MergeEvent> news) implements Hook {}

    /// Is asked last, before a branch, a tag or a remote's branch is made, moved or removed, by whatever operation. The
    /// ref moves only if it then still is where the event says.
    record RefUpdate(Question<RefEvent> question) implements Hook {}

    /// Decides whether something may happen. Called by several threads at a time when several branches move.
    @FunctionalInterface
    interface Question<E> {
        /// Decides.
        Answer ask(E event) throws Exception;
    }

    /// Hears of something that has happened. Called by several threads at a time.
    @FunctionalInterface
    interface News<E> {
        /// Hears.
        void tell(E event) throws Exception;
    }

    /// What a hook says.
    sealed interface Answer {
        /// It may happen.
        record Accept() implements Answer {}

        /// It must not happen.
        ///
        /// @param why for the person or program that wanted it: what is wrong and what to do
        record Veto(String why) implements Answer {
            public Veto {
                Objects.requireNonNull(why);
            }
        }
    }

    /// It may happen.
    static Answer accept() {
        return new Answer.Accept();
    }

    /// It must not happen, and why.
    static Answer veto(String why) {
        return new Answer.Veto(why);
    }
}
