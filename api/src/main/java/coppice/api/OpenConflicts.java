package coppice.api;

import java.util.List;

/// The conflicts at which something stopped on a branch and waits: a merge, a rebase, a pick, or the return of what
/// was put aside. They are found anew by each call, at the cost of what both sides changed; a decision holds for a
/// key as long as its three values are those that were decided on, also after the database was closed.
///
/// When all are decided, whatever stopped is gone on with where it was begun: [MergeInProgress#commit],
/// [Rebase#resume], [PickInProgress#resume], [StashInProgress#resume].
///
/// Safe for many threads. When what waited is over or has gone on, calls fail with [ErrorCode#NO_MERGE] for a merge
/// and [ErrorCode#EDIT_OVER] else.
public interface OpenConflicts {
    /// What can stop at conflicts.
    enum Operation {
        /// See [Branch#merging].
        MERGE,
        /// See [HistoryEdits#rebase].
        REBASE,
        /// See [HistoryEdits#picking].
        CHERRY_PICK,
        /// See [HistoryEdits#picking].
        REVERT,
        /// See [Stash#waiting].
        STASH
    }

    /// What stopped.
    Operation operation();

    /// What the values of the conflicts come from.
    ConflictSides sides();

    /// Some of the conflicts that are not decided.
    ///
    /// @param limit at least 1
    ConflictPage conflicts(ConflictQuery query, int limit);

    /// How many conflicts there are in each space that has any, by name.
    List<ConflictCount> conflictCounts();

    /// Decides a conflict, or, with [Resolver.Unresolved], opens it again. Durable when this returns.
    ///
    /// @param conflict as [#conflicts] gave it
    void resolve(Conflict conflict, Resolver.Resolution decision);

    /// Opens a key's conflict again. Durable when this returns.
    ///
    /// @return whether it was decided
    boolean unresolve(String space, byte[] key);

    /// Puts the open conflicts of a query to a resolver and keeps what it decides, all at once. Durable when this
    /// returns.
    ///
    /// @return how many it decided
    long resolveAll(ConflictQuery query, Resolver rule);
}
