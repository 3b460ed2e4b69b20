package coppice.api;

/// What becomes of a branch's working state when the branch is set to another commit.
public enum Reset {
    /// It stays as it is: what differs from the commit is uncommitted then.
    SOFT,
    /// It becomes that of the commit; uncommitted changes are given up. [Database#undo()] brings them back.
    HARD
}
