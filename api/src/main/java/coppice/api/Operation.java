package coppice.api;

import java.util.Locale;

/// What is timed; see [DatabaseStats#latency(Operation)].
public enum Operation {
    /// Reading one key. Every call is counted, one in 64 is timed.
    GET,
    /// Beginning to read a range: from the call to its first entry. Every call is counted, one in 64 is timed.
    SCAN,
    /// Counting keys, and finding them by number.
    COUNT,
    /// A put, a deletion or a batch outside of a transaction, until it is kept as [Options#durability()] says. Every
    /// call is counted, and timed if it waits for the disk, else one in 64.
    WRITE,
    /// The commit of a transaction that wrote something, until it is kept.
    TRANSACTION,
    /// One sync of the journal, for everybody who waits for it.
    SYNC,
    /// A writer that was held back because folding could not follow; within [#WRITE] or [#TRANSACTION].
    STALL,
    /// Making a commit of a branch, or putting another in place of its latest.
    COMMIT,
    /// A merge, whatever became of it.
    MERGE,
    /// A page of a diff, or counting one.
    DIFF,
    /// A page of a log.
    LOG,
    /// Finding where values come from: of one key, or a page of them.
    BLAME,
    /// Fetching from a remote, and asking it what it has.
    FETCH,
    /// Pushing to a remote.
    PUSH,
    /// Folding all changes into trees, whoever asked for it.
    CHECKPOINT,
    /// A collection of garbage, whoever asked for it.
    GC;

    /// The name in small letters, as figures and programs know it.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
