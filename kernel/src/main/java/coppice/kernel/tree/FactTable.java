package coppice.kernel.tree;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.IntToLongFunction;

/// From the beginning of a hash to 64 bits about the chunk, of which 0 is nothing, and 64 more: open addressing, 36 to
/// 72 bytes of heap an entry. Thread-safe; reading takes no lock, and may miss what is being written just then.
final class FactTable {
    private static final VarHandle LONG = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int STRIPES = 64;
    private static final int WIDTH = 3;
    private static final int FACT = 1;
    private static final int MORE = 2;

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
        return (long) LONG.getAcquire(table, slot + FACT);
    }

    /// What was noted with the fact that is known under a key, or 0.
    long more(long key) {
        long[] table = stripe(key).table;
        int slot = slot(table, key);
        return (long) LONG.getAcquire(table, slot + FACT) == 0 ? 0 : (long) LONG.getOpaque(table, slot + MORE);
    }

    /// What is known under some keys, each followed by what was noted with it.
    long[] findAll(int count, IntToLongFunction key) {
        long[] found = new long[2 * count];
        for (int i = 0; i < count; i++) {
            long next = key.applyAsLong(i);
            long[] table = stripe(next).table;
            int slot = slot(table, next);
            long fact = (long) LONG.getAcquire(table, slot + FACT);
            found[2 * i] = fact;
            found[2 * i + 1] = fact == 0 ? 0 : (long) LONG.getOpaque(table, slot + MORE);
        }
        return found;
    }

    /// Changes what is known under a key, and returns what was known before.
    long change(long key, Change change) {
        return stripe(key).change(key, 0, change);
    }

    /// As [#change(long, Change)], and notes something with it unless that is 0.
    long change(long key, long more, Change change) {
        return stripe(key).change(key, more, change);
    }

    private Stripe stripe(long key) {
        return stripes[(int) key & (STRIPES - 1)];
    }

    /// Where a key is, or would be. Its fact stands behind it, and comes after it.
    private static int slot(long[] table, long key) {
        int entries = table.length / WIDTH;
        int entry = (int) (key >>> 6) & (entries - 1);
        int slot = WIDTH * entry;
        while ((long) LONG.getAcquire(table, slot + FACT) != 0 && (long) LONG.getOpaque(table, slot) != key) {
            slot = slot + WIDTH == table.length ? 0 : slot + WIDTH;
        }
        return slot;
    }

    /// A table with a lock of its own: entries of key, fact and what is noted with it, a power of two of them.
    private static final class Stripe {
        private volatile long[] table = new long[32 * WIDTH];
        private int count;

        synchronized long change(long key, long more, Change change) {
            if (3 * WIDTH * (count + 1) > 2 * table.length) {
                grow();
            }
            long[] now = table;
            int slot = slot(now, key);
            long before = now[slot + FACT];
            long after = change.apply(before);
            if (before == 0 && after != 0) {
                count++;
                LONG.setOpaque(now, slot, key);
            }
            if (more != 0) {
                LONG.setOpaque(now, slot + MORE, more);
            }
            LONG.setRelease(now, slot + FACT, after);
            return before;
        }

        private void grow() {
            long[] old = table;
            long[] larger = new long[2 * old.length];
            for (int slot = 0; slot < old.length; slot += WIDTH) {
                if (old[slot + FACT] != 0) {
                    System.arraycopy(old, slot, larger, slot(larger, old[slot]), WIDTH);
                }
            }
            table = larger;
        }
    }
}
