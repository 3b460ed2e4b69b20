package coppice.kernel.tree;

/// How a merge of two trees ended.
///
/// @param tree the merged tree; where a conflict is unresolved it has what our side has
/// @param conflicts how many keys both sides changed differently
/// @param unresolved for how many of them the resolver decided nothing
public record MergeResult(Tree tree, long conflicts, long unresolved) {}
