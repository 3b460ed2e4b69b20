package coppice.engine.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.Compression;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.GcReport;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.Entropy;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import coppice.kernel.store.Manifest;
import coppice.kernel.store.PackInspector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GcTest {
    private static final Sizes SMALL = new Sizes(1 << 20, 1 << 20, 64 << 10);

    private final Disk disk = new MemoryDisk();
    private final AtomicLong now = new AtomicLong(1_700_000_000_000L);

    private Database open(Options options) {
        return open(options, SMALL);
    }

    private Database open(Options options, Sizes sizes) {
        Clock clock = new Clock() {
            @Override
            public long millis() {
                return now.get();
            }

            @Override
            public long nanos() {
                return System.nanoTime();
            }
        };
        return Opening.open(new Machine(disk, Tasks.threads(), clock, Entropy.secure()), "test", options, sizes);
    }

    private static void fill(Branch branch, int rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        branch.run(tx -> {
            for (int i = 0; i < rows; i++) {
                byte[] value = new byte[100];
                random.nextBytes(value);
                tx.space("rows").put(("key" + i).getBytes(java.nio.charset.StandardCharsets.UTF_8), value);
            }
        });
    }

    private Set<String> codecs() {
        Set<String> codecs = new HashSet<>();
        for (String name : disk.list("packs")) {
            if (name.endsWith(".pack")) {
                PackInspector.visitPack(disk, "packs/" + name, entry -> codecs.add(entry.codec()));
            }
        }
        return codecs;
    }

    @Test
    void storesManyVersionsInLittleMoreThanWhatChanged() {
        try (Database db = open(Options.defaults())) {
            fill(db.main(), 5_000, 1);
            db.commit("base");
            db.gc();
            long base = db.stats().chunks().storedBytes();
            for (int i = 0; i < 400; i++) {
                db.main().space("rows").put("key" + i * 7 % 5_000, "changed " + i);
                db.commit("change " + i);
            }
            db.checkpoint();
            long written = db.stats().chunks().storedBytes() - base;
            GcReport report = db.gc();
            long packed = db.stats().chunks().storedBytes() - base;
            assertThat(report.liveChunks()).isGreaterThan(400 * 4);
            assertThat(packed).isLessThan(written / 6);
            assertThat(codecs()).contains("group");
            for (int back = 0; back < 400; back += 37) {
                int change = 399 - back;
                assertThat(db.at("main~" + back).space("rows").text("key" + change * 7 % 5_000))
                        .hasValue("changed " + change);
            }
            assertThat(db.check().problems()).isEmpty();
            assertThat(db.gc().freedBytes()).as("nothing is left to win").isLessThan(10_000);
        }
        try (Database db = open(Options.defaults().mustExist())) {
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void takesNoRoomBeforeItIsKnownWhatIsLive() {
        // Packs so large that nothing is collected before it is asked for.
        Sizes sizes = new Sizes(1 << 20, 64 << 20, 64 << 10);
        try (Database db = open(Options.defaults().with(Compression.NONE), sizes)) {
            for (int i = 0; i < 7; i++) {
                fill(db.main(), 800, i);
                db.checkpoint();
            }
            long before = packBytes();
            fill(db.main(), 800, 8);
            List<Long> taken = new ArrayList<>();
            db.gc((_, _, _, _) -> taken.add(packBytes() - before));
            assertThat(taken.getFirst()).as("what was written last").isBetween(80_000L, 250_000L);
            assertThat(packBytes()).isLessThan(before);
        }
    }

    private long packBytes() {
        return disk.list("packs").stream()
                .mapToLong(name -> {
                    try (DiskFile file = disk.open("packs/" + name, Disk.OpenMode.READ)) {
                        return file.size();
                    }
                })
                .sum();
    }

    @Test
    void keepsADeletedBranchForAsLongAsTheReflogRemembersIt() {
        try (Database db = open(Options.defaults().withRetention(Duration.ofDays(3)))) {
            Branch doomed = db.branch("doomed", db.head());
            fill(doomed, 5_000, 2);
            doomed.commit("doomed");
            db.forceDeleteBranch("doomed");
            db.checkpoint();
            assertThat(db.gc().freedBytes()).isLessThan(100_000);
            now.addAndGet(Duration.ofDays(2).toMillis());
            assertThat(db.gc().prunedEntries()).isZero();
            assertThat(db.reflog("doomed")).isNotEmpty();
            long stored = db.stats().chunks().storedBytes();
            now.addAndGet(Duration.ofDays(2).toMillis());
            db.gc(); // or a collection that begins by itself at this moment
            assertThat(db.reflog("doomed")).isEmpty();
            assertThat(db.stats().chunks().storedBytes()).isLessThan(stored - 300_000);
            assertThat(db.check().problems()).isEmpty();
        }
        try (Database db = open(Options.defaults())) {
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void refusesABranchAtACommitThatHasBeenCollected() {
        try (Database db = open(Options.defaults().withRetention(Duration.ZERO))) {
            Branch doomed = db.branch("doomed", db.head());
            fill(doomed, 500, 3);
            var commit = doomed.commit("doomed");
            db.forceDeleteBranch("doomed");
            db.checkpoint();
            now.addAndGet(10);
            db.gc();
            assertThatThrownBy(() -> db.branch("again", commit))
                    .isInstanceOfSatisfying(
                            DatabaseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_REF));
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void remembersTheCompressionOfTheDatabase() {
        open(Options.defaults().with(Compression.NONE)).close();
        assertThat(Manifest.read(disk, "").compression()).isEqualTo(coppice.kernel.store.Compression.none());
        try (Database db = open(Options.defaults())) {
            db.main().space("s").put("a", "x".repeat(1_000));
            db.commit("not compressed");
        }
        assertThat(codecs()).containsOnly("raw");
        try (Database db = open(Options.defaults().with(new Compression.Zstd(3)))) {
            db.main().space("s").put("b", "y".repeat(1_000));
            db.commit("compressed");
        }
        assertThat(codecs()).contains("raw", "zstd");
        open(Options.defaults()).close();
        assertThat(Manifest.read(disk, "").compression()).isEqualTo(coppice.kernel.store.Compression.zstd(3));
        try (Database db = open(Options.defaults())) {
            assertThat(db.main().space("s").text("a")).hasValue("x".repeat(1_000));
        }
    }

    /// How soon the background gets its turn says the machine; that it does get it, this.
    @Test
    void collectsByItselfBesideSteadyWriters() throws InterruptedException {
        try (Database db = open(Options.defaults().withMemoryBytes(Options.MEMORY_BYTES_MIN))) {
            long written = 0;
            long stored = 0;
            for (int round = 0; round < 60 || (2 * stored > written && round < 1_000); round++) {
                fill(db.main(), 5_000, round);
                db.checkpoint();
                written += 5_000 * 110;
                stored = db.stats().chunks().storedBytes();
            }
            assertThat(stored).as("of %s written", written).isLessThanOrEqualTo(written / 2);
            assertThat(db.check().problems()).isEmpty();
        }
    }

    @Test
    void tellsWhatIsFoundAndThenWhatIsPacked() {
        List<String> stages = new ArrayList<>();
        try (Database db = open(Options.defaults())) {
            for (int i = 0; i < 20; i++) {
                fill(db.main(), 500, i);
                db.commit("all of it, time " + i);
            }
            long[] before = {0};
            db.gc((stage, unit, done, total) -> {
                assertThat(unit).isEqualTo("chunks");
                assertThat(total).isGreaterThanOrEqualTo(done);
                if (!stages.contains(stage)) {
                    stages.add(stage);
                    before[0] = 0;
                }
                assertThat(done).as(stage).isGreaterThanOrEqualTo(before[0]);
                before[0] = done;
            });
            assertThat(before[0]).isGreaterThan(100);
        }
        assertThat(stages).containsExactly("finding what is used", "packing");
    }
}
