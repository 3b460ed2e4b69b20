package coppice.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coppice.api.Database;
import coppice.api.Entry;
import coppice.api.GcReport;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What commits of one changed row take on disk: rows of 16 + 100 bytes, half of them random.
class HistoryBytesTest {
    private static final int ROWS = 50_000;
    private static final int COMMITS = 2_000;

    private final MemoryDisk disk = new MemoryDisk();

    /// Nothing runs by the clock, so that each run writes the same.
    private record Unclocked(Tasks tasks) implements Tasks {
        @Override
        public Task start(String name, Runnable body) {
            return tasks.start(name, body);
        }

        @Override
        public Task every(String name, Duration pause, Runnable body) {
            return tasks.start(name, () -> {});
        }

        @Override
        public void sleep(Duration duration) {
            tasks.sleep(duration);
        }
    }

    private Database open() {
        Machine machine = new Machine(disk, new Unclocked(Tasks.threads()), Clock.system(), Entropy.secure());
        return Opening.open(machine, "test", Options.defaults(), Sizes.STANDARD);
    }

    private static byte[] key(long row) {
        return ByteBuffer.allocate(16)
                .putLong(row << 20)
                .putLong(new SplittableRandom(row).nextLong())
                .array();
    }

    private static byte[] value(long row, long generation) {
        byte[] value = new byte[100];
        byte[] random = new byte[48];
        new SplittableRandom(row * 1_000_003 + generation).nextBytes(random);
        System.arraycopy(random, 0, value, 0, random.length);
        return value;
    }

    private static void commit(Database db, SplittableRandom random, int times) {
        for (int i = 0; i < times; i++) {
            long row = random.nextInt(ROWS);
            long generation = random.nextLong();
            db.main().run(tx -> tx.space("rows").put(key(row), value(row, generation)));
            db.commit("change");
        }
    }

    private long packBytes() {
        return disk.list("packs").stream().mapToLong(this::bytes).sum();
    }

    private long bytes(String pack) {
        try (DiskFile file = disk.open("packs/" + pack, OpenMode.READ)) {
            return file.size();
        }
    }

    @Test
    void aCommitOfOneRowTakesLessThanAKibibyteOnceItIsPacked() {
        SplittableRandom random = new SplittableRandom(1);
        try (Database db = open()) {
            db.main()
                    .load(
                            "rows",
                            LongStream.range(0, ROWS)
                                    .mapToObj(row -> new Entry(key(row), value(row, 0)))
                                    .iterator());
            db.commit("rows");
            db.gc();
            long loaded = packBytes();
            commit(db, random, COMMITS / 2);
            db.gc();
            commit(db, random, COMMITS / 2);
            GcReport report = db.gc();
            long packed = packBytes();
            assertThat((packed - loaded) / COMMITS).isBetween(400L, 800L);
            assertThat(report.freedBytes()).isPositive();
            db.gc();
            assertThat(packBytes()).isCloseTo(packed, within(16_000L));
        }
    }
}
