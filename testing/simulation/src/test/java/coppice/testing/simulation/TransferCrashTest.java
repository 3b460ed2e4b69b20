package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Bundles.Choice;
import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Import;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Options;
import coppice.api.PushOutcome;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.kernel.exchange.Bundle;
import coppice.kernel.exchange.BundleReader;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.MemoryChunks;
import coppice.testing.simulation.Wrecks.Step;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power goes, or the process is killed, in the midst of every change that a pull, a push over a branch, a
/// bundle on its way out or in, and an import of lines make on the disk. What is found afterwards is the old or the
/// new state, and doing it again completes it.
///
/// `-Dcoppice.seed=N` tears differently.
final class TransferCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);
    private static final String THERE = "mem:over there";
    private static final Merge PULL = Merge.into("main").resolving(Resolver.THEIRS);

    @TempDir
    Path directory;

    private final Wrecks wrecks = new Wrecks(SEED, Dump::of);
    private Database there =
            Coppice.open(THERE, Options.defaults().with(Compression.NONE).withMemoryBytes(Options.MEMORY_BYTES_MIN));

    @BeforeEach
    void work() {
        fill(there.main(), 0, "theirs");
    }

    @AfterEach
    void end() {
        there.close();
    }

    private static void fill(Branch branch, int first, String value) {
        branch.run(tx -> {
            for (int row = first; row < first + 80; row++) {
                tx.space("rows").put("k%04d".formatted(row), value + row);
            }
            tx.space("rows").put("long" + first, value.repeat(8_000));
        });
        branch.commit(value + first);
    }

    /// Takes the history of the other one.
    private static void follow(Database db) {
        db.remotes().add("there", THERE);
        db.remotes().fetch("there");
        db.main().reset("remotes/there/main", Reset.HARD);
    }

    /// Both have the same history, and then go on.
    private void diverged(Database db) {
        follow(db);
        fill(there.main(), 100, "theirs");
        fill(there.main(), 50, "theirs again");
        fill(db.main(), 200, "ours");
    }

    @Test
    void aPullLeavesTheOldOrTheNewStateAndIsCompletedByTheNext() {
        wrecks.everywhere(this::diverged, List.of(new Step("pull", TransferCrashTest::pull)), (db, before, after) -> {
            assertThat(Dump.of(db)).isIn(before, after);
            pull(db);
            assertThat(rows(Dump.of(db))).isEqualTo(rows(after));
            assertThat(db.head().parents()).hasSize(2).contains(there.head().id());
        });
    }

    private static void pull(Database db) {
        assertThat(db.remotes().pull("there", "main", PULL).merged())
                .isInstanceOfAny(MergeOutcome.Merged.class, MergeOutcome.UpToDate.class);
    }

    /// What `main` holds, whenever it was committed.
    private static Map<String, String> rows(Map<String, String> dump) {
        Map<String, String> rows = new TreeMap<>(dump);
        rows.keySet().removeIf(key -> !key.startsWith("main/"));
        return rows;
    }

    @Test
    void aPushOverABranchMovesItOrNot() {
        Consumer<Database> begin = db -> {
            follow(db);
            there.remotes().add("receiver", "simulated");
            fill(there.main(), 100, "pushed");
            db.space("rows").put("for a moment", "here");
            db.space("rows").delete("for a moment"); // to be folded before the branch can move
        };
        wrecks.everywhere(begin, List.of(new Step("push", db -> push())), (db, before, after) -> {
            assertThat(Dump.of(db)).isIn(before, after);
            push();
            assertThat(db.head()).isEqualTo(there.head());
            assertThat(db.main().changes()).isEmpty();
            assertThat(rows(Dump.of(db))).isEqualTo(rows(after));
        });
    }

    private void push() {
        assertThat(there.remotes().push("receiver", "main")).isNotInstanceOf(PushOutcome.Rejected.class);
    }

    @Test
    void aBundleIsTheOldOneOrTheNewOne() {
        SimulatedDisk disk = new SimulatedDisk();
        bundle(disk);
        Bundle first = read(disk);
        fill(there.main(), 100, "more");
        List<SimulatedDisk> left = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(SEED);
        disk.observe(access -> {
            left.add(disk.afterPowerCut(random.nextLong()));
            left.add(disk.afterKill());
        });
        bundle(disk);
        disk.observe(access -> {});
        Bundle second = read(disk);
        assertThat(second.commits()).isEqualTo(first.commits() + 1);
        assertThat(left).hasSizeGreaterThan(10);
        for (SimulatedDisk wreck : left) {
            assertThat(read(wreck)).isIn(first, second);
            bundle(wreck);
            assertThat(read(wreck).refs()).isEqualTo(second.refs());
            assertThat(wreck.list("")).containsExactly("a.bundle");
        }
    }

    private void bundle(SimulatedDisk disk) {
        SimulatedClock clock = new SimulatedClock(1_700_000_000_000L);
        Machine machine = new Machine(disk, new SimulatedTasks(clock), clock, new SimulatedEntropy(7));
        Opening.bundle(there, machine, "a.bundle", Choice.all());
    }

    private static Bundle read(SimulatedDisk disk) {
        try (DiskFile file = disk.open("a.bundle", OpenMode.READ);
                BundleReader reader = new BundleReader(file, new MemoryChunks())) {
            reader.finish(_ -> {});
            return reader.bundle();
        }
    }

    @Test
    void aBundleIsTakenInOrNotAndAgain() {
        Path file = directory.resolve("a.bundle");
        there.bundles().write(file, Choice.all());
        Consumer<Database> begin = db -> db.remotes().add("file", file.toString());
        wrecks.everywhere(begin, List.of(new Step("fetch", db -> db.remotes().fetch("file"))), (db, before, after) -> {
            assertThat(Dump.of(db)).isEqualTo(before);
            db.remotes().fetch("file");
            assertThat(db.resolve("remotes/file/main")).isEqualTo(there.head());
            assertThat(db.log("remotes/file/main")).containsExactlyElementsOf(there.log("main"));
        });
    }

    @Test
    void linesAreImportedAllOrNone() {
        StringBuilder lines = new StringBuilder();
        for (int row = 0; row < 400; row++) {
            String value = Integer.toString(row).repeat(60);
            lines.append("{\"space\":\"s%d\",\"key\":\"k%04d\",\"text\":\"%s\"}\n".formatted(row % 3, row, value));
        }
        Consumer<Database> load = db -> load(db, lines.toString());
        Consumer<Database> begin = db -> db.space("s1").put("k0001", "before");
        wrecks.everywhere(begin, List.of(new Step("import", load)), (db, before, after) -> {
            assertThat(Dump.of(db)).isIn(before, after);
            load.accept(db);
            assertThat(rows(Dump.of(db))).isEqualTo(rows(after));
        });
    }

    private static void load(Database db, String lines) {
        try {
            db.main().importLines(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), Import.named());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
