package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.CommitMessage;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.Pick;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.api.RebaseStep.Action;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashPick;
import coppice.testing.simulation.Wrecks.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that a rebase, a stash, a cherry-pick, a
/// revert and a squash make on the disk. Branches and stashes then are as before the step or as after it, and the
/// rebase goes on to the same end.
final class EditsCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_122L);
    private static final RebaseDecision THEIRS = RebaseDecision.resolving(Resolver.THEIRS);

    private final Wrecks wrecks = new Wrecks(SEED, EditsCrashTest::dump);
    /// How many edits are acknowledged.
    private int edits;

    /// All branches but those to edit on, with their logs, and all stashes.
    private static Map<String, String> dump(Database db) {
        Map<String, String> all = new TreeMap<>(Dump.of(db));
        all.keySet().removeIf(place -> place.startsWith("rebase/"));
        for (StashEntry entry : db.main().stash().list()) {
            all.put("stash " + entry.index(), entry.commit().id().hex() + " of " + entry.branch());
        }
        return all;
    }

    private static void fill(Branch branch, String prefix, String value) {
        branch.run(tx -> {
            for (int i = 0; i < 40; i++) {
                tx.space("s").put(prefix + i, value.repeat(20));
            }
        });
        branch.commit(prefix + value);
    }

    private static Rebase rebase(Database db) {
        return db.branch("topic").edits().rebase();
    }

    private static void conflicting(Database db) {
        fill(db.main(), "a", "1");
        Branch topic = db.branch("topic", "main");
        fill(topic, "b", "1");
        fill(topic, "b", "2");
        fill(topic, "c", "3");
        fill(topic, "d", "4");
        fill(db.main(), "b", "mine");
    }

    private static void start(Database db) {
        RebasePlan plan = rebase(db).plan("main");
        rebase(db)
                .start(plan.step(1, step -> step.as(Action.EDIT))
                        .step(2, step -> step.as(Action.EDIT))
                        .step(3, step -> step.as(Action.REWORD)));
    }

    private static void edit(Database db, String key) {
        db.branch("rebase/topic").space("s").put(key, "edited");
    }

    private static void checkpointAndCompact(Database db) {
        db.checkpoint();
        db.gc();
    }

    @Test
    void aRebaseGoesOnWhereverItWasInterrupted() {
        List<Step> steps = List.of(
                new Step("start", EditsCrashTest::start),
                new Step("care", EditsCrashTest::checkpointAndCompact),
                new Step("decide", db -> rebase(db).resume(THEIRS)),
                new Step("edit", db -> edit(db, "edit1")),
                new Step("more care", EditsCrashTest::checkpointAndCompact),
                new Step("go on", db -> rebase(db).resume(THEIRS)),
                new Step("edit again", db -> edit(db, "edit2")),
                new Step(
                        "commit what is edited", db -> db.branch("rebase/topic").commit("edited")),
                new Step("go on again", db -> rebase(db).resume(THEIRS)),
                new Step("reword", db -> rebase(db).resume(RebaseDecision.message("reworded"))));
        wrecks.everywhere(EditsCrashTest::conflicting, counting(steps), (db, before, after) -> {
            assertThat(dump(db)).isIn(before, after);
            finish(db);
            assertThat(db.branch("topic").space("s").text("b0")).hasValue("2".repeat(20));
            assertThat(db.branch("topic").space("s").text("d0")).hasValue("4".repeat(20));
            assertThat(db.history().isAncestor("main", "topic")).isTrue();
            assertThat(edited(db)).as("edits").isBetween(edits, edits + 1);
            assertThat(rebase(db).progress()).isEmpty();
            assertThat(db.branches()).hasSize(2);
        });
        assertThat(edits).isEqualTo(2);
    }

    /// Steps that first count what is edited.
    private List<Step> counting(List<Step> steps) {
        return steps.stream()
                .map(step -> new Step(step.name(), db -> {
                    edits = Math.max(edits, edited(db));
                    step.work().accept(db);
                }))
                .toList();
    }

    /// How many edits there are.
    private static int edited(Database db) {
        int count = 0;
        for (String key : List.of("edit1", "edit2")) {
            boolean found = db.branches().stream()
                    .anyMatch(branch ->
                            db.branch(branch.name()).space("s").text(key).isPresent());
            count += found ? 1 : 0;
        }
        return count;
    }

    private static void finish(Database db) {
        RebaseProgress progress = rebase(db).progress().orElse(null);
        RebaseOutcome outcome = progress == null
                ? rebase(db).start(rebase(db).plan("main").resolving(Resolver.THEIRS))
                : rebase(db).resume(THEIRS);
        for (int i = 0; outcome instanceof RebaseOutcome.Stopped && i < 10; i++) {
            outcome = rebase(db).resume(THEIRS);
        }
    }

    @Test
    void anAbortedRebaseIsUnderWayOrOver() {
        List<Step> steps = List.of(
                new Step("decide", db -> rebase(db).resume(THEIRS)),
                new Step("abort", db -> rebase(db).abort()));
        Consumer<Database> begin = db -> {
            conflicting(db);
            start(db);
        };
        wrecks.everywhere(begin, steps, (db, before, after) -> {
            assertThat(dump(db)).isIn(before, after);
            if (rebase(db).progress().isPresent()) {
                rebase(db).abort();
            }
            assertThat(dump(db)).isIn(before, after);
            assertThat(db.branches()).hasSize(2);
            finish(db);
            assertThat(db.history().isAncestor("main", "topic")).isTrue();
        });
    }

    @Test
    void aStashIsMadeAndTakenBackOrNot() {
        Consumer<Database> begin = db -> {
            fill(db.main(), "a", "1");
            fill(db.branch("topic", "main"), "b", "2");
        };
        List<Step> steps = List.of(
                new Step("change", db -> db.space("s").put("x", "1")),
                new Step("push", db -> db.main().stash().push("first")),
                new Step("change more", db -> db.space("new").put("y", "2")),
                new Step("push more", db -> db.main().stash().push("second")),
                new Step("care", EditsCrashTest::checkpointAndCompact),
                new Step("apply", db -> db.branch("topic").stash().apply(1)),
                new Step("more care", EditsCrashTest::checkpointAndCompact),
                new Step("drop", db -> db.main().stash().drop(1)),
                new Step("push again", db -> db.branch("topic").stash().push("third")));
        wrecks.everywhere(begin, steps, (db, before, after) -> {
            assertThat(dump(db)).isIn(before, after);
            requireStashesReadable(db);
        });
    }

    private static void requireStashesReadable(Database db) {
        for (StashEntry entry : db.main().stash().list()) {
            assertThat(db.main().stash().show(entry.index())).isNotEmpty();
        }
    }

    @Test
    void aPopLosesNothing() {
        Consumer<Database> begin = db -> {
            fill(db.main(), "a", "1");
            db.space("s").put("x", "1");
            db.main().stash().push("first");
        };
        List<Step> steps = List.of(new Step("pop", db -> db.main().stash().pop()));
        wrecks.everywhere(begin, steps, (db, before, after) -> {
            Map<String, String> between = new TreeMap<>(after);
            before.forEach((place, what) -> {
                if (place.startsWith("stash")) {
                    between.put(place, what);
                }
            });
            assertThat(dump(db)).isIn(before, between, after);
        });
    }

    private static void decide(Database db) {
        db.main().conflicts().ifPresent(conflicts -> conflicts.resolveAll(ConflictQuery.all(), Resolver.THEIRS));
    }

    private static void resume(Database db) {
        db.main().edits().picking().ifPresent(pick -> pick.resume(Optional.of("decided")));
    }

    @Test
    void aPickThatWaitsGoesOnToTheSameEnd() {
        Pick pick = Pick.of("main..topic").keepingConflicts();
        List<Step> steps = List.of(
                new Step("pick", db -> db.main().edits().cherryPick(pick)),
                new Step("decide", EditsCrashTest::decide),
                new Step("care", EditsCrashTest::checkpointAndCompact),
                new Step("go on", EditsCrashTest::resume));
        wrecks.everywhere(EditsCrashTest::conflicting, steps, (db, before, after) -> {
            assertThat(dump(db)).isIn(before, after);
            if (!db.space("s").text("d0").equals(Optional.of("4".repeat(20)))) {
                if (db.main().edits().picking().isEmpty()) {
                    db.main().edits().cherryPick(pick);
                }
                decide(db);
                resume(db);
            }
            assertThat(db.space("s").text("b0")).hasValue("2".repeat(20));
            assertThat(db.space("s").text("d0")).hasValue("4".repeat(20));
            assertThat(db.resolve("main~3").title()).isEqualTo("decided");
            assertThat(db.main().edits().picking()).isEmpty();
        });
    }

    @Test
    void aStashThatWaitsComesBackOrNot() {
        Consumer<Database> begin = db -> {
            fill(db.main(), "a", "1");
            db.space("s").put("a1", "aside");
            db.main().stash().push("first");
            db.space("s").put("a1", "mine");
        };
        List<Step> steps = List.of(
                new Step("pop", db -> db.main().stash().pop(StashPick.of(0).keepingConflicts())),
                new Step("decide", EditsCrashTest::decide),
                new Step("care", EditsCrashTest::checkpointAndCompact),
                new Step("go on", db -> db.main().stash().waiting().ifPresent(StashInProgress::resume)));
        wrecks.everywhere(begin, steps, (db, before, after) -> {
            String value = db.space("s").text("a1").orElseThrow();
            assertThat(value).isIn("mine", "aside");
            if (value.equals("aside")) {
                assertThat(db.main().stash().waiting()).isEmpty();
            } else {
                assertThat(dump(db)).isIn(before, after);
                db.main().stash().pop(StashPick.of(0).resolving(Resolver.THEIRS));
                assertThat(db.main().stash().waiting()).isEmpty();
            }
        });
    }

    @Test
    void whatWaitsGoesToAnotherNameOrStays() {
        Consumer<Database> begin = db -> {
            conflicting(db);
            db.branch("named", "main").edits().cherryPick(Pick.of("main..topic").keepingConflicts());
            db.branch("named").conflicts().orElseThrow().resolveAll(ConflictQuery.all(), Resolver.THEIRS);
        };
        List<Step> steps = List.of(new Step("rename", db -> db.renameBranch("named", "renamed")));
        wrecks.everywhere(begin, steps, (db, before, after) -> {
            String name = dump(db).containsKey("renamed") ? "renamed" : "named";
            db.branch(name).edits().picking().orElseThrow().resume();
            assertThat(db.branch(name).space("s").text("d0")).hasValue("4".repeat(20));
        });
    }

    @Test
    void picksRevertsAndSquashesAreDoneOrNot() {
        List<Step> steps = List.of(
                new Step(
                        "pick",
                        db -> db.main()
                                .edits()
                                .cherryPick(Pick.of("main..topic").resolving(Resolver.THEIRS))),
                new Step("revert", db -> db.main().edits().revert("main~2..main")),
                new Step("care", EditsCrashTest::checkpointAndCompact),
                new Step("squash", db -> db.main().edits().squash("main~3", CommitMessage.of("squashed"))));
        wrecks.requireOldOrNew(EditsCrashTest::conflicting, steps);
    }
}
