package coppice.kernel.exchange;

/// Is told how far a transfer is, after each commit, within large ones, and at its end; from the thread that does the
/// work, so it should return soon. It may throw, which breaks the transfer off.
@FunctionalInterface
public interface Progress {
    /// Nobody is told.
    Progress NONE = (moved, commits) -> {};

    /// Tells how far it is.
    ///
    /// @param moved what has been moved so far
    /// @param commits how many commits will be moved in all
    void moved(Moved moved, long commits);
}
