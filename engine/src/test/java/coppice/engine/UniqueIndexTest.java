package coppice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Options;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Rows that are written while an index is made in which no two may be the same: the tasks that make it are where
/// the writer comes between.
class UniqueIndexTest {
    private static final String BY_EMAIL = "FROM people UNIQUE INDEX BY email";

    private final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    private final Tasks tasks = new QuietTasks() {
        @Override
        public void together(String name, int workers, Runnable own, Runnable body) {
            if (name.equals("coppice-projection")) {
                meanwhile.getAndSet(() -> {}).run();
            }
            super.together(name, workers, own, body);
        }
    };

    private Database opened() {
        Machine machine = new Machine(new MemoryDisk(), tasks, Clock.system(), Entropy.secure());
        Database db = Opening.open(machine, "test", Options.defaults(), new Sizes(1 << 20, 1 << 20, 64 << 10));
        put(db, "a", 1);
        put(db, "b", 2);
        db.checkpoint();
        return db;
    }

    private static void put(Database db, String key, int email) {
        db.main().space("people").put(key, "{\"email\":" + email + "}");
    }

    @Test
    void aRowThatComesWhileTheOthersAreComparedIsComparedToo() {
        try (Database db = opened()) {
            meanwhile.set(() -> put(db, "twin", 2));
            assertThatThrownBy(() -> db.projections().create("by_email", BY_EMAIL))
                    .isInstanceOf(DatabaseException.Incorrect.class)
                    .hasMessageContaining("'b' and 'twin' have the same (2) in 'by_email'");
            assertThat(db.projections().all()).isEmpty();
            put(db, "other", 1);
        }
    }

    @Test
    void rowsThatDifferMayComeMeanwhile() {
        try (Database db = opened()) {
            meanwhile.set(() -> put(db, "c", 3));
            db.projections().create("by_email", BY_EMAIL);
            assertThatThrownBy(() -> put(db, "twin", 3)).hasMessageContaining("nothing was written");
        }
    }
}
