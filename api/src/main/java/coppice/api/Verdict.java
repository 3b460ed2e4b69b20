package coppice.api;

/// What a test says of a commit; see [HistoryView#bisect].
public enum Verdict {
    /// What is looked for is not there yet.
    GOOD,
    /// It is there.
    BAD,
    /// The test cannot say: the commit is passed over.
    SKIP
}
