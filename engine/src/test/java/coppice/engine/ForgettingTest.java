package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Options;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import org.junit.jupiter.api.Test;

/// What is remembered of projections over a restart goes with them.
class ForgettingTest {
    private static final String AREA = "artefacts";

    /// Nothing runs by the clock.
    private static final Tasks QUIET = new QuietTasks();

    private final Disk disk = new MemoryDisk();

    private EmbeddedDatabase open() {
        return Opening.embedded(
                new Machine(disk, QUIET, Clock.system(), Entropy.secure()), "test", Options.defaults(), Sizes.STANDARD);
    }

    private int remembered() {
        try (EmbeddedDatabase db = open()) {
            return db.depot().settings().all(AREA).size();
        }
    }

    @Test
    void whatIsDroppedRightAfterOpeningIsForgotten() {
        try (EmbeddedDatabase db = open()) {
            db.space("s").put("k", "{\"a\":1}");
            db.commit("one");
            db.projections().create("p", "FROM s INDEX BY a");
            db.projections().rebuild("p");
        }
        assertThat(remembered()).isOne();
        try (EmbeddedDatabase db = open()) {
            db.projections().drop("p");
        }
        assertThat(remembered()).isZero();
    }
}
