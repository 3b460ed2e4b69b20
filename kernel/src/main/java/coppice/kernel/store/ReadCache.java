package coppice.kernel.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What was read last of some files, so that it is not read and decoded again: a two-way set-associative cache with a
/// fixed number of slots. What comes pushes what came last into the other slot of the two. Thread-safe, no locks.
///
/// @param <T> what is kept; it must not change
final class ReadCache<T> {
    private record Slot<T>(long pack, long part, T content) {}

    /// 2^64 / golden ratio (Fibonacci hashing; Knuth, "The Art of Computer Programming" 3, 6.4).
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    /// A factor of the mixer of splitmix64 (G. Steele, D. Lea, C. Flood, 2014).
    private static final long PACK_FACTOR = 0xbf58476d1ce4e5b9L;

    private final AtomicReferenceArray<@Nullable Slot<T>> slots;
    private final int shift;

    /// @param most how many things it may hold; the largest power of two up to that counts
    ReadCache(long most) {
        int bits = 63 - Long.numberOfLeadingZeros(Math.clamp(most, 2, 1 << 24));
        this.slots = new AtomicReferenceArray<>(1 << bits);
        this.shift = Long.SIZE - bits;
    }

    /// A part of a pack or of its index, if it is here.
    ///
    /// @param part what tells it from the others of the pack: where it is, or its number
    @Nullable
    T find(long pack, long part) {
        int set = set(pack, part);
        T newer = at(set, pack, part);
        return newer != null ? newer : at(set + 1, pack, part);
    }

    private @Nullable T at(int index, long pack, long part) {
        Slot<T> slot = slots.get(index);
        return slot != null && slot.pack == pack && slot.part == part ? slot.content : null;
    }

    void keep(long pack, long part, T content) {
        int set = set(pack, part);
        slots.set(set + 1, slots.get(set));
        slots.set(set, new Slot<>(pack, part, content));
    }

    /// The first of the two slots.
    private int set(long pack, long part) {
        // Packs and parts are small numbers in a row: their products are folded, or whole packs would share their
        // sets.
        long mixed = pack * PACK_FACTOR ^ part;
        return (int) (((mixed ^ (mixed >>> Integer.SIZE)) * GOLDEN) >>> shift) & ~1;
    }
}
