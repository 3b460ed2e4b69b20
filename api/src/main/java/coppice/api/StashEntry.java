package coppice.api;

/// Changes that were put aside; see [Stash].
///
/// @param index its number, from 0 for the newest
/// @param branch the branch they were made on
/// @param base the commit they were made on
/// @param commit holds them: its state is what the working state was
public record StashEntry(int index, String branch, CommitId base, Commit commit) {
    /// The ref that names it as long as it has this number.
    public String ref() {
        return "stash@{" + index + "}";
    }
}
