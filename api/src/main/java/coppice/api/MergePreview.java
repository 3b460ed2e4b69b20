package coppice.api;

import java.util.List;

/// What a merge would do, worked out without writing anything. It looks at the branch as it was when the preview
/// was made, and stays readable whatever happens to the branch; it keeps what it reads from being swept away as
/// long as it is reachable. Safe for many threads.
public interface MergePreview {
    /// How the merge would end.
    enum Outcome {
        /// The branch has everything already.
        UP_TO_DATE,
        /// The branch would be moved forward.
        FAST_FORWARD,
        /// A commit would be made.
        MERGE,
        /// Keys would be left that both sides changed differently.
        CONFLICTS
    }

    /// How the merge would end.
    Outcome outcome();

    /// The latest commit of the branch merged into.
    Commit ours();

    /// The commit that is merged.
    Commit theirs();

    /// The best common ancestors of the two: one as a rule, none of unrelated histories, several after merges that
    /// crossed.
    List<Commit> bases();

    /// Some of the conflicts. Each call looks at all that both sides changed up to the last of the page.
    ///
    /// @param limit at least 1
    ConflictPage conflicts(ConflictQuery query, int limit);

    /// How many conflicts there are in each space that has any, by name. Costs what both sides changed.
    List<ConflictCount> conflictCounts();

    /// How many keys of the branch would change in each space, by name; a key in conflict counts as staying. Merges
    /// in memory at the first call: that takes the changed leaves of both sides.
    List<ChangeCount> changeCounts();

    /// The changes that the branch would get, read lazily; a key in conflict stays. Costs as [#changeCounts].
    Iterable<Change> changes();
}
