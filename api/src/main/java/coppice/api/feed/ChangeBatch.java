package coppice.api.feed;

/// What happened between two positions of a branch, as one: put onto the state at the first, its changes give the
/// state at the second. Immutable; for all threads, as long as the database is open.
public interface ChangeBatch {
    /// How a batch came about.
    enum Kind {
        /// Everything that is there; the first batch of a feed that begins at the beginning.
        CONTENT,
        /// What one position changed: a transaction, or a move of the branch to another commit or working state.
        CHANGE,
        /// The net change of a stretch of positions: nothing is missing but the states in between.
        SEVERAL,
        /// What happened in a stretch of positions is not known any more. It has no changes: who has a copy of
        /// the rows reads them anew, as with a feed from the beginning.
        GAP
    }

    /// How it came about.
    Kind kind();

    /// What was done at the position, in the words of the reflog: `write`, `load`, `commit`, `merge`, `reset`,
    /// `discard` ... Empty unless it is a [Kind#CHANGE].
    String action();

    /// The name of the branch.
    String branch();

    /// The latest commit of the branch at the position, as 64 hexadecimal digits.
    String commit();

    /// The position behind which the batch begins; -1 for what is before all.
    long since();

    /// The position at which it ends: a number that grows with whatever happens to the branch. One transaction is
    /// one position.
    long position();

    /// The changes, in the order of spaces and keys; at most one of a row. What one transaction changed is in
    /// memory; what a move or a long stretch changed is found while it is read, and can be read again.
    Iterable<RowChange> changes();

    /// A text to go on from behind this batch, with [FeedStart#after]: also in another process, after the database
    /// was closed. Returns when a crash cannot undo the position any more; that costs a sync where transactions are
    /// acknowledged without one.
    String token();
}
