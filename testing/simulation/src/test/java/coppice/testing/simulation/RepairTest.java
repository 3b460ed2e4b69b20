package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Issue;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.RepairReport.Loss;
import coppice.api.RepairReport.Outcome;
import coppice.api.RepairReport.Rows;
import coppice.api.Reset;
import coppice.engine.storage.Machine;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A stored database is damaged at random and repaired. With a copy everything comes back; without one, what is
/// lost is named, the rest opens and is sound. A repair that is broken off anywhere has changed nothing, or all.
///
/// `-Dcoppice.seed=N` damages other places, `-Dcoppice.damages=N` more of them.
final class RepairTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);
    private static final int DAMAGES = Integer.getInteger("coppice.damages", 20);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SimulatedDisk closed = new SimulatedDisk();
    private final SimulatedDisk killed;
    private final Map<String, String> right;

    RepairTest() {
        try (Database db = Damaged.open(closed)) {
            for (int round = 0; round < 3; round++) {
                int value = round;
                db.main().run(tx -> {
                    for (int i = 0; i < 120; i++) {
                        tx.space("s").put("k" + i, "value " + value * (i % 7));
                    }
                    tx.space("s").put("long", "x".repeat(3_000 + value));
                });
                db.commit("round " + round);
            }
            db.tags().create("v1", "main~1");
            db.branch("side", "main").space("t").put("a", "1");
            db.branch("side").commit("two");
            db.checkpoint();
            db.space("s").delete("k7");
            db.commit("in the journal");
            db.space("s").put("k8", "last");
            right = Damaged.whole(db);
            killed = closed.afterKill();
        }
    }

    private Map<String, Machine> copy() {
        return Map.of("copy", Damaged.machine(closed.afterKill()));
    }

    /// A file with a flipped bit, a zeroed area, a lost end, or none at all.
    private SimulatedDisk damaged(SimulatedDisk disk, String path) {
        byte[] bytes = Damaged.content(disk, path);
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(5)) {
            case 0 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 200), (byte) 0);
            case 1 -> bytes = Arrays.copyOf(bytes, at);
            case 2 -> {
                SimulatedDisk without = disk.afterKill();
                without.delete(path);
                without.syncDirectory("packs");
                return without;
            }
            default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return Damaged.with(disk, path, bytes);
    }

    private SimulatedDisk damagedPacks(SimulatedDisk disk) {
        SimulatedDisk damaged = disk;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<String> files = Damaged.files(damaged, "packs");
            if (files.isEmpty()) {
                return damaged;
            }
            damaged = damaged(damaged, files.get(random.nextInt(files.size())));
        }
        return damaged;
    }

    /// A flipped bit or a lost end, but not in the last record: nobody knows whether that was acknowledged.
    private SimulatedDisk damagedJournal(SimulatedDisk disk) {
        String path = Damaged.files(disk, "journal").getFirst();
        byte[] bytes = Damaged.content(disk, path);
        int last = bytes.length - 1;
        while (last > 300 && bytes[last] == 0) {
            last--;
        }
        int at = random.nextInt(last - 200);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return Damaged.with(disk, path, random.nextBoolean() ? bytes : Arrays.copyOf(bytes, at));
    }

    @Test
    void nothingIsDoneToASoundDatabase() {
        for (SimulatedDisk disk : List.of(closed, killed)) {
            Map<String, byte[]> before = contents(disk);
            RepairReport report = Damaged.repair(disk, RepairOptions.defaults().allowingLoss(), Map.of());
            assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.SOUND);
            assertThat(contents(disk)).containsExactlyEntriesOf(before);
        }
    }

    private static Map<String, byte[]> contents(SimulatedDisk disk) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String directory : List.of("packs", "journal")) {
            Damaged.files(disk, directory).forEach(path -> contents.put(path, Damaged.content(disk, path)));
        }
        contents.put("MANIFEST", Damaged.content(disk, "MANIFEST"));
        return contents;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withACopyEverythingComesBack(boolean clean) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < DAMAGES; i++) {
            SimulatedDisk disk = damagedPacks(clean ? closed : killed);
            RepairReport report = Damaged.repair(disk, RepairOptions.defaults(), copy());
            outcomes.merge(report.outcome(), 1, Integer::sum);
            assertThat(report.losses()).isEmpty();
            try (Database db = Damaged.open(disk)) {
                assertThat(Damaged.whole(db)).as(report.toString()).isEqualTo(right);
            }
            Damaged.requireSound(disk).close();
        }
        assertThat(outcomes.get(Outcome.REPAIRED)).isGreaterThan(DAMAGES / 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutACopyWhatIsLostIsNamedAndTheRestIsSound(boolean clean) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < DAMAGES; i++) {
            SimulatedDisk before = clean ? closed : killed;
            SimulatedDisk disk = random.nextInt(3) > 0 ? damagedPacks(before) : damagedJournal(before);
            RepairReport report = Damaged.repair(disk, RepairOptions.defaults().allowingLoss(), Map.of());
            outcomes.merge(report.outcome(), 1, Integer::sum);
            try (Database db = Damaged.open(disk)) {
                if (!whole(db, right).equals(right)) {
                    assertThat(report.losses()).as(report.toString()).isNotEmpty();
                    assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
                }
            }
            Damaged.requireSound(disk).close();
        }
        assertThat(outcomes).containsKeys(Outcome.REPAIRED, Outcome.REPAIRED_WITH_LOSS);
    }

    /// As [Damaged#whole], of a database that may have lost a branch.
    private static Map<String, String> whole(Database db, Map<String, String> otherwise) {
        return db.branches().size() == 2 ? Damaged.whole(db) : Map.of("branches", otherwise.toString());
    }

    @Test
    void withoutACopyNothingIsGivenUpUnlessItMayBe() {
        int incomplete = 0;
        for (int i = 0; i < DAMAGES; i++) {
            SimulatedDisk disk = damagedPacks(closed);
            RepairReport report = Damaged.repair(disk, RepairOptions.defaults(), Map.of());
            if (report.outcome() == Outcome.INCOMPLETE) {
                incomplete++;
                assertThat(report.losses()).isNotEmpty();
                RepairReport later = Damaged.repair(disk, RepairOptions.defaults(), copy());
                assertThat(later.outcome()).as(later.toString()).isEqualTo(Outcome.REPAIRED);
            }
            try (Database db = Damaged.open(disk)) {
                assertThat(Damaged.whole(db)).as(report.toString()).isEqualTo(right);
            }
        }
        assertThat(incomplete).isPositive();
    }

    @Test
    void ofASpaceOnlyTheRowsThatCannotBeReadAreGivenUpAndNamed() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = Damaged.open(disk)) {
            fill(db, "old");
            db.commit("rows");
            fill(db, "new");
            db.checkpoint();
        }
        SimulatedDisk damaged = Damaged.damagedWhere(disk, "new 1777");
        List<Rows> named = Damaged.repair(damaged, RepairOptions.defaults(), Map.of()).losses().stream()
                .flatMap(loss -> loss.rows().stream())
                .toList();
        RepairReport report = Damaged.repair(damaged, RepairOptions.defaults().allowingLoss(), Map.of());
        assertThat(report.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.kind()).isEqualTo(Loss.Kind.WORKING_STATE);
            assertThat(loss.subject()).isEqualTo("space 's' of ref 'heads/main'");
            assertThat(loss.rows().stream().toList()).isEqualTo(named);
        });
        Rows lost = named.getFirst();
        int older = 0;
        try (Database db = Damaged.requireSound(damaged)) {
            for (int row = 1_000; row < 3_000; row++) {
                byte[] key = ("" + row).getBytes(ISO_8859_1);
                boolean isLost =
                        Arrays.compareUnsigned(lost.after(), key) < 0 && Arrays.compareUnsigned(key, lost.upTo()) <= 0;
                assertThat(db.space("s").text("" + row)).contains((isLost ? "old " : "new ") + row);
                older += isLost ? 1 : 0;
            }
        }
        assertThat(older).isBetween(2, 500);
    }

    private static void fill(Database db, String word) {
        db.main().run(tx -> {
            for (int row = 1_000; row < 3_000; row++) {
                tx.space("s").put("" + row, word + " " + row);
            }
        });
    }

    @Test
    void aDryRunChangesNothingAndSaysTheSame() {
        for (int i = 0; i < DAMAGES / 3; i++) {
            SimulatedDisk disk = damagedPacks(killed);
            Map<String, byte[]> before = contents(disk);
            RepairOptions options = RepairOptions.defaults().allowingLoss();
            RepairReport dry = Damaged.repair(disk, options.dry(), Map.of());
            assertThat(contents(disk)).containsExactlyEntriesOf(before);
            RepairReport wet = Damaged.repair(disk, options, Map.of());
            assertThat(dry.outcome()).isEqualTo(wet.outcome());
            assertThat(dry.losses()).isEqualTo(wet.losses());
            assertThat(dry.dryRun()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRepairThatIsBrokenOffIsDoneOrNotDone(boolean withCopy) {
        for (int i = 0; i < 3; i++) {
            SimulatedDisk disk = damagedPacks(killed);
            Map<String, Machine> copies = withCopy ? copy() : Map.of();
            RepairOptions options = RepairOptions.defaults().allowingLoss();
            Map<String, String> after;
            SimulatedDisk repaired = disk.afterKill();
            if (Damaged.repair(repaired, options, copies).outcome() == Outcome.SOUND) {
                continue;
            }
            try (Database db = Damaged.open(repaired)) {
                after = Dump.of(db);
            }
            List<SimulatedDisk> wrecks = new ArrayList<>();
            disk.observe(_ -> {
                wrecks.add(disk.afterKill());
                wrecks.add(disk.afterPowerCut(random.nextLong()));
            });
            Damaged.repair(disk, options, copies);
            disk.observe(_ -> {});
            assertThat(wrecks).hasSizeGreaterThan(6);
            for (SimulatedDisk wreck : wrecks) {
                if (random.nextBoolean()) {
                    requireHonest(wreck.afterKill());
                }
                RepairReport report = Damaged.repair(wreck, options, copies);
                try (Database db = Damaged.open(wreck)) {
                    assertThat(Dump.of(db)).as(report.toString()).isEqualTo(after);
                    Dump.requireSound(db);
                }
            }
        }
    }

    /// Opens it, be it repaired or damaged still.
    private void requireHonest(SimulatedDisk disk) {
        try (Database db = Damaged.open(disk)) {
            db.check();
        } catch (DatabaseException.Corrupt damaged) {
            assertThat(damaged.getMessage()).isNotEmpty();
        }
    }

    @Test
    void aCheckLooksAtWhatTheReflogKeeps() {
        SimulatedDisk disk = new SimulatedDisk();
        String given;
        try (Database db = Damaged.open(disk)) {
            db.space("s").put("given", "up by a reset");
            given = db.commit("to be given up").id().hex();
            db.main().reset("main~1", Reset.HARD);
        }
        try (Database db = Damaged.open(Damaged.damagedWhere(disk, "up by a reset"))) {
            assertThat(db.check().issues())
                    .anyMatch(issue -> issue.kind() == Issue.Kind.MISSING_CHUNK
                            && issue.subject().contains(given));
        }
    }

    @Test
    void aCheckReadsTheJournalInUse() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = Damaged.open(disk)) {
            db.space("s").put("k", "written since the last checkpoint");
            db.space("s").put("k2", "and more");
            assertThat(db.check().issues()).isEmpty();
            String path = Damaged.files(disk, "journal").getFirst();
            byte[] bytes = Damaged.content(disk, path);
            int at = new String(bytes, ISO_8859_1).indexOf("written since");
            try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
                file.write(at, new byte[] {'W'}, 0, 1);
            }
            assertThat(db.check().issues())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.kind()).isEqualTo(Issue.Kind.DAMAGED_JOURNAL));
        }
    }

    @Test
    void whatIsReplacedIsKept() {
        String pack = Damaged.files(closed, "packs").stream()
                .filter(path -> path.endsWith(".pack"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = Damaged.content(closed, pack);
        bytes[bytes.length / 2] ^= 1;
        SimulatedDisk disk = Damaged.with(closed, pack, bytes);
        RepairReport report = Damaged.repair(disk, RepairOptions.defaults(), copy());
        assertThat(report.aside()).isNotEmpty();
        assertThat(report.aside()).allMatch(disk::exists);
        assertThat(Damaged.content(disk, report.aside().getFirst())).isEqualTo(bytes);
        assertThat(disk.exists("repair")).isFalse();
    }
}
