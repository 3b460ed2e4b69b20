package coppice.structure.sketch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Counts that share a row, with a mark that no other writing has: without it, two branches that count alike would
/// have equal rows, and merges would not see that both did.
///
/// A row is the mark in eight bytes, and then each count in base 128, the lowest digits first, all but the last
/// with the highest bit set; negative ones, which merges with a cleared sketch may leave, between the others: 0,
/// -1, 1, -2 and so on are 0, 1, 2, 3.
record Cells(long mark, long[] counts) {
    private static final int LONGEST = 10;
    private static final int DIGIT_BITS = 7;
    private static final int MORE = 1 << DIGIT_BITS;

    static Cells none(int size) {
        return new Cells(0, new long[size]);
    }

    byte[] encode() {
        ByteBuffer row =
                ByteBuffer.allocate(Long.BYTES + LONGEST * counts.length).putLong(mark);
        for (long count : counts) {
            long rest = (count << 1) ^ (count >> (Long.SIZE - 1));
            while ((rest & -MORE) != 0) {
                row.put((byte) (rest | MORE));
                rest >>>= DIGIT_BITS;
            }
            row.put((byte) rest);
        }
        return Arrays.copyOf(row.array(), row.position());
    }

    /// Reads a row; nothing when it has not so many counts.
    static Optional<Cells> decode(byte[] row, int size) {
        if (row.length < Long.BYTES + size) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(row);
        long mark = in.getLong();
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            long digits = 0;
            int shift = 0;
            byte next;
            do {
                if (!in.hasRemaining() || shift > Long.SIZE) {
                    return Optional.empty();
                }
                next = in.get();
                digits |= (long) (next & (MORE - 1)) << shift;
                shift += DIGIT_BITS;
            } while (next < 0);
            counts[i] = (digits >>> 1) ^ -(digits & 1);
        }
        return in.hasRemaining() ? Optional.empty() : Optional.of(new Cells(mark, counts));
    }

    /// What both sides counted since their base, on top of it: ours and theirs less the base.
    ///
    /// @return nothing when something is no row, or beyond 64 bits
    static Optional<byte[]> merge(int size, byte @Nullable [] base, byte @Nullable [] ours, byte @Nullable [] theirs) {
        return read(base, size)
                .flatMap(before ->
                        read(ours, size).flatMap(our -> read(theirs, size).flatMap(their -> our.merged(before, their))))
                .map(Cells::encode);
    }

    static Optional<Cells> read(byte @Nullable [] row, int size) {
        return row == null ? Optional.of(none(size)) : decode(row, size);
    }

    private Optional<Cells> merged(Cells base, Cells other) {
        long[] sums = new long[counts.length];
        try {
            for (int i = 0; i < sums.length; i++) {
                sums[i] = sum(base, other, i);
            }
        } catch (ArithmeticException beyond) {
            return Optional.empty();
        }
        return Optional.of(new Cells(Fingerprint.both(mark, other.mark), sums));
    }

    /// @throws ArithmeticException when it is beyond 64 bits
    long sum(Cells base, Cells other, int at) {
        return Math.addExact(counts[at], Math.subtractExact(other.counts[at], base.counts[at]));
    }
}
