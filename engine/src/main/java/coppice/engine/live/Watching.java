package coppice.engine.live;

import coppice.engine.log.LogRecord;
import coppice.engine.state.BranchState;
import java.util.Optional;

/// Is told what becomes of a branch. Must be quick and must not throw: writers wait for it.
public interface Watching {
    /// A record was appended, and this is the newest state: not kept yet and not shown. Called under the branch's
    /// writing lock, in the order of states.
    ///
    /// @param bytes the length of the record
    void recorded(LogRecord entry, BranchState next, int bytes);

    /// The writing lock was let go after records; their states may not be kept yet. Called by the thread that
    /// wrote, or one that waits for them.
    default void released() {}

    /// The newest state, when the watching begins and when it is represented in another way. Called under the
    /// branch's writing lock.
    void represented(BranchState next);

    /// Readers may see another state. Called for each write, by its thread.
    void shown();

    /// The branch is no more, and all its states are kept.
    ///
    /// @param newName what it is called now, if it got another name
    void ended(Optional<String> newName);
}
