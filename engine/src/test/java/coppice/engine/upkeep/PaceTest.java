package coppice.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.DatabaseException;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
    private long nanos;
    private long slept;

    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            return nanos / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos;
        }
    };

    private final Tasks tasks = new Tasks() {
        @Override
        public Task start(String name, Runnable body) {
            throw new AssertionError("it starts nothing");
        }

        @Override
        public Task every(String name, Duration pause, Runnable body) {
            throw new AssertionError("it starts nothing");
        }

        @Override
        public void sleep(Duration duration) {
            slept += duration.toNanos();
            nanos += duration.toNanos();
        }
    };

    private final Pace pace = new Pace(tasks, clock);

    private void work(long micros) {
        nanos += micros * 1_000;
        pace.rest();
    }

    @Test
    void doesNotRestWhenNobodyWrites() {
        work(50_000);
        work(50_000);
        assertThat(slept).isZero();
    }

    @Test
    void restsAsLongAsItHasWorkedBesideAWriter() {
        long worked = 0;
        for (int micros = 100; micros < 1_000; micros += 10) {
            pace.wrote(100);
            work(micros);
            worked += micros * 1_000L;
        }
        assertThat(slept).isEqualTo(worked);
    }

    @Test
    void doesNotRestBeforeAStretchIsOver() {
        pace.wrote(100);
        work(60);
        assertThat(slept).isZero();
        work(60);
        assertThat(slept).isEqualTo(120_000);
    }

    @Test
    void restsLongAfterWhatTookLong() {
        pace.begin(1);
        pace.wrote(100);
        work(5_000);
        assertThat(slept).isEqualTo(80_000_000);
    }

    @Test
    void restsLongWhileItIsAllowedToAndThenNoLongerThanItHasWorked() {
        pace.begin(3L << 30);
        for (int i = 0; i < 10_000; i++) {
            pace.wrote(100);
            work(1_000);
        }
        long longRests = 90_000 / 80;
        assertThat(slept).isEqualTo(90_000_000_000L + (10_000 - longRests) * 1_000_000);
    }

    @Test
    void hurriesWhenMuchHasBeenWrittenMeanwhile() {
        pace.begin(800L << 20);
        pace.wrote(99 << 20);
        work(5_000);
        assertThat(slept).isEqualTo(80_000_000);
        pace.wrote(1 << 20);
        work(5_000);
        assertThat(slept).isEqualTo(82_000_000);
    }

    @Test
    void aWriterIsOneForAWhile() {
        pace.wrote(100);
        work(500);
        work(500);
        assertThat(slept).isEqualTo(1_000_000);
        nanos += 20_000_000;
        work(500);
        assertThat(slept).isEqualTo(1_000_000);
    }

    @Test
    void endsWhoeverRestsOnceItIsStopped() {
        pace.stop();
        assertThatThrownBy(pace::rest).isInstanceOf(DatabaseException.Closed.class);
    }
}
