package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.Pick;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.testing.simulation.Wrecks.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that taking something back makes on the disk:
/// it is taken back, or it is not.
final class UndoCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final Wrecks wrecks = new Wrecks(SEED, Waits::all);

    private static Step undo() {
        return new Step("undo", Database::undo);
    }

    /// Each of these, and its undoing.
    private static List<Step> undone(List<Step> steps) {
        List<Step> all = new ArrayList<>();
        for (Step step : steps) {
            all.add(step);
            all.add(new Step("undo of " + step.name(), Database::undo));
        }
        return all;
    }

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    private static Merge merge() {
        return Merge.into("main").resolving(Resolver.THEIRS);
    }

    @Test
    void whatMovedABranchIsTakenBackOrNot() {
        List<Step> steps = List.of(
                step("merge", db -> db.merge("topic", merge())),
                step("merge without commit", db -> db.merge("topic", merge().uncommitted())),
                step("squash", db -> db.merge("topic", merge().squashed())),
                step("pick", db -> db.main().edits().cherryPick(Pick.of("topic").resolving(Resolver.THEIRS))),
                step("rebase", db -> db.branch("topic").edits().rebase().onto("main~1")),
                step("amend", db -> db.main().amend(CommitMessage.of("amended"))));
        wrecks.requireOldOrNew(Quarrel::begin, undone(steps));
    }

    @Test
    void whatWasGivenUpComesBackOrNot() {
        List<Step> steps = List.of(
                step("discard", db -> db.main().discard()),
                step("reset", db -> db.main().reset("main~1", Reset.HARD)),
                step("delete", db -> db.forceDeleteBranch("topic")),
                step("rename", db -> db.renameBranch("topic", "other")),
                step("tag", db -> db.tags().create("v1", "main")));
        wrecks.requireOldOrNew(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("x", "uncommitted");
                    db.branch("topic").space("s").put("y", "uncommitted");
                },
                undone(steps));
    }

    /// An entry that went as it came back is put back first, so that it is there or on the branch at any time.
    @Test
    void aPoppedStashIsOnTheBranchOrOnTheStackOrOnBoth() {
        wrecks.everywhere(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("x", "aside");
                    db.main().stash().push();
                    db.main().stash().pop();
                },
                List.of(undo()),
                (db, before, after) -> {
                    Map<String, String> between = new TreeMap<>(before);
                    after.forEach((place, what) -> {
                        if (place.startsWith("stash")) {
                            between.put(place, what);
                        }
                    });
                    assertThat(Waits.all(db)).isIn(before, between, after);
                });
    }

    @Test
    void aRenamedBranchTakesWhatWaitsBackAlong() {
        wrecks.requireOldOrNew(
                db -> {
                    Quarrel.begin(db);
                    db.branch("line", "main");
                    db.merge("topic", Merge.into("line").keepingConflicts());
                },
                undone(List.of(step("rename", db -> db.renameBranch("line", "path")))));
    }
}
