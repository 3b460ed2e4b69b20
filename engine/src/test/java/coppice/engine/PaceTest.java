package coppice.engine;

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
    void neverRestsLongerThanItHasWorkedBesideAWriterWhoNeverPauses() {
        long worked = 0;
        for (int micros = 200; micros < 4_000; micros += 100) {
            pace.wrote(100);
            work(micros);
            worked += micros * 1_000L;
        }
        assertThat(slept).isBetween(worked / 2, worked);
    }

    @Test
    void oneWriteIsOneRest() {
        pace.wrote(100);
        work(1_000);
        assertThat(slept).isEqualTo(1_000_000);
        work(1_000);
        assertThat(slept).isEqualTo(1_000_000);
    }

    @Test
    void endsWhoeverRestsOnceItIsStopped() {
        pace.stop();
        assertThatThrownBy(pace::rest).isInstanceOf(DatabaseException.Closed.class);
    }
}
