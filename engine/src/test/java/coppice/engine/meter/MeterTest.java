package coppice.engine.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Durability;
import coppice.api.Latency;
import coppice.api.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeterTest {
    private final ManualClock clock = new ManualClock();

    @Test
    void timesWhatIsDone() {
        Meter meter = new Meter(clock);
        String result = meter.time(() -> {
            clock.pass(42);
            return "done";
        });
        assertThat(result).isEqualTo("done");
        long begun = meter.begin();
        clock.pass(7);
        meter.end(begun);
        assertThat(meter.latency())
                .isEqualTo(new Latency(2, List.of(new Latency.Bucket(7, 1), new Latency.Bucket(42, 1))));
    }

    @Test
    void whatFailsIsNotTakenNoteOf() {
        Meter meter = new Meter(clock);
        assertThatThrownBy(() -> meter.time(() -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(meter.latency()).isEqualTo(Latency.NONE);
    }

    @Test
    void aSamplingMeterCountsAllAndTimesOneIn64() {
        SamplingMeter meter = new SamplingMeter(clock, 64);
        for (int i = 0; i < 64 * 1_000; i++) {
            long begun = meter.begin();
            clock.pass(30);
            meter.end(begun);
        }
        assertThat(meter.latency().calls()).isEqualTo(64_000);
        assertThat(meter.latency().measured()).isBetween(900L, 1_100L);
        assertThat(meter.latency().percentile(50)).isEqualTo(30);
    }

    @Test
    void aShareOfOneIsEverything() {
        SamplingMeter meter = new SamplingMeter(clock, 1);
        for (int i = 0; i < 1_000; i++) {
            meter.end(meter.begin());
        }
        assertThat(meter.latency()).isEqualTo(new Latency(1_000, List.of(new Latency.Bucket(0, 1_000))));
    }

    @Test
    void aRegularWorkloadIsSeenFromAllSides() {
        for (int period : new int[] {2, 3, 8, 21, 34, 55, 63, 64, 65, 68, 89, 127, 128}) {
            SamplingMeter meter = new SamplingMeter(clock, 64);
            for (int i = 0; i < 64 * 20_000; i++) {
                long begun = meter.begin();
                clock.pass(i % period == 0 ? 100 : 1);
                meter.end(begun);
            }
            long slow = meter.latency().buckets().getLast().count();
            double expected = (double) meter.latency().measured() / period;
            assertThat((double) slow)
                    .as("every %s th is slow", period)
                    .isBetween(expected * 0.6 - 2, expected * 1.4 + 2);
        }
    }

    @Test
    void samplesOfManyThreadsAddUp() throws InterruptedException {
        SamplingMeter meter = new SamplingMeter(clock, 64);
        List<Thread> threads = new ArrayList<>();
        for (int number = 0; number < 40; number++) { // more than there are counters
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1_000; i++) {
                    meter.end(meter.begin());
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(meter.latency().calls()).isEqualTo(40_000);
        assertThat(meter.latency().measured()).isBetween(500L, 800L);
    }

    @Test
    void onlyWhatWasDoneIsTold() {
        Meters meters = new Meters(clock, Durability.NONE);
        assertThat(meters.latencies()).isEmpty();
        for (Operation operation : Operation.values()) {
            switch (operation) {
                case GET -> meters.gets().end(meters.gets().begin());
                case WRITE -> meters.writes().end(meters.writes().begin());
                case SCAN -> meters.scans().end(meters.scans().begin());
                default -> meters.of(operation).time(() -> true);
            }
        }
        assertThat(meters.latencies()).containsOnlyKeys(Operation.values());
    }
}
