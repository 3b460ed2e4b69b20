package coppice.api;

/// What a list of branches tells of one.
///
/// @param name the branch's name
/// @param head its latest commit
/// @param hasChanges whether it has uncommitted changes
/// @param isCurrent whether it is the current branch of the handle that was asked
public record BranchInfo(String name, Commit head, boolean hasChanges, boolean isCurrent) {}
