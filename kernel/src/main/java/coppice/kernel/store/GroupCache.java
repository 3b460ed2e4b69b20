package coppice.kernel.store;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The groups that were read last, so that a walk through history decodes each group once: at most
/// [#SLOTS] of them, 4 MiB. Two groups that share a slot push each other out. Thread-safe, no locks.
final class GroupCache {
    static final int SLOTS = 16;

    private record Slot(long pack, long offset, Group group) {}

    private final AtomicReferenceArray<@Nullable Slot> slots = new AtomicReferenceArray<>(SLOTS);

    /// The group at an offset of a pack, if it is here.
    @Nullable
    Group find(long pack, long offset) {
        Slot slot = slots.get(index(pack, offset));
        return slot != null && slot.pack == pack && slot.offset == offset ? slot.group : null;
    }

    void keep(long pack, long offset, Group group) {
        slots.set(index(pack, offset), new Slot(pack, offset, group));
    }

    private static int index(long pack, long offset) {
        // Fibonacci hashing: the upper bits of the product with 2^64 / golden ratio.
        return (int) (((pack * 31 + offset) * 0x9e3779b97f4a7c15L) >>> 60);
    }
}
