package coppice.kernel.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// From the beginning of a hash to 64 bits about the chunk, of which 0 is nothing: open addressing, 24 to 48 bytes of
/// heap an entry. Thread-safe; reading takes no lock, and may miss what is being written just then.
final class FactTable {
    private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIPES = 64;

    private final Stripe[] stripes = new Stripe[STRIPES];

    FactTable() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Stripe();
        }
    }

    /// What becomes of an entry.
    interface Change {
        /// The fact in place of another, which is 0 where there was none. Called under a lock: be quick.
        long apply(long known);
    }

    /// What is known under a key, or 0.
    long find(long key) {
        long[] table = stripe(key).table;
        int slot = slot(table, key);
        return (long) LONG.getAcquire(table, slot + 1);
    }

    /// Changes what is known under a key, and returns what was known before.
    long change(long key, Change change) {
        return stripe(key).change(key, change);
    }

    private Stripe stripe(long key) {
        return stripes[(int) key & (STRIPES - 1)];
    }

    /// Where a key is, or would be. Its fact stands behind it, and comes after it.
    private static int slot(long[] table, long key) {
        int mask = table.length - 1;
        int slot = (int) (key >>> 5) & mask & ~1;
        while ((long) LONG.getAcquire(table, slot + 1) != 0 && (long) LONG.getOpaque(table, slot) != key) {
            slot = (slot + 2) & mask;
        }
        return slot;
    }

    /// A table with a lock of its own: pairs of key and fact.
    private static final class Stripe {
        private volatile long[] table = new long[64];
        private int count;

        synchronized long change(long key, Change change) {
            if (3 * (2 * count + 2) > 2 * table.length) {
                grow();
            }
            long[] now = table;
            int slot = slot(now, key);
            long before = now[slot + 1];
            long after = change.apply(before);
            if (before == 0 && after != 0) {
                count++;
                LONG.setOpaque(now, slot, key);
            }
            LONG.setRelease(now, slot + 1, after);
            return before;
        }

        private void grow() {
            long[] old = table;
            long[] larger = new long[2 * old.length];
            for (int slot = 0; slot < old.length; slot += 2) {
                if (old[slot + 1] != 0) {
                    int to = slot(larger, old[slot]);
                    larger[to] = old[slot];
                    larger[to + 1] = old[slot + 1];
                }
            }
            table = larger;
        }
    }
}
