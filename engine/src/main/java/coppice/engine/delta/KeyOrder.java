package coppice.engine.delta;

import java.util.Arrays;
import java.util.Comparator;

/// Puts many writes into the order of their keys, fast: sorts numbers made of the first bytes that tell keys apart and
/// of where the write is, and looks at whole keys only where those bytes are the same.
final class KeyOrder {
    private static final int SHORT_RUN = 24;

    private final byte[][] keys;
    private final int common;
    private final int[] order;
    private int count;

    private KeyOrder(byte[][] keys) {
        this.keys = keys;
        this.common = common(keys);
        this.order = new int[keys.length];
    }

    /// The places of the writes in the order of their keys; of several with the same key only the last.
    static int[] of(byte[][] keys) {
        KeyOrder sorted = new KeyOrder(keys);
        sorted.run();
        return sorted.count == keys.length ? sorted.order : Arrays.copyOf(sorted.order, sorted.count);
    }

    /// How many bytes all keys begin with.
    private static int common(byte[][] keys) {
        byte[] first = keys.length == 0 ? new byte[0] : keys[0];
        int common = first.length;
        for (byte[] key : keys) {
            int mismatch = Arrays.mismatch(first, 0, common, key, 0, Math.min(common, key.length));
            common = mismatch < 0 ? common : mismatch;
        }
        return common;
    }

    private void run() {
        int n = keys.length;
        int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        long[] numbers = new long[n];
        for (int i = 0; i < n; i++) {
            numbers[i] = (Node.prefix(keys[i], common) & -1L << placeBits) | i;
        }
        Arrays.sort(numbers);
        int mask = (1 << placeBits) - 1;
        for (int from = 0; from < n; ) {
            int begin = count;
            long head = numbers[from] >> placeBits;
            while (from < n && numbers[from] >> placeBits == head) {
                order[count++] = (int) numbers[from++] & mask;
            }
            if (count - begin > 1) {
                settle(begin);
            }
        }
    }

    /// Sorts what was taken last by whole keys, and drops what is overwritten by a later write.
    private void settle(int begin) {
        if (count - begin <= SHORT_RUN) {
            insertionSort(begin);
        } else {
            Integer[] run = new Integer[count - begin];
            Arrays.setAll(run, i -> order[begin + i]);
            Arrays.sort(run, Comparator.comparing(place -> keys[place], Arrays::compareUnsigned)); // stable
            for (int i = 0; i < run.length; i++) {
                order[begin + i] = run[i];
            }
        }
        int kept = begin;
        for (int i = begin + 1; i < count; i++) {
            if (!Arrays.equals(keys[order[kept]], keys[order[i]])) {
                kept++;
            }
            order[kept] = order[i];
        }
        count = kept + 1;
    }

    private void insertionSort(int begin) {
        for (int i = begin + 1; i < count; i++) {
            int place = order[i];
            int at = i;
            while (at > begin && compare(order[at - 1], place) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = place;
        }
    }

    private int compare(int place, int other) {
        byte[] a = keys[place];
        byte[] b = keys[other];
        return Arrays.compareUnsigned(a, common, a.length, b, common, b.length);
    }
}
