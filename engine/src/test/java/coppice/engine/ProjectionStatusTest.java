package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Options;
import coppice.api.projection.ProjectionStatus;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/// What is said of a projection while it is made: the clock, which the making looks at, asks.
class ProjectionStatusTest {
    private static final int ROWS = 20_000;

    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);
    private final AtomicReference<Runnable> onLook = new AtomicReference<>(() -> {});

    private final Clock clock = new Clock() {
        @Override
        public long millis() {
            onLook.get().run();
            return now.get();
        }

        @Override
        public long nanos() {
            return System.nanoTime();
        }
    };

    @Test
    void whatIsUnderWaySaysHowFarItIs() {
        Machine machine = new Machine(new MemoryDisk(), Tasks.threads(), clock, Entropy.secure());
        Sizes sizes = new Sizes(1 << 20, 1 << 20, 64 << 10);
        try (Database db = Opening.open(machine, "test", Options.defaults(), sizes)) {
            db.main().run(tx -> {
                for (int i = 0; i < ROWS; i++) {
                    tx.space("people").put("p" + i, "{\"age\":" + i % 90 + "}");
                }
            });
            db.checkpoint();
            db.projections().pause();
            db.projections().create("by_age", "FROM people INDEX BY age");
            ProjectionStatus before = db.projections().status("by_age");
            assertThat(before.isRebuilding()).isFalse();
            assertThat(before.isPaused()).isTrue();
            assertThat(before.remaining()).isEmpty();
            List<ProjectionStatus> seen = watched(db);
            assertThat(seen)
                    .filteredOn(status -> status.pending() > 0 && status.rate() > 0)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(status -> {
                        ProjectionStatus.Making making = status.making().orElseThrow();
                        assertThat(making.of()).isEqualTo(ROWS);
                        assertThat(making.rows()).isBetween(1_000L, (long) ROWS); // all are read before it is kept
                        assertThat(status.remaining())
                                .contains(Duration.ofMillis((ROWS - making.rows()) * 1_000 / status.rate()));
                    });
            ProjectionStatus after = db.projections().status("by_age");
            assertThat(after.making()).isEmpty();
            assertThat(after.rate()).isPositive();
            assertThat(after.fresh()).isEqualTo(1);
        }
    }

    /// What is said whenever the making looks at the clock: by each of its threads, one after the other, so that
    /// none is done with its rows while another asks.
    private List<ProjectionStatus> watched(Database db) {
        List<ProjectionStatus> seen = new CopyOnWriteArrayList<>();
        ReentrantLock asking = new ReentrantLock();
        onLook.set(() -> {
            if (!asking.isHeldByCurrentThread() && isGained(asking)) { // asking may look at the clock, too
                try {
                    now.addAndGet(100);
                    seen.add(db.projections().status("by_age"));
                } finally {
                    asking.unlock();
                }
            }
        });
        db.projections().rebuild("by_age");
        onLook.set(() -> {});
        return seen.stream().filter(ProjectionStatus::isRebuilding).toList();
    }

    /// In the end without, should what asks wait for who looks.
    private static boolean isGained(ReentrantLock lock) {
        try {
            return lock.tryLock(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
