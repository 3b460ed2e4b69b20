package coppice.kernel.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TasksTest {
    private final Tasks tasks = Tasks.threads();

    @Test
    void runsOnceAndEnds() {
        AtomicInteger runs = new AtomicInteger();
        Task task = tasks.start("once", runs::incrementAndGet);
        task.join();
        assertThat(runs).hasValue(1);
        assertThat(task.ended()).isTrue();
        assertThat(task.failure()).isEmpty();
    }

    @Test
    void tellsWhatMadeATaskEnd() {
        IllegalStateException failure = new IllegalStateException("no");
        Task task = tasks.every("failing", Duration.ofMillis(1), () -> {
            throw failure;
        });
        task.join();
        assertThat(task.failure()).containsSame(failure);
    }

    @Test
    void repeatsUntilStopped() throws InterruptedException {
        CountDownLatch rounds = new CountDownLatch(3);
        Task task = tasks.every("again", Duration.ofMillis(1), rounds::countDown);
        rounds.await();
        task.stop();
        task.join();
        assertThat(task.failure()).isEmpty();
    }

    @Test
    void stoppingWakesASleep() {
        CountDownLatch asleep = new CountDownLatch(1);
        Task task = tasks.start("sleeper", () -> {
            asleep.countDown();
            tasks.sleep(Duration.ofDays(1));
        });
        task.stop();
        task.join();
        assertThat(task.ended()).isTrue();
    }

    @Test
    void aTaskThatHangsIsWaitedForNoLongerThanTold() {
        CountDownLatch never = new CountDownLatch(1);
        Task task = tasks.start("hanging", () -> {
            try {
                never.await();
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        });
        assertThat(task.join(Duration.ofNanos(1))).isFalse();
        assertThat(task.ended()).isFalse();
        task.interrupt();
        assertThat(task.join(Duration.ofDays(1))).isTrue();
        assertThat(task.failure().map(Throwable::getCause)).containsInstanceOf(InterruptedException.class);
    }

    @Test
    void waitingForATaskKeepsTheInterruptFlag() {
        Task task = tasks.start("quick", () -> {});
        Thread.currentThread().interrupt();
        assertThat(task.join(Duration.ofDays(1))).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedSleepKeepsTheFlag() {
        Thread.currentThread().interrupt();
        tasks.sleep(Duration.ofDays(1));
        assertThat(Thread.interrupted()).isTrue();
    }
}
