package coppice.api;

/// How much moved from one database to another.
///
/// @param commits commits that came complete
/// @param commitsInAll how many are to come, as far as is known
/// @param chunks chunks that were moved: nodes of trees, commits, parts of long values
/// @param bytes the lengths of these chunks before compression
/// @param visited chunks that were looked at: those moved, and those found here that an attempt before had left
/// @param nanos how long it took so far
public record Traffic(long commits, long commitsInAll, long chunks, long bytes, long visited, long nanos) {
    /// Nothing moved.
    public static final Traffic NONE = new Traffic(0, 0, 0, 0, 0, 0);

    /// Bytes a second; 0 when nothing moved.
    public double bytesPerSecond() {
        return nanos <= 0 ? 0 : bytes * 1e9 / nanos;
    }
}
