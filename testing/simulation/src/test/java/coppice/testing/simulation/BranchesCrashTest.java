package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Pick;
import coppice.api.Rebase;
import coppice.api.RebasePlan;
import coppice.api.RebaseStep.Action;
import coppice.api.Resolver;
import coppice.testing.simulation.Wrecks.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that copying, renaming, deleting and
/// switching to branches make on the disk, also of such on which something waits.
final class BranchesCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final Wrecks wrecks = new Wrecks(SEED, Waits::all);

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    /// A branch on which a merge waits, with something decided.
    private static void merging(Database db) {
        Quarrel.begin(db);
        db.branch("line", "main");
        db.merge("topic", Merge.into("line").keepingConflicts());
        decide(db.branch("line"));
    }

    private static void decide(Branch branch) {
        branch.conflicts().orElseThrow().resolveAll(ConflictQuery.all(), Resolver.THEIRS);
    }

    @Test
    void aCopyIsThereOrNotAndNothingWaitsOnIt() {
        List<Step> steps = List.of(
                step("write", db -> db.branch("line").space("s").put("x", "uncommitted")),
                step("copy", db -> db.copyBranch("line", "copy")),
                Quarrel.care(),
                step("copy again", db -> db.copyBranch("copy", "another")));
        wrecks.requireOldOrNew(BranchesCrashTest::merging, steps);
    }

    @Test
    void theCurrentBranchIsTheOneOrTheOther() {
        List<Step> steps = List.of(
                step("switch", db -> db.switchTo("line")),
                step("write", db -> db.space("s").put("x", "on the line")),
                step("rename", db -> db.renameBranch("line", "path")),
                step("switch back", db -> db.switchTo("main")));
        wrecks.requireOldOrNew(BranchesCrashTest::merging, steps);
    }

    @Test
    void aDeletedBranchIsGoneWithWhatWaitedOnItOrAllIsThere() {
        List<Step> steps = List.of(
                step("delete", db -> db.deleteBranch("line")),
                step("make another of the name", db -> db.branch("line", "topic")),
                step("delete it, too", db -> db.deleteBranch("line")));
        wrecks.requireOldOrNew(BranchesCrashTest::merging, steps);
    }

    @Test
    void aRenamedBranchTakesItsMergeAlong() {
        wrecks.everywhere(
                BranchesCrashTest::merging,
                List.of(step("rename", db -> db.renameBranch("line", "path"))),
                (db, before, after) -> {
                    assertThat(Waits.all(db)).isIn(before, after);
                    Branch line = db.branch(Waits.all(db).containsKey("path") ? "path" : "line");
                    assertThat(line.merging().orElseThrow().commit().parents()).hasSize(2);
                    assertThat(line.space("s").text("k3")).contains("theirs");
                });
    }

    /// What waits is found under the one name or under the other; what lies beside it, such as the branch to edit on,
    /// may have its name before or after.
    private static Map<String, String> lines(Database db) {
        Map<String, String> all = new TreeMap<>(Waits.all(db));
        all.keySet().removeIf(place -> place.startsWith("rebase/"));
        return all;
    }

    @Test
    void aRenamedBranchTakesAlongWhatIsEditedInItsRebase() {
        Wrecks named = new Wrecks(SEED, BranchesCrashTest::lines);
        named.everywhere(
                db -> {
                    Quarrel.begin(db);
                    Rebase rebase = db.branch("topic").edits().rebase();
                    RebasePlan plan = rebase.plan("main").resolving(Resolver.THEIRS);
                    rebase.start(plan.step(0, first -> first.as(Action.EDIT)));
                    db.branch("rebase/topic").space("s").put("edited", "by hand");
                },
                List.of(step("rename", db -> db.renameBranch("topic", "path"))),
                (db, before, after) -> {
                    assertThat(lines(db)).isIn(before, after);
                    String name = before.containsKey("topic") && lines(db).equals(before) ? "topic" : "path";
                    assertThat(db.branches()).extracting(info -> info.name()).contains("rebase/" + name);
                    db.branch(name).edits().rebase().resume();
                    assertThat(db.branch(name).space("s").text("edited")).contains("by hand");
                    assertThat(db.branches()).hasSize(2);
                });
    }

    @Test
    void aForcedDeletionTakesAlongWhatWaits() {
        List<Step> steps = List.of(
                step(
                        "pick",
                        db -> db.branch("line")
                                .edits()
                                .cherryPick(Pick.of("topic").keepingConflicts())),
                step("delete", db -> db.forceDeleteBranch("line")),
                step("make another of the name", db -> db.branch("line", "main")));
        wrecks.requireOldOrNew(
                db -> {
                    Quarrel.begin(db);
                    db.branch("line", "main").space("s").put("x", "uncommitted");
                    db.branch("line").commit("more");
                },
                steps);
    }
}
