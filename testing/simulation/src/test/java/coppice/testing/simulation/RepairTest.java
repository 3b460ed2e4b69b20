package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Commit;
import coppice.api.Compression;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.Issue;
import coppice.api.Options;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.RepairReport.Outcome;
import coppice.api.Reset;
import coppice.engine.Machine;
import coppice.engine.Opening;
import coppice.engine.Sizes;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
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
    private static final Sizes SIZES = new Sizes(4 << 10, 64 << 10, 4 << 10);

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final SimulatedDisk closed = new SimulatedDisk();
    private final SimulatedDisk killed;
    private final Map<String, String> right;

    RepairTest() {
        try (Database db = open(closed)) {
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
            right = whole(db);
            killed = closed.afterKill();
        }
    }

    private static Machine machine(SimulatedDisk disk) {
        SimulatedClock clock = new SimulatedClock(1_700_000_000_000L);
        return new Machine(disk, new SimulatedTasks(clock), clock, new SimulatedEntropy(7));
    }

    private static Database open(SimulatedDisk disk) {
        Options options = Options.defaults()
                .with(Durability.SYNC)
                .with(Compression.NONE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN);
        return Opening.open(machine(disk), "damaged", options, SIZES);
    }

    private static RepairReport repair(SimulatedDisk disk, RepairOptions options, Map<String, Machine> copies) {
        return Opening.repair(machine(disk), "damaged", options, copies, SIZES);
    }

    private Map<String, Machine> copy() {
        return Map.of("copy", machine(closed.afterKill()));
    }

    private static Map<String, String> whole(Database db) {
        Map<String, String> all = new TreeMap<>(Dump.of(db));
        for (String branch : List.of("main", "side")) {
            for (Commit commit : db.log(branch)) {
                all.put(commit.id().hex(), commit.toString());
                Dump.addState(all, commit.id().hex(), db.at(commit.id().hex()));
            }
        }
        db.tags()
                .list()
                .forEach(tag -> all.put("tag " + tag.name(), tag.commit().hex()));
        return all;
    }

    private static List<String> files(SimulatedDisk disk, String directory) {
        return disk.list(directory).stream().map(name -> directory + "/" + name).toList();
    }

    private static byte[] content(SimulatedDisk disk, String path) {
        try (DiskFile file = disk.open(path, OpenMode.READ)) {
            byte[] bytes = new byte[(int) file.size()];
            file.read(0, bytes, 0, bytes.length);
            return bytes;
        }
    }

    private static SimulatedDisk with(SimulatedDisk disk, String path, byte[] content) {
        SimulatedDisk copy = disk.afterKill();
        try (DiskFile file = copy.open(path, OpenMode.WRITE)) {
            file.truncate(content.length);
            file.write(0, content, 0, content.length);
            file.sync();
        }
        return copy;
    }

    /// A file with a flipped bit, a zeroed area, a lost end, or none at all.
    private SimulatedDisk damaged(SimulatedDisk disk, String path) {
        byte[] bytes = content(disk, path);
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
        return with(disk, path, bytes);
    }

    private SimulatedDisk damagedPacks(SimulatedDisk disk) {
        SimulatedDisk damaged = disk;
        for (int i = random.nextInt(3); i >= 0; i--) {
            List<String> files = files(damaged, "packs");
            if (files.isEmpty()) {
                return damaged;
            }
            damaged = damaged(damaged, files.get(random.nextInt(files.size())));
        }
        return damaged;
    }

    /// A flipped bit or a lost end, but not in the last record: nobody knows whether that was acknowledged.
    private SimulatedDisk damagedJournal(SimulatedDisk disk) {
        String path = files(disk, "journal").getFirst();
        byte[] bytes = content(disk, path);
        int last = bytes.length - 1;
        while (last > 300 && bytes[last] == 0) {
            last--;
        }
        int at = random.nextInt(last - 200);
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return with(disk, path, random.nextBoolean() ? bytes : Arrays.copyOf(bytes, at));
    }

    private Database requireSound(SimulatedDisk disk) {
        Database db = open(disk);
        Dump.requireSound(db);
        db.space("after").put("repair", "1");
        db.commit("after");
        db.gc();
        Dump.requireSound(db);
        return db;
    }

    @Test
    void nothingIsDoneToASoundDatabase() {
        for (SimulatedDisk disk : List.of(closed, killed)) {
            Map<String, byte[]> before = contents(disk);
            RepairReport report = repair(disk, RepairOptions.defaults().allowingLoss(), Map.of());
            assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.SOUND);
            assertThat(contents(disk)).containsExactlyEntriesOf(before);
        }
    }

    private static Map<String, byte[]> contents(SimulatedDisk disk) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (String directory : List.of("packs", "journal")) {
            files(disk, directory).forEach(path -> contents.put(path, content(disk, path)));
        }
        contents.put("MANIFEST", content(disk, "MANIFEST"));
        return contents;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withACopyEverythingComesBack(boolean clean) {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < DAMAGES; i++) {
            SimulatedDisk disk = damagedPacks(clean ? closed : killed);
            RepairReport report = repair(disk, RepairOptions.defaults(), copy());
            outcomes.merge(report.outcome(), 1, Integer::sum);
            assertThat(report.losses()).isEmpty();
            try (Database db = open(disk)) {
                assertThat(whole(db)).as(report.toString()).isEqualTo(right);
            }
            requireSound(disk).close();
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
            RepairReport report = repair(disk, RepairOptions.defaults().allowingLoss(), Map.of());
            outcomes.merge(report.outcome(), 1, Integer::sum);
            try (Database db = open(disk)) {
                if (!whole(db, right).equals(right)) {
                    assertThat(report.losses()).as(report.toString()).isNotEmpty();
                    assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
                }
            }
            requireSound(disk).close();
        }
        assertThat(outcomes).containsKeys(Outcome.REPAIRED, Outcome.REPAIRED_WITH_LOSS);
    }

    /// As [#whole(Database)], of a database that may have lost a branch.
    private static Map<String, String> whole(Database db, Map<String, String> otherwise) {
        return db.branches().size() == 2 ? whole(db) : Map.of("branches", otherwise.toString());
    }

    @Test
    void withoutACopyNothingIsGivenUpUnlessItMayBe() {
        int incomplete = 0;
        for (int i = 0; i < DAMAGES; i++) {
            SimulatedDisk disk = damagedPacks(closed);
            RepairReport report = repair(disk, RepairOptions.defaults(), Map.of());
            if (report.outcome() == Outcome.INCOMPLETE) {
                incomplete++;
                assertThat(report.losses()).isNotEmpty();
                RepairReport later = repair(disk, RepairOptions.defaults(), copy());
                assertThat(later.outcome()).as(later.toString()).isEqualTo(Outcome.REPAIRED);
            }
            try (Database db = open(disk)) {
                assertThat(whole(db)).as(report.toString()).isEqualTo(right);
            }
        }
        assertThat(incomplete).isPositive();
    }

    @Test
    void aDryRunChangesNothingAndSaysTheSame() {
        for (int i = 0; i < DAMAGES / 3; i++) {
            SimulatedDisk disk = damagedPacks(killed);
            Map<String, byte[]> before = contents(disk);
            RepairOptions options = RepairOptions.defaults().allowingLoss();
            RepairReport dry = repair(disk, options.dry(), Map.of());
            assertThat(contents(disk)).containsExactlyEntriesOf(before);
            RepairReport wet = repair(disk, options, Map.of());
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
            if (repair(repaired, options, copies).outcome() == Outcome.SOUND) {
                continue;
            }
            try (Database db = open(repaired)) {
                after = Dump.of(db);
            }
            List<SimulatedDisk> wrecks = new ArrayList<>();
            disk.observe(_ -> {
                wrecks.add(disk.afterKill());
                wrecks.add(disk.afterPowerCut(random.nextLong()));
            });
            repair(disk, options, copies);
            disk.observe(_ -> {});
            assertThat(wrecks).hasSizeGreaterThan(6);
            for (SimulatedDisk wreck : wrecks) {
                if (random.nextBoolean()) {
                    requireHonest(wreck.afterKill());
                }
                RepairReport report = repair(wreck, options, copies);
                try (Database db = open(wreck)) {
                    assertThat(Dump.of(db)).as(report.toString()).isEqualTo(after);
                    Dump.requireSound(db);
                }
            }
        }
    }

    /// Opens it, be it repaired or damaged still.
    private void requireHonest(SimulatedDisk disk) {
        try (Database db = open(disk)) {
            db.check();
        } catch (DatabaseException.Corrupt damaged) {
            assertThat(damaged.getMessage()).isNotEmpty();
        }
    }

    @Test
    void aCheckLooksAtWhatTheReflogKeeps() {
        SimulatedDisk disk = new SimulatedDisk();
        String given;
        try (Database db = open(disk)) {
            db.space("s").put("given", "up by a reset");
            given = db.commit("to be given up").id().hex();
            db.main().reset("main~1", Reset.HARD);
        }
        try (Database db = open(damagedWhere(disk, "up by a reset"))) {
            assertThat(db.check().issues())
                    .anyMatch(issue -> issue.kind() == Issue.Kind.MISSING_CHUNK
                            && issue.subject().contains(given));
        }
    }

    @Test
    void aCheckReadsTheJournalInUse() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = open(disk)) {
            db.space("s").put("k", "written since the last checkpoint");
            db.space("s").put("k2", "and more");
            assertThat(db.check().issues()).isEmpty();
            String path = files(disk, "journal").getFirst();
            byte[] bytes = content(disk, path);
            int at = new String(bytes, ISO_8859_1).indexOf("written since");
            try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
                file.write(at, new byte[] {'W'}, 0, 1);
            }
            assertThat(db.check().issues())
                    .singleElement()
                    .satisfies(issue -> assertThat(issue.kind()).isEqualTo(Issue.Kind.DAMAGED_JOURNAL));
        }
    }

    /// The disk with a bit turned in the pack that holds a text.
    private static SimulatedDisk damagedWhere(SimulatedDisk disk, String text) {
        for (String path : files(disk, "packs")) {
            byte[] bytes = content(disk, path);
            int at = new String(bytes, ISO_8859_1).indexOf(text);
            if (at >= 0 && path.endsWith(".pack")) {
                bytes[at] ^= 1;
                return with(disk, path, bytes);
            }
        }
        throw new AssertionError("no pack holds '" + text + "'");
    }

    @Test
    void whatIsReplacedIsKept() {
        String pack = files(closed, "packs").stream()
                .filter(path -> path.endsWith(".pack"))
                .findFirst()
                .orElseThrow();
        byte[] bytes = content(closed, pack);
        bytes[bytes.length / 2] ^= 1;
        SimulatedDisk disk = with(closed, pack, bytes);
        RepairReport report = repair(disk, RepairOptions.defaults(), copy());
        assertThat(report.aside()).isNotEmpty();
        assertThat(report.aside()).allMatch(disk::exists);
        assertThat(content(disk, report.aside().getFirst())).isEqualTo(bytes);
        assertThat(disk.exists("repair")).isFalse();
    }
}
