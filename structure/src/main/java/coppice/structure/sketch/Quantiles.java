package coppice.structure.sketch;

import coppice.api.Space;
import coppice.api.SpaceView;
import java.util.OptionalDouble;

/// How numbers are spread: how many there are in each of buckets whose bounds grow by a factor, so that each
/// number in one is close to its middle, as a share of itself. Sixteen buckets are a row. Bucket 0 is of zeros,
/// those of positive numbers are positive, and those of negative numbers their opposites.
final class Quantiles {
    static final int PIECE_BUCKETS = 16;

    private final Pieces<long[]> pieces;
    private final double error;
    private final double logFactor;
    private final int shift;

    Quantiles(Shape shape, SpaceView rows) {
        this.pieces = new Pieces<>(rows, Part.BUCKETS, shape.tag(), new Pieces.Counts(PIECE_BUCKETS));
        this.error = shape.options().quantileError();
        this.logFactor = StrictMath.log((1 + error) / (1 - error));
        this.shift = 1 - power(Double.MIN_VALUE);
    }

    /// The same on all machines, so that the same numbers are in the same buckets.
    private int power(double number) {
        return (int) StrictMath.ceil(StrictMath.log(number) / logFactor);
    }

    private int bucket(double number) {
        return number == 0 ? 0 : number > 0 ? power(number) + shift : -(power(-number) + shift);
    }

    private double middle(int bucket) {
        if (bucket == 0) {
            return 0;
        }
        double middle = (1 - error) * StrictMath.exp((Math.abs(bucket) - shift) * logFactor);
        return Math.copySign(Math.min(middle, Double.MAX_VALUE), bucket);
    }

    void add(double number, long times) {
        int bucket = bucket(number);
        int piece = Math.floorDiv(bucket, PIECE_BUCKETS);
        pieces.at(piece)[Math.floorMod(bucket, PIECE_BUCKETS)] += times;
        pieces.changed(piece);
    }

    void write(Space into, long mark) {
        pieces.write(into, mark);
    }

    /// The middle of the bucket in which the number of a rank is.
    OptionalDouble quantile(double rank) {
        long count = upTo(Integer.MAX_VALUE);
        if (count == 0) {
            return OptionalDouble.empty();
        }
        long wanted = (long) Math.floor(rank * (count - 1));
        Walk walk = new Walk(wanted);
        pieces.each(walk);
        return OptionalDouble.of(middle(walk.bucket));
    }

    /// Which share of all is in the bucket of a number and those before.
    OptionalDouble rank(double number) {
        long count = upTo(Integer.MAX_VALUE);
        return count == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) upTo(bucket(number)) / count);
    }

    private long upTo(int last) {
        long[] sum = new long[1];
        pieces.each((number, counts) -> {
            for (int i = 0; i < PIECE_BUCKETS; i++) {
                sum[0] += number * PIECE_BUCKETS + i <= last ? Math.max(0, counts[i]) : 0;
            }
        });
        return sum[0];
    }

    /// Goes to the bucket in which more than so many numbers have come.
    private static final class Walk implements Pieces.Each<long[]> {
        private final long wanted;
        private long seen;
        private int bucket;

        Walk(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public void accept(int number, long[] counts) {
            for (int i = 0; i < PIECE_BUCKETS && seen <= wanted; i++) {
                seen += Math.max(0, counts[i]);
                bucket = seen > wanted ? number * PIECE_BUCKETS + i : bucket;
            }
        }
    }
}
