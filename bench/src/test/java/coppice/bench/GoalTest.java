package coppice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.bench.peer.Peers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static final long ROWS = 1_000_000;

    @Test
    void aRatioIsTakenRoundByRoundAgainstThePeerWithTheBestMedian() {
        Results results = results(
                sample(1, Peers.COPPICE, Metric.GET_1, 30),
                sample(2, Peers.COPPICE, Metric.GET_1, 12),
                sample(3, Peers.COPPICE, Metric.GET_1, 30),
                sample(1, "lmdb", Metric.GET_1, 20),
                sample(2, "lmdb", Metric.GET_1, 10),
                sample(3, "lmdb", Metric.GET_1, 15),
                sample(1, "rocksdb", Metric.GET_1, 5));
        var goal = new Goal.Ratio(Metric.GET_1, List.of("rocksdb", "lmdb"), 1.4);
        Goal.Outcome outcome = goal.judge(results, ROWS).orElseThrow();
        assertThat(outcome.result()).isEqualTo("1.5x (1.2–2)");
        assertThat(outcome.reference()).isEqualTo("lmdb 15");
        assertThat(outcome.met()).isTrue();
    }

    @Test
    void aRatioOfTimesIsToBeSmall() {
        Results results = results(sample(1, Peers.COPPICE, Metric.UPDATE, 11), sample(1, "rocksdb", Metric.UPDATE, 10));
        var goal = new Goal.Ratio(Metric.UPDATE, List.of("rocksdb"), 1);
        assertThat(goal.judge(results, ROWS).orElseThrow().met()).isFalse();
    }

    @Test
    void aLimitIsALeastValueWhereMoreIsBetter() {
        Results results = results(sample(1, Peers.COPPICE, Metric.CLONE, 0.6));
        assertThat(new Goal.Limit(Metric.CLONE, 0.5)
                        .judge(results, ROWS)
                        .orElseThrow()
                        .met())
                .isTrue();
        assertThat(new Goal.Limit(Metric.CLONE, 0.7)
                        .judge(results, ROWS)
                        .orElseThrow()
                        .met())
                .isFalse();
        assertThat(new Goal.Limit(Metric.CLONE, 0.5).text()).isEqualTo("≥ 0.5 x");
    }

    @Test
    void whatWasNotMeasuredIsNotJudged() {
        Results results = results(sample(1, Peers.COPPICE, Metric.UPDATE, 11));
        assertThat(new Goal.Ratio(Metric.UPDATE, List.of("rocksdb"), 1).judge(results, ROWS))
                .isEmpty();
        assertThat(new Goal.Limit(Metric.OPEN, 10).judge(results, ROWS)).isEmpty();
    }

    @Test
    void aSampleSurvivesItsLine() {
        var sample = new Sample(3, "lmdb", ROWS, Metric.FAILED, 1, 0.25, "said \"no\" \\ and\tleft");
        String line = JsonLine.write(sample.fields());
        assertThat(Sample.of(JsonLine.read(line))).contains(sample);
    }

    @Test
    void numbersShowThreeDigits() {
        assertThat(Numbers.show(1234567.8)).isEqualTo("1,230,000");
        assertThat(Numbers.show(0.012345)).isEqualTo("0.0123");
        assertThat(Numbers.show(120)).isEqualTo("120");
        assertThat(Numbers.rows(10_000_000)).isEqualTo("10M");
        assertThat(Numbers.rows(200_000)).isEqualTo("200k");
    }

    private static Results results(Sample... samples) {
        return new Results(Map.of(), List.of(samples));
    }

    private static Sample sample(int round, String peer, Metric metric, double value) {
        return new Sample(round, peer, ROWS, metric, value, 0, "");
    }
}
