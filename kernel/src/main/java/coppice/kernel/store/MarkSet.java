package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.Arrays;

/// A compact set of hashes, for marking what is reachable: 16 bytes of each hash in an open-addressing table,
/// 24 to 48 bytes of heap per chunk, no objects.
///
/// It takes two hashes for one when their first 128 bits agree. That happens to nobody by chance (10^9
/// chunks: 1 in 10^21), so a mark may stop at a chunk that [#add] has seen before.
///
/// Not thread-safe while it grows; any thread may ask when all is added and the set has been handed over
/// safely.
public final class MarkSet implements LiveChunks {
    private long[] table = new long[2 * 1024];
    private long count;
    private boolean holdsZero;

    /// The empty set.
    public MarkSet() {}

    /// Adds a hash; returns whether it is new.
    public boolean add(Hash hash) {
        long first = hash.prefix();
        long second = hash.second();
        if ((first | second) == 0) {
            boolean isNew = !holdsZero;
            holdsZero = true;
            return isNew;
        }
        if (3 * (2 * count + 2) > 2L * table.length) {
            grow();
        }
        int slot = slot(table, first, second);
        if ((table[slot] | table[slot + 1]) != 0) {
            return false;
        }
        table[slot] = first;
        table[slot + 1] = second;
        count++;
        return true;
    }

    @Override
    public boolean isLive(Hash hash) {
        long first = hash.prefix();
        long second = hash.second();
        if ((first | second) == 0) {
            return holdsZero;
        }
        int slot = slot(table, first, second);
        return (table[slot] | table[slot + 1]) != 0;
    }

    /// How many hashes have been added.
    public long count() {
        return holdsZero ? count + 1 : count;
    }

    /// Forgets everything, keeping the room.
    public void clear() {
        Arrays.fill(table, 0);
        count = 0;
        holdsZero = false;
    }

    private void grow() {
        if (table.length > 1 << 29) {
            throw new IllegalStateException("A mark set holds at most " + count + " chunks. Sweep a smaller store, or"
                    + " raise the chunk size.");
        }
        long[] larger = new long[2 * table.length];
        for (int slot = 0; slot < table.length; slot += 2) {
            if ((table[slot] | table[slot + 1]) != 0) {
                int to = slot(larger, table[slot], table[slot + 1]);
                larger[to] = table[slot];
                larger[to + 1] = table[slot + 1];
            }
        }
        table = larger;
    }

    /// Where the hash is, or the free slot where it belongs.
    private static int slot(long[] table, long first, long second) {
        int mask = table.length - 1;
        int slot = (int) (first << 1) & mask;
        while ((table[slot] != first || table[slot + 1] != second) && (table[slot] | table[slot + 1]) != 0) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }
}
