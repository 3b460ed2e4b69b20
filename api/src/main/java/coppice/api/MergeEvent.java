package coppice.api;

import java.util.Optional;

/// A merge that is about to change a branch, or has moved it. What it shows can be read as long as it is reachable.
///
/// @param branch the branch merged into
/// @param source what is merged, as it was called
/// @param ours where the branch was
/// @param theirs the commit that is merged
/// @param result where the branch goes: a new commit, or `theirs` when it is only moved forward; empty for a merge
///     that is not committed yet
/// @param before the state of the branch
/// @param after the merged state
/// @param changes what the branch gets, in the order of spaces and keys, read lazily
public record MergeEvent(
        String branch,
        String source,
        Commit ours,
        Commit theirs,
        Optional<Commit> result,
        Snapshot before,
        Snapshot after,
        Iterable<Change> changes) {}
