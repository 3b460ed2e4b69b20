package coppice.api;

/// A version that is about to be made, or was made, on a branch. What it shows can be read as long as it is reachable.
///
/// @param branch the branch
/// @param action what makes it: `commit`, `amend`, `merge`, `cherry-pick`, `revert`, `squash`, `rebase`
/// @param commit the commit; before it is made it can be read here and nowhere else
/// @param before the state of its first parent
/// @param after its state
/// @param changes what it changes against its first parent, in the order of spaces and keys, read lazily
public record CommitEvent(
        String branch, String action, Commit commit, Snapshot before, Snapshot after, Iterable<Change> changes) {}
