package coppice.engine.merge;

/// When what a side of a merge has under a key, or that it has nothing there, was written.
@FunctionalInterface
public interface Written {
    /// A side of which nothing was ever written.
    Written NEVER = (_, _) -> Long.MIN_VALUE;

    /// Both sides of a merge.
    record Both(Written ours, Written theirs) {}

    /// Milliseconds since 1970 UTC.
    long millis(String space, byte[] key);
}
