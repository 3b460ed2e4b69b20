package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.HistoryEdits;
import coppice.api.Pick;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import coppice.api.Rebase;
import coppice.api.RebaseOutcome;
import coppice.api.Resolver;
import coppice.api.StashPick;
import coppice.testing.simulation.Wrecks.Step;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that is made on the disk while rebases,
/// cherry-picks, reverts and stashes that wait are decided, gone on with, cut short and given up. The branches are as
/// before the step or as after it; what waits has come as far as before it, as after it, or somewhere between, and
/// goes on from there to the same end.
final class WaitingEditsCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final Wrecks wrecks = new Wrecks(SEED, Waits::all);

    private static Step step(String name, Consumer<Database> work) {
        return new Step(name, work);
    }

    /// `topic` has three commits, of which the first and the last meet conflicts on `main`.
    private static void begin(Database db) {
        Quarrel.begin(db);
        db.branch("topic").space("s").put("free", "1");
        db.branch("topic").commit("without conflict");
        Quarrel.change(db.branch("topic"), "theirs again", "x");
    }

    private static void decide(Branch branch) {
        branch.conflicts().orElseThrow().resolveAll(ConflictQuery.all(), Resolver.THEIRS);
    }

    private static Rebase rebase(Database db) {
        return db.branch("topic").edits().rebase();
    }

    private static HistoryEdits main(Database db) {
        return db.main().edits();
    }

    private static PickInProgress picking(Database db) {
        return main(db).picking().orElseThrow();
    }

    /// All that is seen where nothing waits.
    private static Map<String, String> settled(Map<String, String> all) {
        Map<String, String> settled = new TreeMap<>(all);
        settled.keySet().removeIf(place -> place.contains(": "));
        return settled;
    }

    /// Requires that what does not wait is old or new, and that what waits ends as after all steps.
    private void everywhere(List<Step> steps, Consumer<Database> finish, Consumer<Database> end) {
        wrecks.everywhere(WaitingEditsCrashTest::begin, steps, (db, before, after) -> {
            assertThat(settled(Waits.all(db))).isIn(settled(before), settled(after));
            finish.accept(db);
            end.accept(db);
        });
    }

    private static void finishRebase(Database db) {
        if (db.history().isAncestor("main", "topic")) {
            assertThat(rebase(db).progress()).isEmpty();
            return;
        }
        RebaseOutcome outcome = rebase(db).progress().isPresent()
                ? rebase(db).resume()
                : rebase(db).start(rebase(db).plan("main"));
        while (outcome instanceof RebaseOutcome.Stopped) {
            outcome = db.branch("topic").space("s").text("free").isPresent()
                            && rebase(db).progress().orElseThrow().remaining().isEmpty()
                    ? resolved(db)
                    : rebase(db).skip();
        }
    }

    private static RebaseOutcome resolved(Database db) {
        decide(db.branch("topic"));
        return rebase(db).resume();
    }

    @Test
    void aRebaseThatSkipsGoesOnFromWhereItWas() {
        everywhere(
                List.of(
                        step("start", db -> rebase(db).onto("main")),
                        step("skip", db -> rebase(db).skip()),
                        Quarrel.care(),
                        step("decide", db -> decide(db.branch("topic"))),
                        step("go on", db -> rebase(db).resume())),
                WaitingEditsCrashTest::finishRebase,
                db -> {
                    assertThat(db.resolve("topic").title()).isEqualTo("theirs again");
                    assertThat(db.resolve("topic~1").title()).isEqualTo("without conflict");
                    assertThat(db.resolve("topic~2")).isEqualTo(db.resolve("main"));
                });
    }

    @Test
    void aRebaseIsGivenUpOrWaits() {
        List<Step> steps = List.of(
                step("start", db -> rebase(db).onto("main")),
                step("decide", db -> decide(db.branch("topic"))),
                step("abort", db -> rebase(db).abort()),
                step("start again", db -> rebase(db).onto("main")),
                Quarrel.care(),
                step("abort again", db -> rebase(db).abort()));
        wrecks.requireOldOrNew(WaitingEditsCrashTest::begin, steps);
    }

    private static void finishPick(Database db) {
        if (db.space("s").text("free").isPresent()) {
            assertThat(main(db).picking()).isEmpty();
            return;
        }
        PickOutcome outcome = main(db).picking().isPresent()
                ? picking(db).resume()
                : main(db).cherryPick(Pick.of("main..topic").keepingConflicts());
        while (outcome instanceof PickOutcome.Conflicted) {
            if (picking(db).remaining().isEmpty()) {
                decide(db.main());
                outcome = picking(db).resume();
            } else {
                outcome = picking(db).skip();
            }
        }
    }

    @Test
    void aPickThatSkipsGoesOnFromWhereItWas() {
        everywhere(
                List.of(
                        step(
                                "pick",
                                db -> main(db).cherryPick(Pick.of("main..topic").keepingConflicts())),
                        step("skip", db -> picking(db).skip()),
                        Quarrel.care(),
                        step("decide", db -> decide(db.main())),
                        step("go on", db -> picking(db).resume())),
                WaitingEditsCrashTest::finishPick,
                db -> {
                    assertThat(db.head().title()).isEqualTo("theirs again");
                    assertThat(db.resolve("main~1").title()).isEqualTo("without conflict");
                    assertThat(db.resolve("main~2").title()).isEqualTo("ours");
                });
    }

    @Test
    void aRevertWaitsUntilItIsDoneOrGivenUp() {
        List<Step> steps = List.of(
                step("revert", db -> main(db).revert(Pick.of("main~1").keepingConflicts())),
                step("abort", db -> picking(db).abort()),
                step("revert again", db -> main(db).revert(Pick.of("main~1").keepingConflicts())),
                step("decide", db -> decide(db.main())));
        wrecks.requireOldOrNew(
                db -> {
                    begin(db);
                    Quarrel.change(db.main(), "later", "y");
                },
                steps);
    }

    @Test
    void aStashThatWaitsIsGivenUpOrNot() {
        StashPick pick = StashPick.of(0).keepingConflicts();
        List<Step> steps = List.of(
                step("write", db -> db.space("s").put("k0", "aside")),
                step("stash", db -> db.main().stash().push()),
                step("write again", db -> db.space("s").put("k0", "in the way")),
                step("apply", db -> db.main().stash().apply(pick)),
                step("abort", db -> db.main().stash().waiting().orElseThrow().abort()),
                step("apply again", db -> db.main().stash().apply(pick)),
                Quarrel.care(),
                step("decide", db -> decide(db.main())),
                step("drop", db -> db.main().stash().drop(0)));
        wrecks.requireOldOrNew(WaitingEditsCrashTest::begin, steps);
    }

    /// What a crash left remembered, though it was over, must not come back when the branch moves on.
    @Test
    void whatIsOverStaysSoWhenTheBranchMovesOn() {
        StashPick pick = StashPick.of(0).keepingConflicts();
        wrecks.everywhere(
                db -> {
                    Quarrel.begin(db);
                    db.space("s").put("k0", "aside");
                    db.main().stash().push();
                    db.space("s").put("k0", "in the way");
                    db.main().stash().apply(pick);
                    decide(db.main());
                },
                List.of(step(
                        "go on", db -> db.main().stash().waiting().orElseThrow().resume())),
                (db, before, after) -> {
                    boolean done = Waits.all(db).equals(after);
                    db.commit("moves on");
                    assertThat(db.main().stash().waiting().isEmpty()).isEqualTo(done);
                });
    }
}
