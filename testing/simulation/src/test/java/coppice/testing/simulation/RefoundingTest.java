package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.BranchInfo;
import coppice.api.Database;
import coppice.api.Issue;
import coppice.api.Merge;
import coppice.api.RepairOptions;
import coppice.api.RepairReport;
import coppice.api.RepairReport.Loss;
import coppice.api.RepairReport.Outcome;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.store.Manifest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The manifest of a database, or the table of refs that it names, is lost, and a repair works them out again.
final class RefoundingTest {
    private final SimulatedDisk closed = new SimulatedDisk();
    private final SimulatedDisk killed;
    private final Map<String, String> right;

    /// A database whose journal still has what was done to refs before the last checkpoint: renamed, removed, made
    /// again under an old name.
    RefoundingTest() {
        try (Database db = Damaged.open(closed)) {
            db.space("s").put("a", "1");
            db.commit("one");
            db.branch("old", "main").space("s").put("b", "2");
            db.renameBranch("old", "renamed");
            db.branch("old", "main").space("s").put("c", "3");
            db.branch("old").commit("three");
            db.branch("gone", "main").space("s").put("d", "4");
            db.forceDeleteBranch("gone");
            db.tags().create("v0", "main");
            db.tags().delete("v0");
            db.checkpoint();
            db.branch("brief", "main");
            db.deleteBranch("brief");
            db.tags().create("v1", "main~1");
            db.branch("side", "main").space("t").put("a", "1");
            db.branch("side").commit("two");
            db.checkpoint();
            db.space("s").delete("a");
            db.commit("in the journal");
            db.space("s").put("k8", "last");
            right = Damaged.whole(db);
            killed = closed.afterKill();
        }
    }

    private SimulatedDisk withoutManifest(boolean clean) {
        SimulatedDisk disk = (clean ? closed : killed).afterKill();
        disk.delete(Manifest.FILE);
        disk.syncDirectory("");
        return disk;
    }

    private static RepairReport repair(SimulatedDisk disk, RepairOptions options) {
        return Damaged.repair(disk, options, Map.of());
    }

    private void requireRight(SimulatedDisk disk, RepairReport report) {
        try (Database db = Damaged.open(disk)) {
            assertThat(Damaged.whole(db)).as(report.toString()).isEqualTo(right);
        }
        Damaged.requireSound(disk).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLostManifestIsMadeAgainAndNothingIsLost(boolean clean) {
        SimulatedDisk disk = withoutManifest(clean);
        RepairReport dry = repair(disk, RepairOptions.defaults().dry());
        assertThat(dry.outcome()).as(dry.toString()).isEqualTo(Outcome.REPAIRED);
        assertThat(disk.exists(Manifest.FILE)).isFalse();
        RepairReport report = repair(disk, RepairOptions.defaults());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REPAIRED);
        assertThat(report.found()).extracting(Issue::kind).contains(Issue.Kind.DAMAGED_MANIFEST);
        assertThat(report.losses()).isEmpty();
        requireRight(disk, report);
    }

