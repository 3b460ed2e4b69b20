package coppice.structure.sketch;

import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// A row of a sketch when both sides of a merge changed it.
public final class MergedRow {
    private MergedRow() {}

    /// What it is then: counts add up, what was seen was seen.
    ///
    /// @param base null when there was none
    /// @param ours null when it was removed
    /// @param theirs null when it was removed
    /// @return nothing when something is no such row, or it is that of the options
    public static Optional<byte[]> of(
            byte[] key, byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return Part.of(key).flatMap(part -> switch (part) {
            case OPTIONS -> Optional.empty();
            case TOTALS -> Totals.merge(base, ours, theirs);
            case CELLS -> Cells.merge(Frequencies.PIECE_CELLS, base, ours, theirs);
            case BUCKETS -> Cells.merge(Quantiles.PIECE_BUCKETS, base, ours, theirs);
            case REGISTERS -> union(Distinct.PIECE_BYTES, ours, theirs, Distinct::merge);
            case BITS -> union(Membership.BLOCK_BYTES, ours, theirs, Membership::merge);
            case TRACKED -> Tracked.merge(ours, theirs);
        });
    }

    private static Optional<byte[]> union(
            int size, byte @Nullable [] ours, byte @Nullable [] theirs, BinaryOperator<byte[]> both) {
        if (ours == null || theirs == null) {
            return Optional.ofNullable(ours == null ? theirs : ours);
        }
        return ours.length == size && theirs.length == size ? Optional.of(both.apply(ours, theirs)) : Optional.empty();
    }
}
