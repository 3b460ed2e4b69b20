package coppice.kernel.tree;

/// Decides the conflicts of a merge, one after the other in the order of their keys.
@FunctionalInterface
public interface ConflictResolver {
    /// Decides one conflict. What it throws ends the merge, and nothing has changed then.
    Resolution resolve(MergeConflict conflict);
}