    @Test
    void aDamagedManifestIsMadeAgain() {
        byte[] bytes = Damaged.content(killed, Manifest.FILE);
        bytes[bytes.length / 2] ^= 1;
        SimulatedDisk disk = Damaged.with(killed, Manifest.FILE, bytes);
        RepairReport report = repair(disk, RepairOptions.defaults());
        assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED);
        requireRight(disk, report);
    }

    @Test
    void aRepairOfALostManifestThatIsBrokenOffIsDoneOrNotDone() {
        SimulatedDisk disk = withoutManifest(false);
        List<SimulatedDisk> wrecks = new ArrayList<>();
        disk.observe(_ -> wrecks.add(disk.afterPowerCut(wrecks.size())));
        repair(disk, RepairOptions.defaults());
        disk.observe(_ -> {});
        assertThat(wrecks).hasSizeGreaterThan(6);
        for (SimulatedDisk wreck : wrecks) {
            RepairReport report = repair(wreck, RepairOptions.defaults());
            requireRight(wreck, report);
        }
    }

    @Test
    void withoutManifestAndJournalTheLastCheckpointIsThereAndTheLossIsNamed() {
        SimulatedDisk disk = withoutManifest(false);
        Damaged.files(disk, "journal").forEach(disk::delete);
        assertThat(repair(disk, RepairOptions.defaults()).outcome()).isEqualTo(Outcome.INCOMPLETE);
        RepairReport report = repair(disk, RepairOptions.defaults().allowingLoss());
        assertThat(report.outcome()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
        assertThat(report.losses()).extracting(Loss::kind).contains(Loss.Kind.JOURNAL);
        try (Database db = Damaged.requireSound(disk)) {
            assertThat(db.branch("renamed").space("s").text("b")).contains("2");
            assertThat(db.branch("side").head().title()).isEqualTo("two");
            assertThat(db.tags().list()).hasSize(1);
        }
    }

    @Test
    void aLostTableOfRefsIsReplacedByAnOlderOneAndTheJournal() {
        String name = new String(
                HexFormat.of().parseHex(Manifest.read(killed, "").refs().toString()), ISO_8859_1);
        SimulatedDisk disk = Damaged.damagedWhere(killed, name);
        assertThat(repair(disk, RepairOptions.defaults()).outcome()).isEqualTo(Outcome.INCOMPLETE);
        RepairReport report = repair(disk, RepairOptions.defaults().allowingLoss());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
        assertThat(report.losses()).extracting(Loss::subject).contains("the table of refs");
        try (Database db = Damaged.open(disk)) {
            // Where refs have been is known as far as the older table knows it.
            assertThat(withoutReflog(Damaged.whole(db))).as(report.toString()).isEqualTo(withoutReflog(right));
        }
        Damaged.requireSound(disk).close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutAnyTableOfRefsBranchesAreAtTheCommitsFromWhichNoOtherDescends(boolean hasManifest) {
        SimulatedDisk disk =
                Damaged.damagedEverywhere(hasManifest ? killed.afterKill() : withoutManifest(false), "heads/@");
        RepairReport refused = repair(disk, RepairOptions.defaults());
        assertThat(refused.outcome()).isEqualTo(Outcome.INCOMPLETE);
        assertThat(disk.exists(Manifest.FILE)).as("nothing is given up yet").isEqualTo(hasManifest);
        assertThat(refused.actions().isEmpty()).isEqualTo(!hasManifest);
        RepairReport report = repair(disk, RepairOptions.defaults().allowingLoss());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REPAIRED_WITH_LOSS);
        assertThat(report.losses())
                .filteredOn(loss -> loss.subject().equals("the table of refs"))
                .extracting(Loss::detail)
                .anyMatch(detail -> detail.startsWith("there is none among the chunks"));
        try (Database db = Damaged.requireSound(disk)) {
            List<String> titles = new ArrayList<>();
            db.branches().forEach(branch -> {
                db.log(branch.name()).forEach(commit -> titles.add(commit.title()));
            });
            assertThat(titles).contains("one", "two", "three");
            assertThat(db.branches()).extracting(BranchInfo::name).anyMatch(name -> name.startsWith("recovered-"));
        }
    }

    /// The journal, of which the beginning has been given up, still tells of a merge that has been swept away since.
    @Test
    void aLostManifestLosesNothingWhereTheJournalTellsOfWhatIsGone() {
        SimulatedDisk disk = new SimulatedDisk();
        Map<String, String> all;
        String merged;
        try (Database db = Damaged.open(disk)) {
            db.space("s").put("a", "1");
            db.commit("one");
            for (String side : List.of("gone", "other")) {
                db.branch(side, "main");
                for (int row = 0; row < 40; row++) {
                    db.branch(side).space("s").put(side + row, "x".repeat(700));
                }
                db.branch(side).commit(side);
            }
            db.checkpoint();
            db.merge("gone", Merge.into("other"));
            merged = db.branch("other").head().id().hex();
            db.tags().create("brief", "other");
            db.tags().delete("brief");
            db.forceDeleteBranch("gone");
            db.forceDeleteBranch("other");
        }
        try (Database db = Damaged.open(disk, Duration.ZERO, 1_000)) {
            db.gc();
            assertThat(db.inspect().chunks(merged.substring(0, 16), 1)).isEmpty();
            all = Damaged.whole(db);
        }
        List<String> before = Damaged.files(disk, "journal").stream()
                .map(path -> new String(Damaged.content(disk, path), ISO_8859_1))
                .filter(records -> records.contains("brief"))
                .map(records -> records.substring(0, records.indexOf("brief")))
                .toList();
        assertThat(before).as("the merge is still told of").isNotEmpty();
        assertThat(before)
                .as("how its branches began is not")
                .noneMatch(records -> records.contains("gone0") || records.contains("other0"));
        disk.delete(Manifest.FILE);
        disk.syncDirectory("");
        RepairReport report = repair(disk, RepairOptions.defaults());
        assertThat(report.outcome()).as(report.toString()).isEqualTo(Outcome.REPAIRED);
        assertThat(report.losses()).isEmpty();
        try (Database db = Damaged.open(disk)) {
            assertThat(Damaged.whole(db)).as(report.toString()).isEqualTo(all);
        }
        Damaged.requireSound(disk).close();
    }

    @Test
    void aCheckReadsTheManifestInUse() {
        SimulatedDisk disk = killed.afterKill();
        try (Database db = Damaged.open(disk)) {
            assertThat(db.check().issues()).isEmpty();
            byte[] bytes = Damaged.content(disk, Manifest.FILE);
            try (DiskFile file = disk.open(Manifest.FILE, OpenMode.WRITE)) {
                file.write(30, new byte[] {(byte) ~bytes[30]}, 0, 1);
            }
            assertThat(db.check().issues()).extracting(Issue::kind).containsExactly(Issue.Kind.DAMAGED_MANIFEST);
            disk.delete(Manifest.FILE);
            assertThat(db.check().issues()).extracting(Issue::found).containsExactly("no such file");
        }
    }

    private static Map<String, String> withoutReflog(Map<String, String> all) {
        Map<String, String> rest = new TreeMap<>(all);
        rest.keySet().removeIf(key -> key.endsWith("@{..}"));
        return rest;
    }
}
