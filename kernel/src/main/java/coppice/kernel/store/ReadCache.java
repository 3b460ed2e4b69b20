package coppice.kernel.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What was read last of some files, so that it is not read and decoded again: a direct-mapped cache of a fixed number
/// of slots. Two things that share a slot push each other out. Thread-safe, no locks.
///
/// @param <T> what is kept; it must not change
final class ReadCache<T> {
    private record Slot<T>(long pack, long offset, T content) {}

    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final AtomicReferenceArray<@Nullable Slot<T>> slots;
    private final int shift;

    /// @param most how many things it may hold; the largest power of two up to that counts
    ReadCache(long most) {
        int bits = 63 - Long.numberOfLeadingZeros(Math.clamp(most, 2, 1 << 24));
        this.slots = new AtomicReferenceArray<>(1 << bits);
        this.shift = Long.SIZE - bits;
    }

    /// What is at an offset of a pack or of its index, if it is here.
    @Nullable
    T find(long pack, long offset) {
        Slot<T> slot = slots.get(index(pack, offset));
        return slot != null && slot.pack == pack && slot.offset == offset ? slot.content : null;
    }

    void keep(long pack, long offset, T content) {
        slots.set(index(pack, offset), new Slot<>(pack, offset, content));
    }

    private int index(long pack, long offset) {
        // Fibonacci hashing, of both one after the other: the upper bits of a product with 2^64 / golden ratio.
        return (int) (((pack * GOLDEN ^ offset) * GOLDEN) >>> shift);
    }
}
