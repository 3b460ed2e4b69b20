package coppice.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Latency;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private static Latency latency(List<Long> times) {
        Histogram histogram = new Histogram();
        times.forEach(histogram::add);
        return new Latency(times.size(), histogram.buckets());
    }

    @Test
    void bucketsFollowEachOtherWithoutAGap() {
        assertThat(Buckets.of(0)).isZero();
        for (int bucket = 1; bucket < Buckets.COUNT; bucket++) {
            assertThat(Buckets.of(Buckets.middle(bucket))).isEqualTo(bucket);
            assertThat(Buckets.middle(bucket)).isGreaterThan(Buckets.middle(bucket - 1));
        }
        long time = 0;
        for (int bucket = 0; bucket < Buckets.COUNT - 1; bucket++) {
            while (Buckets.of(time) == bucket) {
                time += 1 + time / 1_000;
            }
            assertThat(Buckets.of(time)).isEqualTo(bucket + 1);
        }
    }

    @Test
    void aTimeIsKeptToWithinOneInAHundredUpToAnHour() {
        Property.forAll(Gen.longs(0, HOUR))
                .check(time ->
                        assertThat((double) Buckets.middle(Buckets.of(time))).isBetween(time * 0.99, time * 1.01));
        assertThat(Buckets.of(Long.MAX_VALUE)).isEqualTo(Buckets.COUNT - 1);
        assertThat((double) Buckets.middle(Buckets.COUNT - 1)).isBetween(HOUR * 0.99, HOUR * 1.01);
        assertThat(Buckets.of(-1)).isZero();
    }

    /// An independent implementation, of three digits.
    @Test
    void percentilesAreThoseOfHdrHistogram() {
        Gen<List<Long>> times =
                Gen.oneOf(Gen.longs(0, 1_000), Gen.longs(0, HOUR)).list(1, 300);
        Property.forAll(times).check(all -> {
            org.HdrHistogram.Histogram other = new org.HdrHistogram.Histogram(2 * HOUR, 3);
            all.forEach(other::recordValue);
            Latency latency = latency(all);
            assertThat(latency.measured()).isEqualTo(other.getTotalCount());
            assertThat(latency.meanNanos()).isBetween(other.getMean() * 0.985 - 1, other.getMean() * 1.015 + 1);
            for (double percent : new double[] {0, 10, 50, 90, 99, 99.9, 100}) {
                double expected = other.getValueAtPercentile(percent);
                assertThat((double) latency.percentile(percent))
                        .as("percentile %s", percent)
                        .isBetween(expected * 0.985 - 1, expected * 1.015 + 1);
            }
        });
    }

    @Test
    void bucketsFillAnHdrHistogram() {
        Latency latency = latency(List.of(100L, 100L, 5_000L, 1_000_000L));
        org.HdrHistogram.Histogram copy = new org.HdrHistogram.Histogram(2);
        latency.buckets().forEach(bucket -> copy.recordValueWithCount(bucket.nanos(), bucket.count()));
        assertThat(copy.getTotalCount()).isEqualTo(4);
        assertThat(copy.getValueAtPercentile(50)).isEqualTo(100);
    }

    @Test
    void threadsLoseNothing() throws InterruptedException {
        Histogram histogram = new Histogram();
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            int mine = number;
            threads.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 10_000; i++) {
                    histogram.add(100L * (mine % 2));
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(histogram.buckets()).containsExactly(new Latency.Bucket(0, 20_000), new Latency.Bucket(100, 20_000));
    }
}
