package coppice.structure.sketch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of a sketch as a whole.
///
/// The floor is what a value that is not tracked was added at most. In a merge, such a value was either not
/// tracked on both sides, and then added no more often than both floors say; nor than the one side's floor and all
/// that the other side added since the base; or one side let it go which the other did not add any more, and then
/// no more often than that side's floor.
///
/// @param added how often something was added
/// @param floor how often a value was added at most that is not tracked
/// @param tracked about how many values are
record Totals(long added, long floor, long tracked) {
    static final Totals NONE = new Totals(0, 0, 0);

    private static final int SIZE = 3;

    private static Totals of(Cells row) {
        return new Totals(row.counts()[0], row.counts()[1], row.counts()[2]);
    }

    /// Reads a row; nothing when it is none.
    static Optional<Totals> decode(byte[] row) {
        return Cells.decode(row, SIZE).map(Totals::of);
    }

    byte[] encode(long mark) {
        return new Cells(mark, new long[] {added, floor, tracked}).encode();
    }

    /// What holds when both sides are brought together.
    ///
    /// @return nothing when something is no row, or beyond 64 bits
    static Optional<byte[]> merge(byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return Cells.read(base, SIZE)
                .flatMap(before -> Cells.read(ours, SIZE)
                        .flatMap(our -> Cells.read(theirs, SIZE).flatMap(their -> merged(before, our, their))));
    }

    private static Optional<byte[]> merged(Cells base, Cells ours, Cells theirs) {
        try {
            Totals before = of(base);
            Totals our = of(ours);
            Totals their = of(theirs);
            Totals sum = new Totals(
                    ours.sum(base, theirs, 0), our.floor(before, their), Math.max(0, ours.sum(base, theirs, 2)));
            return Optional.of(sum.encode(Fingerprint.both(ours.mark(), theirs.mark())));
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
    }

    private long floor(Totals base, Totals other) {
        long ourNews = Math.max(0, added - base.added);
        long theirNews = Math.max(0, other.added - base.added);
        long both =
                Math.min(Math.addExact(floor, Math.min(other.floor, theirNews)), Math.addExact(other.floor, ourNews));
        return Math.max(both, Math.max(floor, other.floor));
    }
}
