package coppice.expression;

/// Which way values sort in a key.
public enum Direction {
    /// As [Value#ORDER] says.
    ASCENDING,
    /// The other way round.
    DESCENDING
}
