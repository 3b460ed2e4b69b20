package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Conflict;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.Resolver;
import coppice.testing.simulation.Wrecks.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of every change that merges make on the disk which wait for
/// decisions or for a commit. Everything then is as before the step or as after it: branches, reflogs, what waits and
/// what is decided of it.
final class MergesCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final Wrecks wrecks = new Wrecks(SEED, Waits::all);

    private static MergeInProgress waiting(Database db) {
        return db.main().merging().orElseThrow();
    }

    private static void resolve(Database db, int number) {
        Conflict conflict = waiting(db).conflicts(ConflictQuery.all(), 10).conflicts().stream()
                .filter(found -> new String(found.key(), UTF_8).equals("k" + number))
                .findFirst()
                .orElseThrow();
        waiting(db).resolve(conflict, new Resolver.Take(Optional.of(("decided " + number).getBytes(UTF_8))));
    }

    private static void resolveRest(Database db) {
        assertThat(waiting(db).resolveAll(ConflictQuery.all(), Resolver.OURS)).isPositive();
    }

    private static Step merging(Merge merge) {
        return new Step("merge", db -> db.merge("topic", merge));
    }

    private static Step abort() {
        return new Step("abort", db -> waiting(db).abort());
    }

    private static Step commit() {
        return new Step("commit the merge", db -> waiting(db).commit());
    }

    /// From the beginning to before the commit.
    private static List<Step> deciding(Merge merge, Step... more) {
        List<Step> steps = new ArrayList<>(List.of(
                merging(merge.keepingConflicts()),
                new Step("resolve one", db -> resolve(db, 1)),
                new Step("resolve another", db -> resolve(db, 2)),
                Quarrel.care(),
                new Step("open one again", db -> waiting(db).unresolve("s", "k1".getBytes(UTF_8))),
                new Step("resolve the rest", MergesCrashTest::resolveRest)));
        steps.addAll(List.of(more));
        return steps;
    }

    @Test
    void aMergeThatWaitsIsThereWithWhatWasDecidedOrNot() {
        wrecks.requireOldOrNew(Quarrel::begin, deciding(Merge.into("main"), commit()));
    }

    @Test
    void aMergeThatWaitsToBeSquashedIsDoneOrStillWaits() {
        wrecks.requireOldOrNew(Quarrel::begin, deciding(Merge.into("main").squashed(), commit()));
    }

    @Test
    void aMergeThatIsGivenUpIsThereOrNotAndCanBeBegunAgain() {
        List<Step> steps =
                deciding(Merge.into("main"), abort(), merging(Merge.into("main").keepingConflicts()), abort());
        wrecks.requireOldOrNew(Quarrel::begin, steps);
    }

    @Test
    void aMergeThatWaitsGoesOnAfterTheBranchWasCommittedTo() {
        List<Step> steps = deciding(
                Merge.into("main"),
                new Step("write", db -> db.space("s").put("k3", "ours again")),
                new Step("commit", db -> db.commit("between")),
                new Step("resolve what is open again", MergesCrashTest::resolveRest),
                commit());
        wrecks.requireOldOrNew(Quarrel::begin, steps);
    }

    private static Merge resolved() {
        return Merge.into("main").resolving(Resolver.THEIRS).uncommitted();
    }

    private static Step write() {
        return new Step("write", db -> db.space("s").put("k0", "after the merge"));
    }

    @Test
    void anUncommittedMergeIsTheWorkingStateOrNotAndIsCommittedAsWhatItIs() {
        wrecks.everywhere(
                Quarrel::begin,
                List.of(merging(resolved()), Quarrel.care(), write(), commit()),
                (db, before, after) -> {
                    assertThat(Waits.all(db)).isIn(before, after);
                    if (db.main().merging().isPresent()) {
                        assertThat(db.commit("at last").parents()).hasSize(2);
                    } else if (db.merge("topic", resolved()) instanceof MergeOutcome.Uncommitted) {
                        assertThat(waiting(db).commit().parents()).hasSize(2);
                    }
                    assertThat(db.history().isAncestor("topic", "main")).isTrue();
                    assertThat(db.main().merging()).isEmpty();
                });
    }

    @Test
    void anUncommittedMergeIsCommittedLikeAnyWorkingStateOrNot() {
        List<Step> steps = List.of(merging(resolved()), write(), new Step("commit", db -> db.commit("merged")));
        wrecks.requireOldOrNew(Quarrel::begin, steps);
    }

    @Test
    void anUncommittedSquashIsCommittedWithOneParentOrNot() {
        wrecks.everywhere(
                Quarrel::begin, List.of(merging(resolved().squashed()), write(), commit()), (db, before, after) -> {
                    assertThat(Waits.all(db)).isIn(before, after);
                    assertThat(db.head().parents()).hasSize(1);
                });
    }

    @Test
    void anUncommittedMergeIsTakenOutAgainOrNot() {
        List<Step> steps = List.of(
                merging(resolved()),
                abort(),
                merging(resolved()),
                write(),
                new Step("abort anyway", db -> waiting(db).abortAnyway()));
        wrecks.requireOldOrNew(Quarrel::begin, steps);
    }
}
