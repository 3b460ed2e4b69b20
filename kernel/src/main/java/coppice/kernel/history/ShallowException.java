package coppice.kernel.history;

import coppice.kernel.bytes.Hash;

/// A commit is asked for that is beyond the floor of a shallow history: it exists, but not here.
public final class ShallowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Hash commit;

    public ShallowException(Hash commit) {
        super("Commit " + commit + " is older than what was copied here. Fetch deeper history first.");
        this.commit = commit;
    }

    /// The commit.
    public Hash commit() {
        return commit;
    }
}
