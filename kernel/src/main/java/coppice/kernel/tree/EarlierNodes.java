package coppice.kernel.tree;

import coppice.kernel.bytes.Xxh3;
import coppice.kernel.tree.ChunkFacts.Learnt;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The inner nodes that were found sound last, with all below them: of each place in a tree one, as the next
/// version of it is likely to differ in one child or two. A place is told by the last key and the length; what is
/// found is to be compared. Heap: 16 MiB at most, 1 KiB for each place as a rule. Thread-safe.
final class EarlierNodes {
    /// No longer ones are kept, nor looked for.
    static final int LENGTH_MAX = 4096;

    private static final int PLACES = 4096;

    /// The end of the last key.
    private static final int TOLD_BY = 16;

    private final AtomicReferenceArray<@Nullable Earlier> places = new AtomicReferenceArray<>(PLACES);

    private final int lengthMax;

    /// None yet.
    ///
    /// @param lengthMax how long a node may be, at most [#LENGTH_MAX]; 0 keeps none
    EarlierNodes(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /// A node, and what it says.
    record Earlier(byte[] bytes, Learnt learnt) {}

    /// Whether bytes may be those of such a node.
    boolean suits(byte[] bytes, int length) {
        return bytes[0] == NodeLayout.TAG
                && length > NodeLayout.HEADER + NodeLayout.INNER_ENTRY
                && length <= lengthMax
                && bytes[NodeLayout.AT_LEVEL] > 0;
    }

    /// The place where a node stands that suits.
    static int place(byte[] bytes, int length) {
        long seed = (long) length << Byte.SIZE | bytes[NodeLayout.AT_LEVEL];
        return (int) Xxh3.hash64(bytes, length - TOLD_BY, TOLD_BY, seed) & (PLACES - 1);
    }

    /// The node that was there last, or another one, or none.
    @Nullable
    Earlier at(int place) {
        return places.get(place);
    }

    /// Keeps a node, of which all is known, for the next version of it.
    void keep(int place, byte[] bytes, int length, Learnt learnt) {
        places.set(place, new Earlier(Arrays.copyOf(bytes, length), learnt));
    }
}
