package coppice.api;

import java.util.Optional;

/// Moves the commits of one branch onto another commit, or changes them on the way. A handle holds no state; it is
/// safe for many threads, and one rebase of a branch is under way at a time.
///
/// While it is under way the branch is untouched: others read, write and commit there as always. At the end the
/// branch moves once. Commits that were added to it meanwhile are applied on top first, so none is lost. A rebase
/// that stops is remembered: it can go on after the database was closed, or after a crash.
///
/// A rebase follows the branch's own line, the first parents. A merge on it counts as what it brought to the line;
/// what the new base has already changes nothing and is skipped. So decisions made in a merge are kept. Commits
/// that are already where they belong are not made again.
///
/// Costs about what merges of the same changes cost; one sync of the packs, and one more at each stop.
public interface Rebase {
    /// What a rebase onto a ref is to do: pick all commits of the branch that the ref has not. Changes nothing.
    ///
    /// @throws DatabaseException.NotFound when the ref names nothing
    default RebasePlan plan(String onto) {
        return plan(onto, onto);
    }

    /// As [#plan(String)], of the commits that another ref has not.
    ///
    /// @param since the branch's commits after this one, and after what it shares with it, are taken
    RebasePlan plan(String onto, String since);

    /// Begins a rebase. One that meets conflicts stops, and [Branch#conflicts] has them.
    ///
    /// @throws DatabaseException.Incorrect when the branch has uncommitted changes, something waits on it already,
    ///     or the plan begins with a commit that is to be part of the one before
    RebaseOutcome start(RebasePlan plan);

    /// Rebases all commits of the branch that a ref has not onto that ref; see [#start].
    default RebaseOutcome onto(String ref) {
        return start(plan(ref));
    }

    /// The rebase under way, if there is one.
    Optional<RebaseProgress> progress();

    /// Goes on, with what was decided about the step at which it stopped.
    ///
    /// @throws DatabaseException.Incorrect when no rebase of the branch is under way; when the branch has
    ///     uncommitted changes at the end; or when it was meanwhile set to a commit that does not follow from where
    ///     it was
    RebaseOutcome resume(RebaseDecision decision);

    /// Goes on with the conflicts that were decided; stops again where it stopped when some are open. See
    /// [#resume(RebaseDecision)].
    default RebaseOutcome resume() {
        return resume(RebaseDecision.none());
    }

    /// Goes on without the commit of the step at which it stopped; errors as for [#resume(RebaseDecision)].
    RebaseOutcome skip();

    /// Ends the rebase. The branch is as it is; what was worked out is dropped.
    ///
    /// @throws DatabaseException.Incorrect when no rebase of the branch is under way
    void abort();
}
