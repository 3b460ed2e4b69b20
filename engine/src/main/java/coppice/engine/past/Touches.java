package coppice.engine.past;

import coppice.kernel.bytes.Hash;
import coppice.kernel.history.Commit;

/// Whether a commit changed something of interest.
public interface Touches {
    /// Whether this commit did.
    ///
    /// @param name the commit's name
    boolean test(Hash name, Commit commit);
}
