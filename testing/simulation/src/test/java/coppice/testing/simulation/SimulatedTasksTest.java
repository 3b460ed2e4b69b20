package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.platform.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SimulatedTasksTest {
    private final SimulatedClock clock = new SimulatedClock(1_000);
    private final SimulatedTasks tasks = new SimulatedTasks(clock);
    private final List<String> log = new ArrayList<>();

    private void note(String what) {
        log.add(what + "@" + (clock.millis() - 1_000));
    }

    @Test
    void tasksRunInTheOrderOfTheirStartAndOnlyWhenTold() {
        Task first = tasks.start("first", () -> {
            note("first");
            tasks.start("third", () -> note("third"));
        });
        tasks.start("second", () -> note("second"));
        assertThat(log).isEmpty();
        assertThat(first.ended()).isFalse();
        tasks.run();
        assertThat(log).containsExactly("first@0", "second@0", "third@0");
        assertThat(first.ended()).isTrue();
    }

    @Test
    void joiningRunsATaskOnce() {
        Task task = tasks.start("task", () -> note("task"));
        task.join();
        task.join();
        tasks.run();
        assertThat(log).containsExactly("task@0");
    }

    @Test
    void repeatingTasksRunWhenTheyAreDue() {
        Task often = tasks.every("often", Duration.ofMillis(20), () -> note("often"));
        tasks.every("seldom", Duration.ofMillis(50), () -> {
            note("seldom");
            throw new IllegalStateException();
        });
        tasks.pass(Duration.ofMillis(70));
        assertThat(log).containsExactly("often@20", "often@40", "seldom@50", "often@60");
        assertThatThrownBy(often::join).isInstanceOf(IllegalStateException.class);
        often.stop();
        often.join();
        tasks.pass(Duration.ofMillis(500));
        assertThat(log).as("one failed, one was stopped").hasSize(4);
        assertThat(clock.millis()).isEqualTo(1_570);
    }

    @Test
    void sleepingTakesNoTime() {
        tasks.sleep(Duration.ofHours(1));
        assertThat(clock.nanos()).isEqualTo(Duration.ofHours(1).toNanos());
        clock.jump(Duration.ofHours(-2));
        assertThat(clock.nanos()).isEqualTo(Duration.ofHours(1).toNanos());
        assertThat(clock.millis()).isEqualTo(1_000 - 3_600_000);
    }
}
