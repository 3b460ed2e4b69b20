package coppice.structure;

import coppice.api.MergePolicy;
import coppice.structure.collection.VectorRows;
import coppice.structure.counter.Count;
import coppice.structure.ground.Registry;
import coppice.structure.sketch.MergedRow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How structures merge.
public final class Merges {
    private Merges() {}

    /// How the rows of a structure's space merge where no rule says otherwise.
    ///
    /// @param name of the structure
    /// @param row what a registry says of it
    public static MergePolicy policy(String name, byte[] row) {
        return Registry.decode(name, row)
                .map(structure -> structure.isEncrypted()
                        ? MergePolicy.whole()
                        : Layouts.of(structure.kind()).mergePolicy())
                .orElseGet(MergePolicy::fields);
    }

    /// How the rows of a space beside a structure merge where no rule says otherwise, if its name says that: of
    /// vectors that both sides changed, the one that was indexed later is there.
    public static Optional<MergePolicy> beside(String space) {
        return VectorRows.isSpace(space) ? Optional.of(MergePolicy.lastWriterWins()) : Optional.empty();
    }

    /// What a counter's row is when both sides of a merge changed it; nothing when one of them is none.
    ///
    /// @param base null when there was none
    /// @param ours null when it was removed
    /// @param theirs null when it was removed
    public static Optional<byte[]> counts(byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return Count.merge(base, ours, theirs);
    }

    /// What a sketch's row is when both sides of a merge changed it; nothing when it is none of those that merge.
    ///
    /// @param base null when there was none
    /// @param ours null when it was removed
    /// @param theirs null when it was removed
    public static Optional<byte[]> sketches(
            byte[] key, byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return MergedRow.of(key, base, ours, theirs);
    }
}
