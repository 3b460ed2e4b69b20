package coppice.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How long calls took: a histogram, of one [Operation] or any other kind of work. An immutable value.
///
/// Times are kept to within one in a hundred, up to an hour; longer ones count as an hour. Of what is done millions of
/// times a second only a share is timed, so [#measured()] may be less than [#calls()]. What failed is not timed.
///
/// @param calls how many calls there were
/// @param buckets the times of those that were timed, in ascending order
public record Latency(long calls, List<Bucket> buckets) {
    /// No calls.
    public static final Latency NONE = new Latency(0, List.of());

    /// Calls that took about the same time.
    ///
    /// @param nanos how long, in nanoseconds
    /// @param count how many were timed
    public record Bucket(long nanos, long count) {}

    /// Copies the list.
    public Latency {
        buckets = List.copyOf(buckets);
    }

    /// How many calls were timed.
    public long measured() {
        return buckets.stream().mapToLong(Bucket::count).sum();
    }

    /// The shortest time, in nanoseconds; 0 when none was taken.
    public long minNanos() {
        return buckets.isEmpty() ? 0 : buckets.getFirst().nanos();
    }

    /// The longest time, in nanoseconds; 0 when none was taken.
    public long maxNanos() {
        return buckets.isEmpty() ? 0 : buckets.getLast().nanos();
    }

    /// The mean time, in nanoseconds; 0 when none was taken.
    public double meanNanos() {
        long measured = measured();
        double sum = 0;
        for (Bucket bucket : buckets) {
            sum += (double) bucket.nanos() * bucket.count();
        }
        return measured == 0 ? 0 : sum / measured;
    }

    /// The time of all calls together, in nanoseconds: those that were not timed are taken to have been like the
    /// others.
    public double totalNanos() {
        return meanNanos() * calls;
    }

    /// The time within which this share of the calls ended, in nanoseconds; 0 when none was timed.
    ///
    /// @param percent 0 to 100: 50 for the median, 99.9 for one in a thousand
    public long percentile(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("A percentile lies between 0 and 100, not at " + percent);
        }
        long wanted = Math.max(1, (long) Math.ceil(measured() * (percent / 100)));
        long seen = 0;
        for (Bucket bucket : buckets) {
            seen += bucket.count();
            if (seen >= wanted) {
                return bucket.nanos();
            }
        }
        return maxNanos();
    }

    /// What came after an earlier look at the same work.
    public Latency since(Latency earlier) {
        Map<Long, Long> before = new HashMap<>();
        earlier.buckets.forEach(bucket -> before.put(bucket.nanos(), bucket.count()));
        List<Bucket> later = new ArrayList<>();
        for (Bucket bucket : buckets) {
            long count = bucket.count() - before.getOrDefault(bucket.nanos(), 0L);
            if (count > 0) {
                later.add(new Bucket(bucket.nanos(), count));
            }
        }
        return new Latency(Math.max(0, calls - earlier.calls), later);
    }
}
