package coppice.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Latency.Bucket;
import java.util.List;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final Latency SOME = new Latency(
            1_000, List.of(new Bucket(10, 50), new Bucket(20, 40), new Bucket(500, 9), new Bucket(9_000, 1)));

    @Test
    void noCallsTakeNoTime() {
        assertThat(Latency.NONE.calls()).isZero();
        assertThat(Latency.NONE.measured()).isZero();
        assertThat(Latency.NONE.minNanos()).isZero();
        assertThat(Latency.NONE.maxNanos()).isZero();
        assertThat(Latency.NONE.meanNanos()).isZero();
        assertThat(Latency.NONE.totalNanos()).isZero();
        assertThat(Latency.NONE.percentile(99)).isZero();
    }

    @Test
    void aPercentileIsTheTimeWithinWhichThatShareEnded() {
        assertThat(SOME.measured()).isEqualTo(100);
        assertThat(SOME.percentile(0)).isEqualTo(10);
        assertThat(SOME.percentile(50)).isEqualTo(10);
        assertThat(SOME.percentile(51)).isEqualTo(20);
        assertThat(SOME.percentile(90)).isEqualTo(20);
        assertThat(SOME.percentile(99)).isEqualTo(500);
        assertThat(SOME.percentile(99.5)).isEqualTo(9_000);
        assertThat(SOME.percentile(100)).isEqualTo(9_000);
        assertThat(SOME.minNanos()).isEqualTo(10);
        assertThat(SOME.maxNanos()).isEqualTo(9_000);
        assertThatThrownBy(() -> SOME.percentile(101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SOME.percentile(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theTotalTakesWhatWasNotTimedToBeLikeTheRest() {
        assertThat(SOME.meanNanos()).isEqualTo((500 + 800 + 4_500 + 9_000) / 100.0);
        assertThat(SOME.totalNanos()).isEqualTo(148_000);
    }

    @Test
    void whatCameSinceIsTheDifference() {
        Latency later = new Latency(
                1_500, List.of(new Bucket(10, 50), new Bucket(20, 41), new Bucket(300, 2), new Bucket(500, 9)));
        Latency since = later.since(new Latency(1_000, List.of(new Bucket(10, 50), new Bucket(20, 40))));
        assertThat(since)
                .isEqualTo(new Latency(500, List.of(new Bucket(20, 1), new Bucket(300, 2), new Bucket(500, 9))));
        assertThat(later.since(later)).isEqualTo(Latency.NONE);
        assertThat(later.since(Latency.NONE)).isEqualTo(later);
    }
}
