package coppice.kernel.history;

import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.Hash;
import coppice.kernel.tree.MergeConflict;
import org.jspecify.annotations.Nullable;

/// What a merged base holds for a key that the bases disagree on: a value that no side has, so that the key counts
/// as changed by both sides, whatever they have. (Git puts a text with conflict markers there, to the same effect.)
///
/// It is 16 bytes that say so, chosen by chance once and for all, and the hash of what the bases have. It exists
/// only in trees that serve one merge.
public final class Disagreement {
    private static final long FIRST = 0x8c5f9e1ad73b6042L;
    private static final long SECOND = 0xe26d10b947fa835cL;
    private static final int BYTES = 2 * Long.BYTES + Hash.BYTES;

    private Disagreement() {}

    /// The value for a conflict between bases; the same, whichever of them counts as ours.
    static byte[] of(MergeConflict conflict) {
        byte[] ours = known(conflict.ours());
        byte[] theirs = known(conflict.theirs());
        boolean inOrder = Bytes.compare(ours, theirs) <= 0;
        byte[] both = new ByteWriter(ours.length + theirs.length + 16)
                .sized(inOrder ? ours : theirs)
                .sized(inOrder ? theirs : ours)
                .toBytes();
        return new ByteWriter(BYTES).i64(FIRST).i64(SECOND).hash(Hash.of(both)).toBytes();
    }

    /// A value told from none at all.
    private static byte[] known(byte @Nullable [] value) {
        return value == null
                ? Bytes.EMPTY
                : new ByteWriter(value.length + 8).sized(value).toBytes();
    }

    /// Whether the base of a conflict is no value but this.
    public static boolean is(byte @Nullable [] base) {
        return base != null && base.length == BYTES && Bytes.i64(base, 0) == FIRST && Bytes.i64(base, 8) == SECOND;
    }
}
