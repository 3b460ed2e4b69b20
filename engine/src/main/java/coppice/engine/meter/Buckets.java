package coppice.engine.meter;

/// The buckets of a histogram of times: 64 of equal width for every doubling, so that the middle of a bucket is within
/// one in a hundred of everything in it. The scheme is HdrHistogram's (Tene 2012).
final class Buckets {
    /// How many there are.
    static final int COUNT = of(Long.MAX_VALUE) + 1;

    /// What is longer counts as this long: an hour, in nanoseconds.
    private static final long LONGEST = 3_600_000_000_000L;

    private static final int BITS = 6;

    private Buckets() {}

    /// The bucket of a time. A time below 0, of a clock that went back, counts as 0.
    static int of(long nanos) {
        long value = Math.clamp(nanos, 0, LONGEST);
        int shift = Math.max(0, Long.SIZE - 1 - BITS - Long.numberOfLeadingZeros(value | 1));
        return (shift << BITS) + (int) (value >>> shift);
    }

    /// The middle of a bucket.
    static long middle(int bucket) {
        int shift = Math.max(0, (bucket >>> BITS) - 1);
        long low = (long) (bucket - (shift << BITS)) << shift;
        return low + ((1L << shift) - 1) / 2;
    }
}
