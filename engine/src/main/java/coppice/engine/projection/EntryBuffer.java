package coppice.engine.projection;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.tree.Tree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Entries in memory that are to be put in order: the bytes of all of them in a few large arrays, so that an entry
/// costs little more than its bytes. Not thread-safe.
///
/// They are sorted from the first byte on which they differ: by numbers made of the next bytes and of where the
/// entry is, then what these bytes do not tell apart by the bytes behind them, as in a radix sort from the left
/// (McIlroy, Bostic, McIlroy: "Engineering Radix Sort", 1993), with numbers in place of digits.
final class EntryBuffer {
    /// What an entry costs beyond its bytes: its two lengths, and what sorting needs.
    private static final int ENTRY_BYTES = Short.BYTES + Integer.BYTES + 2 * Long.BYTES + Integer.BYTES;

    private static final int BLOCK_BYTES = 1 << 20;
    private static final int FEW = 24;

    private final List<byte[]> blocks = new ArrayList<>();
    private int used = BLOCK_BYTES;
    private long[] places = new long[1024];
    private int[] order = {};
    private int size;
    private long bytes;

    /// Adds an entry, and copies it.
    void add(byte[] key, byte[] value) {
        int length = Short.BYTES + Integer.BYTES + key.length + value.length;
        if (used + length > BLOCK_BYTES) {
            blocks.add(new byte[Math.max(BLOCK_BYTES, length)]);
            used = 0;
        }
        byte[] block = blocks.getLast();
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
        }
        places[size++] = ((long) (blocks.size() - 1) << Integer.SIZE) | used;
        Bytes.putU16(block, used, key.length);
        Bytes.putI32(block, used + Short.BYTES, value.length);
        used += Short.BYTES + Integer.BYTES;
        System.arraycopy(key, 0, block, used, key.length);
        System.arraycopy(value, 0, block, used + key.length, value.length);
        used += key.length + value.length;
        bytes += key.length + value.length + ENTRY_BYTES;
    }

    /// The heap that it takes to sort them, about, in bytes.
    long bytes() {
        return bytes;
    }

    /// How many entries there are.
    int size() {
        return size;
    }

    /// Takes all entries out.
    void clear() {
        blocks.clear();
        used = BLOCK_BYTES;
        size = 0;
        bytes = 0;
    }

    /// Puts the entries in order, by which they are then known.
    void sort() {
        order = new int[size];
        Arrays.setAll(order, i -> i);
        sort(0, size, 0);
    }

    /// The key of the entry at a place in the order.
    byte[] key(int place) {
        long at = places[order[place]];
        return Arrays.copyOfRange(block(at), begin(at), end(at));
    }

    /// The value of the entry at a place in the order.
    byte[] value(int place) {
        long at = places[order[place]];
        byte[] block = block(at);
        int length = Bytes.i32(block, (int) at + Short.BYTES);
        return Arrays.copyOfRange(block, end(at), end(at) + length);
    }

    private byte[] block(long at) {
        return blocks.get((int) (at >> Integer.SIZE));
    }

    private static int begin(long at) {
        return (int) at + Short.BYTES + Integer.BYTES;
    }

    private int end(long at) {
        return begin(at) + Bytes.u16(block(at), (int) at);
    }

    /// @param known how many bytes the keys are known to begin with alike, but for zeros behind the end of some
    private void sort(int from, int to, int known) {
        if (to - from <= FEW || known >= Tree.MAX_KEY_BYTES) {
            insertionSort(from, to, known);
            return;
        }
        int depth = common(from, to, known);
        int placeBits = Integer.SIZE - Integer.numberOfLeadingZeros(to - from);
        long[] numbers = new long[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (next(order[from + i], depth) & (-1L << placeBits)) | i;
        }
        Arrays.sort(numbers);
        int[] before = Arrays.copyOfRange(order, from, to);
        for (int i = 0; i < numbers.length; i++) {
            order[from + i] = before[(int) numbers[i] & ((1 << placeBits) - 1)];
        }
        sortAlike(numbers, placeBits, from, depth);
    }

    private void sortAlike(long[] numbers, int placeBits, int from, int depth) {
        int deeper = depth + (Long.SIZE - placeBits) / Byte.SIZE;
        for (int begin = 0, i = 1; i <= numbers.length; i++) {
            if (i == numbers.length || numbers[i] >> placeBits != numbers[begin] >> placeBits) {
                if (i - begin > 1) {
                    sort(from + begin, from + i, deeper);
                }
                begin = i;
            }
        }
    }

    private int common(int from, int to, int known) {
        long first = places[order[from]];
        byte[] block = block(first);
        int begin = begin(first) + known;
        int end = end(first);
        for (int i = from + 1; i < to && end > begin; i++) {
            long other = places[order[i]];
            int mismatch = Arrays.mismatch(block, begin, end, block(other), begin(other) + known, end(other));
            end = mismatch < 0 ? end : begin + mismatch;
        }
        return known + Math.max(0, end - begin);
    }

    /// Eight bytes of a key as a number that sorts as they do; zeros behind its end.
    private long next(int entry, int depth) {
        long at = places[entry];
        byte[] block = block(at);
        int begin = begin(at) + depth;
        int end = end(at);
        if (begin + Long.BYTES <= block.length) {
            int missing = Math.clamp(begin + Long.BYTES - end, 0, Long.BYTES);
            long number = Bytes.i64BigEndian(block, begin);
            return (missing == Long.BYTES ? 0 : number & (-1L << (missing * Byte.SIZE))) ^ Long.MIN_VALUE;
        }
        long number = 0;
        for (int i = begin; i < begin + Long.BYTES; i++) {
            number = (number << Byte.SIZE) | (i < end ? block[i] & 0xff : 0);
        }
        return number ^ Long.MIN_VALUE;
    }

    private void insertionSort(int from, int to, int known) {
        for (int i = from + 1; i < to; i++) {
            int entry = order[i];
            int at = i;
            while (at > from && compare(order[at - 1], entry, known) > 0) {
                order[at] = order[at - 1];
                at--;
            }
            order[at] = entry;
        }
    }

    private int compare(int one, int other, int known) {
        long a = places[one];
        long b = places[other];
        int aEnd = end(a);
        int bEnd = end(b);
        int order = Arrays.compareUnsigned(
                block(a), Math.min(begin(a) + known, aEnd), aEnd, block(b), Math.min(begin(b) + known, bEnd), bEnd);
        return order != 0 ? order : Integer.compare(aEnd - begin(a), bEnd - begin(b));
    }
}
