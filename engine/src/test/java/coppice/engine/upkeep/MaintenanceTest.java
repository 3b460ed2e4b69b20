package coppice.engine.upkeep;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Operation;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MaintenanceTest {
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicLong rests = new AtomicLong();

    /// A millisecond goes by whenever somebody looks.
    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            return nanos.get() / 1_000_000;
        }

        @Override
        public long nanos() {
            return nanos.addAndGet(1_000_000);
        }
    };

    private final Tasks tasks = new Tasks() {
        @Override
        public Task start(String name, Runnable body) {
            return Tasks.threads().start(name, body);
        }

        @Override
        public Task every(String name, Duration pause, Runnable body) {
            return Tasks.threads().every(name, Duration.ofDays(1), body);
        }

        @Override
        public void sleep(Duration duration) {
            rests.incrementAndGet();
        }
    };

    @Test
    void joinsSmallPacksBesideWritersAndRestsForThem() {
        Machine machine = new Machine(new MemoryDisk(), tasks, clock, Entropy.secure());
        Sizes sizes = new Sizes(1 << 20, 1 << 30, 64 << 10); // packs so large that nothing is collected
        Options options = Options.defaults().withMemoryBytes(Options.MEMORY_BYTES_MIN);
        try (Database db = Opening.open(machine, "test", options, sizes)) {
            SplittableRandom random = new SplittableRandom(1);
            for (int row = 0; row < 100_000 && rests.get() == 0; row++) {
                byte[] value = new byte[4_000];
                random.nextBytes(value);
                db.main().space("rows").put(("key" + row).getBytes(UTF_8), value);
            }
            assertThat(rests).hasPositiveValue();
            assertThat(db.stats().latency(Operation.GC).calls()).isZero();
        }
        try (Database db = Opening.open(machine, "test", options, sizes)) {
            assertThat(db.check().problems()).isEmpty();
        }
    }
}
