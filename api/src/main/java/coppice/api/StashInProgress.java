package coppice.api;

/// What was put aside and met conflicts when it was brought back, and waits ([StashPick#keepingConflicts]). It
/// survives closing the database and a crash. The working state is untouched until then, and may be changed
/// meanwhile; the entry is on the stack. [Branch#conflicts] has what is to be decided.
///
/// Safe for many threads; when it is over, or the entry was dropped, calls fail with [ErrorCode#EDIT_OVER].
public interface StashInProgress {
    /// The entry.
    StashEntry entry();

    /// Whether the entry is dropped in the end.
    boolean isPop();

    /// Goes on with what was decided, and keeps waiting when conflicts are still there.
    StashOutcome resume();

    /// Gives it up; the working state is as it is, and the entry stays.
    void abort();
}
