package coppice.kernel.exchange;

/// How much has been moved.
///
/// @param commits commits that are complete on the other side now and were not before
/// @param chunks chunks that were moved
/// @param bytes the lengths of these chunks before compression
/// @param visited chunks that were looked at: those moved, and those that lay there already but could not be
///     trusted to be complete
public record Moved(long commits, long chunks, long bytes, long visited) {
    /// Nothing.
    public static final Moved NOTHING = new Moved(0, 0, 0, 0);
}
