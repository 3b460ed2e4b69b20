package coppice.structure.ground;

import coppice.api.progress.BackgroundWork;
import coppice.api.progress.Progress;

/// What is to be done in the background for the structures of a branch.
public interface Backlog {
    /// Something to do. It may be begun again, and goes on from where it was then.
    @FunctionalInterface
    interface Chore {
        /// Does it.
        ///
        /// @param progress is told how far it is
        /// @param check to be called between steps: throws when it is to end, which it lets pass
        /// @return for how many something was done
        long run(Progress progress, Runnable check);
    }

    /// Has something done.
    ///
    /// @param subject what it is done to. Where something is to be done to the same already, that is returned if
    ///     it is of the same version, and given up otherwise
    /// @param version what tells one from another
    BackgroundWork add(String subject, Object version, Chore chore);
}
