package coppice.api;

/// What committing does when nothing has changed since the latest commit.
public enum EmptyCommit {
    /// Makes a commit all the same.
    MAKE,
    /// Makes none and returns the latest.
    SKIP,
    /// Refuses with [ErrorCode#NOTHING_TO_COMMIT].
    REFUSE
}
