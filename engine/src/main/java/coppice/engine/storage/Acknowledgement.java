package coppice.engine.storage;

import coppice.api.Durability;
import coppice.kernel.journal.Journal;

/// When a journal position counts as kept: what [Durability] means in terms of the journal.
public final class Acknowledgement {
    private final Journal journal;
    private final boolean sync;

    public Acknowledgement(Journal journal, Durability durability) {
        this.journal = journal;
        this.sync = durability instanceof Durability.Sync;
    }

    /// Returns when the position counts as kept.
    public void await(long lsn) {
        if (sync) {
            journal.await(lsn);
        }
    }

    /// Whether the position counts as kept already.
    public boolean covers(long lsn) {
        return !sync || journal.durable() >= lsn;
    }
}
