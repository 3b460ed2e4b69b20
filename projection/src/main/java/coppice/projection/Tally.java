package coppice.projection;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What rows amount to together: of a group, or of one value in it. Tallies are added and taken away exactly, so
/// that the order of changes leaves no trace. Immutable. `docs/format/projection.md` has the format.
public final class Tally {
    private static final byte[] NOTHING = {};

    private final long rows;
    private final List<Sum> sums;
    private final byte[] sortKey;

    /// @param sortKey what the key of the entry has a digest of; else empty
    Tally(long rows, List<Sum> sums, byte[] sortKey) {
        this.rows = rows;
        this.sums = List.copyOf(sums);
        this.sortKey = sortKey;
    }

    /// What is added up of an expression.
    ///
    /// @param values how many count
    /// @param total their exact sum, without trailing zeros
    /// @param beyond how many are so large or small that they are not in it
    record Sum(long values, BigDecimal total, long beyond) {
        Sum {
            total = bare(total);
        }

        static final Sum ZERO = new Sum(0, BigDecimal.ZERO, 0);

        private Sum plus(Sum other) {
            return new Sum(values + other.values, total.add(other.total), beyond + other.beyond);
        }

        private Sum negated() {
            return new Sum(-values, total.negate(), -beyond);
        }

        private static BigDecimal bare(BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }

    /// How many rows.
    public long rows() {
        return rows;
    }

    List<Sum> sums() {
        return sums;
    }

    /// The sort key of which the entry's key has a digest; empty where that has it itself.
    byte[] sortKey() {
        return sortKey;
    }

    /// Both together.
    ///
    /// @throws IllegalArgumentException when the other has other sums: it is of another projection
    public Tally plus(Tally other) {
        if (sums.size() != other.sums.size()) {
            throw new IllegalArgumentException(
                    "A tally of " + sums.size() + " sums and one of " + other.sums.size() + " have no sum");
        }
        List<Sum> both = List.of();
        if (!sums.isEmpty()) {
            both = new ArrayList<>(sums.size());
            for (int i = 0; i < sums.size(); i++) {
                both.add(sums.get(i).plus(other.sums.get(i)));
            }
        }
        return new Tally(rows + other.rows, both, sortKey.length > 0 ? sortKey : other.sortKey);
    }

    /// What takes this away when it is added.
    public Tally negated() {
        return new Tally(-rows, sums.stream().map(Sum::negated).toList(), sortKey);
    }

    /// Whether it amounts to nothing: as a change it changes nothing, and what has come to this is gone.
    public boolean isNothing() {
        return rows == 0 && sums.stream().allMatch(Sum.ZERO::equals);
    }

    /// This as bytes, the same for equal tallies.
    ///
    /// @throws IllegalStateException when less than nothing is left: more was taken away than there was
    public byte[] encoded() {
        PartWriter out = new PartWriter().varint(count(rows)).varint(sums.size());
        for (Sum sum : sums) {
            int scale = sum.total().scale();
            out.varint(count(sum.values())).varint(count(sum.beyond()));
            out.varint(((long) scale << 1) ^ (scale >> 31));
            out.sized(sum.total().unscaledValue().toByteArray());
        }
        return out.bytes(sortKey).toBytes();
    }

    private static long count(long number) {
        if (number < 0) {
            throw new IllegalStateException("A tally has come to " + number + ": more was taken away than there was");
        }
        return number;
    }

    /// Reads what [#encoded] gives.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static Tally decode(byte[] bytes) {
        PartReader in = new PartReader(bytes);
        long rows = in.count();
        long count = in.count();
        List<Sum> sums = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            long values = in.count();
            long beyond = in.count();
            sums.add(new Sum(values, total(in), beyond));
        }
        return new Tally(rows, sums, in.hasMore() ? in.rest() : NOTHING);
    }

    private static BigDecimal total(PartReader in) {
        long zigzag = in.varint();
        long scale = (zigzag >>> 1) ^ -(zigzag & 1);
        byte[] digits = in.sized();
        if (digits.length == 0 || scale != (int) scale) {
            throw in.wrong("this is no sum");
        }
        BigDecimal total = new BigDecimal(new BigInteger(digits), (int) scale);
        if (Sum.bare(total).scale() != total.scale() || total.unscaledValue().toByteArray().length != digits.length) {
            throw in.wrong("this is no sum in its shortest form");
        }
        return total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tally tally
                && rows == tally.rows
                && sums.equals(tally.sums)
                && Arrays.equals(sortKey, tally.sortKey);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(rows) + sums.hashCode();
    }

    @Override
    public String toString() {
        return rows + " rows, " + sums;
    }
}
