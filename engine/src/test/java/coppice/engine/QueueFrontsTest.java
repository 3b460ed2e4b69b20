package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Operation;
import coppice.api.Options;
import coppice.api.structure.JobOptions;
import coppice.api.structure.WorkQueue;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which jobs come first is remembered, whatever comes before them meanwhile.
class QueueFrontsTest {
    private static final int BACKLOG = 2_000;
    private static final int LAST = 9;

    private Database db;
    private WorkQueue<Integer> queue;

    @BeforeEach
    void open() {
        Machine quiet = new Machine(new MemoryDisk(), new QuietTasks(), Clock.system(), Entropy.secure());
        db = Opening.embedded(quiet, "test", Options.defaults(), Sizes.STANDARD);
        queue = db.queue("q", Integer.class);
    }

    @AfterEach
    void close() {
        db.close();
    }

    private void put(int job, int priority) {
        queue.put(job, JobOptions.defaults().withPriority(priority));
    }

    private long scans() {
        return db.stats().latency(Operation.SCAN).calls();
    }

    @Test
    void aJobBeforeABacklogIsTakenWithoutAWalk() {
        for (int job = 0; job < BACKLOG; job++) {
            put(job, LAST);
        }
        db.commit("folded");
        for (int job = 0; job < BACKLOG / 2; job++) {
            assertThat(queue.take()).isEqualTo(job);
        }
        long before = scans();
        for (int job = 0; job < 200; job++) {
            put(-job, job % LAST);
            assertThat(queue.take()).isEqualTo(-job);
        }
        assertThat(scans() - before).isLessThan(10);
    }

    /// Among them transactions, which know nothing of it and do not take turns.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void jobsComeInTheirOrderWhoeverPutsAndTakesThem(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        TreeMap<List<Integer>, Integer> model = new TreeMap<>(
                Comparator.<List<Integer>>comparingInt(List::getFirst).thenComparingInt(List::getLast));
        int number = 0;
        for (int step = 0; step < 1_500; step++) {
            boolean isBatch = random.nextInt(8) == 0;
            List<Integer> priorities = new ArrayList<>();
            random.ints(isBatch ? random.nextInt(1, 300) : random.nextInt(2), 0, LAST)
                    .forEach(priorities::add);
            List<Integer> numbers = new ArrayList<>();
            for (int priority : priorities) {
                model.put(List.of(priority, number), number);
                numbers.add(number++);
            }
            if (isBatch) {
                db.main().transact(tx -> {
                    putAll(tx.queue("q", Integer.class), numbers, priorities);
                    return true;
                });
            } else {
                putAll(queue, numbers, priorities);
            }
            for (int taken = random.nextInt(isBatch ? 200 : 3); taken > 0; taken--) {
                Map.Entry<List<Integer>, Integer> first = model.pollFirstEntry();
                assertThat(queue.take(Duration.ZERO))
                        .isEqualTo(Optional.ofNullable(first).map(Map.Entry::getValue));
            }
            if (random.nextInt(200) == 0) {
                db.commit("folded");
            }
        }
    }

    private static void putAll(WorkQueue<Integer> to, List<Integer> numbers, List<Integer> priorities) {
        for (int i = 0; i < numbers.size(); i++) {
            to.put(numbers.get(i), JobOptions.defaults().withPriority(priorities.get(i)));
        }
    }
}
