package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.CloneOptions;
import coppice.api.Compression;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.Options;
import coppice.api.PushOutcome;
import coppice.api.RefUpdate;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.kernel.platform.StorageException.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power goes, or the process is killed, in the midst of every change that a fetch, a push, a clone, a backup or a
/// restore makes on the disk. What is found afterwards is the old or the new state, and doing it again completes it.
///
/// `-Dcoppice.seed=N` tears differently.
final class ExchangeCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_122L);
    private static final String THERE = "mem:there";
    private static final Options OPTIONS = Options.defaults()
            .with(Compression.NONE)
            .withMemoryBytes(Options.MEMORY_BYTES_MIN)
            .withAuthor("Ann");

    @TempDir
    Path directory;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final List<SimulatedDisk> wrecks = new ArrayList<>();
    private Database there = Coppice.open(THERE, OPTIONS);

    @BeforeEach
    void work() {
        for (int commit = 0; commit < 5; commit++) {
            int first = commit * 40;
            there.main().run(tx -> {
                for (int row = 0; row < 120; row++) {
                    tx.space("rows").put("k" + (first + row), "value " + first);
                    tx.space("rows").put("long" + first, "x".repeat(90_000));
                }
            });
            there.commit("commit " + commit);
        }
    }

    @AfterEach
    void end() {
        there.close();
    }

    /// Notes what a crash in the midst of each change would leave.
    private void observe(SimulatedDisk disk) {
        disk.observe(access -> {
            wrecks.add(disk.afterPowerCut(random.nextLong()));
            wrecks.add(disk.afterKill());
        });
    }

    private static Database open(SimulatedDisk disk) {
        return new Station(1).open(disk, Durability.SYNC);
    }

    private static Machine machine(SimulatedDisk disk) {
        SimulatedClock clock = new SimulatedClock(1_700_000_000_000L);
        return new Machine(disk, new SimulatedTasks(clock), clock, new SimulatedEntropy(7));
    }

    private static boolean has(Database db, String ref) {
        return db.remotes().fetch("there").refs().stream()
                .anyMatch(update -> update.ref().equals(ref) && update.kind() == RefUpdate.Kind.UNCHANGED);
    }

    @Test
    void aFetchLeavesTheOldOrTheNewStateAndIsCompletedByTheNext() {
        SimulatedDisk disk = new SimulatedDisk();
        Database here = open(disk);
        here.remotes().add("there", THERE);
        Map<String, String> before = Dump.of(here);
        observe(disk);
        here.remotes().fetch("there");
        disk.observe(access -> {});
        here.close();
        assertThat(wrecks).hasSizeGreaterThan(10);
        for (SimulatedDisk wreck : wrecks) {
            try (Database db = open(wreck)) {
                assertThat(Dump.of(db)).isEqualTo(before);
                Dump.requireSound(db);
                db.remotes().fetch("there");
                assertThat(has(db, "remotes/there/main")).isTrue();
                db.branch("theirs", there.head());
                assertThat(db.log("theirs")).containsExactlyElementsOf(there.log("main"));
                Dump.requireSound(db);
                db.gc();
                Dump.requireSound(db);
            }
        }
    }

    @Test
    void aPushLeavesTheOldOrTheNewStateOverThere() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database receiver = Opening.open(machine(disk), "mem:receiver", OPTIONS)) {
            there.remotes().add("receiver", "mem:receiver");
            observe(disk);
            assertThat(there.remotes()
                            .push("receiver", coppice.api.Push.branch("main").to("new")))
                    .isInstanceOf(PushOutcome.Pushed.class);
            disk.observe(access -> {});
            assertThat(receiver.branches()).hasSize(2);
        }
        for (SimulatedDisk wreck : wrecks) {
            try (Database db = Opening.open(machine(wreck), "mem:receiver", OPTIONS)) {
                Dump.requireSound(db);
                assertThat(db.branches()).hasSizeBetween(1, 2);
                PushOutcome again = there.remotes()
                        .push("receiver", coppice.api.Push.branch("main").to("new"));
                assertThat(again).isNotInstanceOf(PushOutcome.Rejected.class);
                assertThat(db.branch("new").head()).isEqualTo(there.head());
                Dump.requireSound(db);
            }
        }
    }

    @Test
    void aCloneIsThereOrNotAndIsCompletedByTheNext() {
        SimulatedDisk disk = new SimulatedDisk();
        observe(disk);
        CloneOptions options = CloneOptions.defaults().with(OPTIONS);
        Opening.clone(THERE, machine(disk), "clone", options).close();
        disk.observe(access -> {});
        int complete = 0;
        for (SimulatedDisk wreck : wrecks) {
            if (wreck.exists("MANIFEST")) {
                complete++;
                try (Database db = Opening.open(machine(wreck), "clone", OPTIONS)) {
                    requireClone(db);
                }
            } else {
                try (Database db = Opening.clone(THERE, machine(wreck), "clone", options)) {
                    requireClone(db);
                }
            }
        }
        assertThat(complete).isBetween(1, wrecks.size() - 10);
    }

    @Test
    void aLongCloneThatHasItsJournalAlreadyIsCompletedByTheNext() {
        there.main().run(tx -> {
            for (int row = 0; row < 36_000; row++) { // more than arrives between two times that it is kept
                tx.space("rows").put("row" + row, "x".repeat(980) + row);
            }
        });
        there.commit("much");
        SimulatedDisk disk = new SimulatedDisk();
        disk.observe(access -> {
            if (access.path().startsWith("journal") && access.kind() != Access.Kind.WRITE) {
                wrecks.add(disk.afterPowerCut(random.nextLong()));
            }
        });
        CloneOptions options = CloneOptions.defaults().with(OPTIONS);
        Opening.clone(THERE, machine(disk), "clone", options).close();
        disk.observe(access -> {});
        int begun = 0;
        for (SimulatedDisk wreck : wrecks) {
            boolean complete = wreck.exists("MANIFEST");
            begun += wreck.exists("journal") && !complete ? 1 : 0;
            try (Database db = complete
                    ? Opening.open(machine(wreck), "clone", OPTIONS)
                    : Opening.clone(THERE, machine(wreck), "clone", options)) {
                assertThat(db.head()).isEqualTo(there.head());
            }
        }
        assertThat(begun).isPositive();
    }

    private void requireClone(Database db) {
        assertThat(db.log("main")).containsExactlyElementsOf(there.log("main"));
        assertThat(data(db)).isEqualTo(data(there));
        Dump.requireSound(db);
    }

    /// What a clone has in common with its origin: a reflog is each one's own.
    private static Map<String, String> data(Database db) {
        Map<String, String> all = Dump.of(db);
        all.keySet().removeIf(key -> !key.equals("main") && !key.startsWith("main/"));
        return all;
    }

    @Test
    void aBackupIsTheOldOrTheNewOneAndARestoreIsCompletedByTheNext() {
        SimulatedDisk disk = new SimulatedDisk();
        Opening.backup(there, machine(disk), "backup");
        Map<String, String> first = Dump.of(there);
        there.space("rows").put("later", "x".repeat(50_000));
        there.branch("side", "main~1").space("rows").put("aside", "y");
        Map<String, String> second = Dump.of(there);
        observe(disk);
        Opening.backup(there, machine(disk), "backup");
        disk.observe(access -> {});
        List<SimulatedDisk> backups = List.copyOf(wrecks);
        assertThat(backups).hasSizeGreaterThan(6);
        for (SimulatedDisk backup : backups) {
            assertThat(restored(backup)).isIn(first, second);
            Opening.backup(there, machine(backup), "backup");
            assertThat(restored(backup)).isEqualTo(second);
        }
        wrecks.clear();
        SimulatedDisk target = new SimulatedDisk();
        observe(target);
        Opening.restore(machine(disk), "backup", machine(target), "restored", OPTIONS, _ -> {})
                .close();
        target.observe(access -> {});
        for (SimulatedDisk wreck : wrecks) {
            try (Database db = wreck.exists("MANIFEST")
                    ? Opening.open(machine(wreck), "restored", OPTIONS)
                    : Opening.restore(machine(disk), "backup", machine(wreck), "restored", OPTIONS, _ -> {})) {
                assertThat(Dump.of(db)).isEqualTo(second);
                Dump.requireSound(db);
            }
        }
    }

    private static Map<String, String> restored(SimulatedDisk backup) {
        try (Database db = Opening.restore(
                machine(backup), "backup", machine(new SimulatedDisk()), "restored", OPTIONS, _ -> {})) {
            Dump.requireSound(db);
            return Dump.of(db);
        }
    }

    @Test
    void aFullDiskChangesNothingAndTheFetchCanBeDoneAgain() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database here = open(disk)) {
            here.remotes().add("there", THERE);
            Map<String, String> before = Dump.of(here);
            disk.fail(
                    Kind.NO_SPACE,
                    access -> access.kind().isChange() && access.path().contains("packs"));
            assertThatThrownBy(() -> here.remotes().fetch("there")).isInstanceOf(DatabaseException.Unavailable.class);
            assertThat(Dump.of(here)).isEqualTo(before);
            disk.heal();
            assertThat(here.remotes().fetch("there").refs())
                    .extracting(RefUpdate::kind)
                    .containsExactly(RefUpdate.Kind.CREATED);
            Dump.requireSound(here);
        }
    }
}
