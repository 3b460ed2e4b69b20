package coppice.engine.meter;

import coppice.api.Latency;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// Times, counted in [Buckets]. To add one is one atomic addition; the 19 KiB of the counts are there once the first
/// was added. Safe for all threads.
final class Histogram {
    private volatile @Nullable AtomicLongArray counts;

    void add(long nanos) {
        AtomicLongArray known = counts;
        var _ = (known != null ? known : counts()).incrementAndGet(Buckets.of(nanos));
    }

    private synchronized AtomicLongArray counts() {
        AtomicLongArray known = counts;
        if (known == null) {
            known = new AtomicLongArray(Buckets.COUNT);
            counts = known;
        }
        return known;
    }

    /// The buckets that hold something.
    List<Latency.Bucket> buckets() {
        AtomicLongArray known = counts;
        List<Latency.Bucket> all = new ArrayList<>();
        for (int bucket = 0; known != null && bucket < known.length(); bucket++) {
            long count = known.get(bucket);
            if (count > 0) {
                all.add(new Latency.Bucket(Buckets.middle(bucket), count));
            }
        }
        return all;
    }
}
