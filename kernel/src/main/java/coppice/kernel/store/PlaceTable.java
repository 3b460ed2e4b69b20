package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/// The index of a pack that still grows, on the heap: a hash table with open addressing over entries of five
/// longs (hash and place, 40 bytes) that never move. About 50 bytes per chunk, no objects.
///
/// One writer at a time; readers need no lock: an entry is complete before its slot is published.
final class PlaceTable implements PackIndex {
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[].class);
    private static final int ENTRY_LONGS = 5;
    private static final int SEGMENT_BITS = 10;
    private static final int SEGMENT_MASK = (1 << SEGMENT_BITS) - 1;

    private volatile long[][] segments = new long[0][];
    /// Entry numbers plus one; 0 is free. At most half full.
    private volatile int[] slots = new int[1024];

    private volatile int count;

    /// Adds an entry. The first place of a hash that is added twice is the one that counts, and the second adds
    /// nothing.
    boolean add(Hash hash, long place) {
        if (find(hash) != Place.NONE) {
            return false;
        }
        int entry = count;
        if ((entry >>> SEGMENT_BITS) == segments.length) {
            long[][] more = Arrays.copyOf(segments, segments.length + 1);
            more[segments.length] = new long[ENTRY_LONGS << SEGMENT_BITS];
            segments = more;
        }
        long[] segment = segments[entry >>> SEGMENT_BITS];
        int at = (entry & SEGMENT_MASK) * ENTRY_LONGS;
        segment[at] = hash.prefix();
        segment[at + 1] = hash.second();
        segment[at + 2] = hash.third();
        segment[at + 3] = hash.fourth();
        segment[at + 4] = place;
        if (2 * (entry + 1) > slots.length) {
            grow();
        }
        publish(slots, hash.prefix(), entry);
        count = entry + 1;
        return true;
    }

    private void grow() {
        int[] larger = new int[2 * slots.length];
        for (int entry = 0; entry < count; entry++) {
            publish(larger, prefix(entry), entry);
        }
        slots = larger;
    }

    private static void publish(int[] slots, long prefix, int entry) {
        int mask = slots.length - 1;
        int slot = (int) prefix & mask;
        while (slots[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        SLOT.setRelease(slots, slot, entry + 1);
    }

    @Override
    public long find(Hash hash) {
        int entry = entry(hash);
        return entry < 0 ? Place.NONE : place(entry);
    }

    @Override
    public Finder finder() {
        return this::find;
    }

    @Override
    public int entry(Hash hash) {
        int[] now = slots;
        int mask = now.length - 1;
        int slot = (int) hash.prefix() & mask;
        while (true) {
            int entry = (int) SLOT.getAcquire(now, slot) - 1;
            if (entry < 0) {
                return -1;
            }
            long[] segment = segments[entry >>> SEGMENT_BITS];
            int at = (entry & SEGMENT_MASK) * ENTRY_LONGS;
            if (segment[at] == hash.prefix()
                    && segment[at + 1] == hash.second()
                    && segment[at + 2] == hash.third()
                    && segment[at + 3] == hash.fourth()) {
                return entry;
            }
            slot = (slot + 1) & mask;
        }
    }

    @Override
    public boolean mayHold(Hash hash) {
        return find(hash) != Place.NONE;
    }

    @Override
    public @Nullable BlockFilter filter() {
        return null;
    }

    @Override
    public int count() {
        return count;
    }

    @Override
    public void forEach(Visitor visitor) {
        for (int entry = 0; entry < count; entry++) {
            visitor.visit(prefix(entry), second(entry), place(entry));
        }
    }

    /// As [#forEach], with whole names.
    void forEachHash(ObjLongConsumer<Hash> visitor) {
        for (int entry = 0; entry < count; entry++) {
            visitor.accept(hash(entry), place(entry));
        }
    }

    @Override
    public void forEachWithin(long first, long last, Visitor visitor) {
        forEach(visitor);
    }

    @Override
    public void close() {}

    Hash hash(int entry) {
        return Hash.of(prefix(entry), word(entry, 1), word(entry, 2), word(entry, 3));
    }

    long place(int entry) {
        return word(entry, 4);
    }

    long prefix(int entry) {
        return word(entry, 0);
    }

    long second(int entry) {
        return word(entry, 1);
    }

    private long word(int entry, int word) {
        return segments[entry >>> SEGMENT_BITS][(entry & SEGMENT_MASK) * ENTRY_LONGS + word];
    }

    /// The numbers of all entries in the order of their hashes.
    int[] sorted() {
        int entries = count;
        int entryBits = Integer.SIZE - Integer.numberOfLeadingZeros(entries);
        long entryMask = (1L << entryBits) - 1;
        long[] keys = new long[entries];
        for (int entry = 0; entry < entries; entry++) {
            // The top bits of the hash with the sign turned (longs sort signed), and the entry below them.
            keys[entry] = ((prefix(entry) ^ Long.MIN_VALUE) & ~entryMask) | entry;
        }
        Arrays.sort(keys);
        int[] order = new int[entries];
        for (int i = 0; i < entries; i++) {
            int entry = (int) (keys[i] & entryMask);
            int at = i;
            // Hashes that agree in all the bits that were sorted by are rare: insertion puts them right.
            while (at > 0
                    && (keys[i] & ~entryMask) == (keys[at - 1] & ~entryMask)
                    && compare(order[at - 1], entry) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = entry;
        }
        return order;
    }

    private int compare(int left, int right) {
        return hash(left).compareTo(hash(right));
    }
}
