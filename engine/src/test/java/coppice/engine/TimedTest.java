package coppice.engine;

import coppice.api.Database;
import coppice.api.Options;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests of what comes with time, by a clock that they turn.
abstract class TimedTest {
    static final Duration HOUR = Duration.ofHours(1);

    private final Disk disk = new MemoryDisk();
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
    Runnable housekeeping = () -> {};
    final Queue<Runnable> background = new ArrayDeque<>();
    Database db;

    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            return millis.get();
        }

        @Override
        public long nanos() {
            return Clock.system().nanos() + passed.get();
        }
    };

    /// Housekeeping, and what is done in the background, is done when a test says so.
    private final Tasks tasks = new QuietTasks() {
        @Override
        public Task every(String name, Duration pause, Runnable body) {
            if (name.equals("coppice-structures")) {
                housekeeping = body;
            }
            return super.every(name, pause, body);
        }

        @Override
        public Task start(String name, Runnable body) {
            if (name.equals("coppice-background")) {
                background.add(body);
                return super.start(name, () -> {});
            }
            return super.start(name, body);
        }
    };

    @BeforeEach
    void open() {
        db = Opening.embedded(
                new Machine(disk, tasks, clock, Entropy.secure()), "test", Options.defaults(), Sizes.STANDARD);
    }

    @AfterEach
    void close() {
        db.close();
    }

    /// Does what is to be done in the background by now.
    void work() {
        housekeeping.run();
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }

    void pass(Duration time) {
        millis.addAndGet(time.toMillis());
        passed.addAndGet(time.toNanos());
    }

    Instant now() {
        return Instant.ofEpochMilli(millis.get());
    }
}
