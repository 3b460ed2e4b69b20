package coppice.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.Snapshot;
import coppice.api.Space;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionTest {
    @TempDir
    Path directory;

    private Database open() {
        return Coppice.open(directory.toString(), Options.defaults().withMemoryBytes(Options.MEMORY_BYTES_MIN));
    }

    private static void rewrite(Space space, int rows, int round) {
        Batch batch = new Batch();
        byte[] value = new byte[80];
        new SplittableRandom(round).nextBytes(value);
        for (int i = 0; i < rows; i++) {
            batch.put(("key" + i).getBytes(StandardCharsets.UTF_8), value);
        }
        space.apply(batch);
    }

    @Test
    void givesBackWhatNothingReachesAndKeepsTheRest() {
        Commit old;
        long before;
        try (Database db = open()) {
            Space space = db.main().space("s");
            rewrite(space, 5000, 0);
            old = db.commit("kept");
            for (int round = 1; round < 12; round++) {
                rewrite(space, 5000, round);
                db.checkpoint();
            }
            Branch doomed = db.branch("doomed", "main");
            rewrite(doomed.space("other"), 5000, 99);
            doomed.commit("doomed");
            Snapshot held = doomed.snapshot();
            db.forceDeleteBranch("doomed");
            before = db.stats().chunks().storedBytes();
            assertThat(db.gc().freedBytes()).isPositive();
            assertThat(db.stats().chunks().storedBytes()).isLessThan(before);
            assertThat(held.space("other").count()).isEqualTo(5000);
            assertThat(held.space("other").entries(coppice.api.Range.all()).count())
                    .isEqualTo(5000);
            assertThat(db.check().problems()).isEmpty();
        }
        try (Database db = open()) {
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.at(old.id().hex()).space("s").count()).isEqualTo(5000);
            assertThat(db.main().space("s").count()).isEqualTo(5000);
            assertThat(db.gc().droppedChunks()).isNotNegative();
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void runsBesideWritersCommitsAndMerges() throws InterruptedException {
        AtomicBoolean over = new AtomicBoolean();
        try (Database db = open()) {
            rewrite(db.main().space("s"), 3000, 0);
            db.commit("base");
            Branch other = db.branch("other", "main");
            Thread sweeper = Thread.ofPlatform().start(() -> {
                while (!over.get()) {
                    db.gc();
                }
            });
            for (int round = 1; round < 40; round++) {
                rewrite(other.space("t"), 300, round);
                other.commit("other " + round);
                db.main().space("s").put("round", "" + round);
                db.commit("main " + round);
                db.merge("other", Merge.into("main"));
                db.branch("b" + round, "other~1");
            }
            over.set(true);
            sweeper.join();
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.main().space("t").count()).isEqualTo(300);
        }
        try (Database db = open()) {
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.branches()).hasSize(41);
        }
    }
}
