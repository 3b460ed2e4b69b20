package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergeOutcome.Conflicted;
import coppice.api.MergeOutcome.Merged;
import coppice.api.MergeOutcome.UpToDate;
import coppice.api.Resolver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Bringing lines of work together.
abstract class MergeContract extends Contract {
    /// Two branches from a common commit, each with its own rows on top of the base's.
    private Branch diverged(List<String> base, List<String> ours, List<String> theirs) {
        change(db.main(), base);
        Branch other = db.branch("other", "main");
        change(db.main(), ours);
        change(other, theirs);
        return other;
    }

    /// Rows as `key=value`, or `key` to delete.
    private static void change(Branch branch, List<String> rows) {
        branch.run(tx -> rows.forEach(row -> {
            String[] parts = row.split("=", 2);
            if (parts.length == 2) {
                tx.space("s").put(parts[0], parts[1]);
            } else {
                tx.space("s").delete(parts[0]);
            }
        }));
        branch.commit(branch.name() + ": " + String.join(", ", rows)); // else twins would be the same commit
    }

    private static Commit merged(MergeOutcome outcome) {
        assertThat(outcome).isInstanceOf(Merged.class);
        return ((Merged) outcome).commit();
    }

    private static List<String> conflicts(MergeOutcome outcome) {
        assertThat(outcome).isInstanceOf(Conflicted.class);
        return ((Conflicted) outcome)
                .conflicts().stream().map(MergeContract::shown).toList();
    }

    private static String shown(Conflict conflict) {
        return conflict.space() + "/" + new String(conflict.key(), UTF_8) + ": " + text(conflict.base()) + " "
                + text(conflict.ours()) + " " + text(conflict.theirs());
    }

    private static String text(Optional<byte[]> value) {
        return value.map(bytes -> new String(bytes, UTF_8)).orElse("-");
    }

    @Test
    void aBranchWithNothingOfItsOwnIsMovedForward() {
        Branch other = diverged(List.of("a=1"), List.of(), List.of("b=2"));
        Branch third = db.branch("third", "main~1");
        Commit result = merged(db.merge("other", Merge.into("third")));
        assertThat(result).isEqualTo(other.head());
        assertThat(third.head()).isEqualTo(other.head());
        assertThat(rows(third.space("s"))).containsExactly("a=1", "b=2");
        assertThat(third.hasChanges()).isFalse();
    }

    @Test
    void aMergeCommitIsMadeWhenAskedFor() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        commit(other, "b", "2");
        Commit before = db.head();
        Commit result = merged(db.merge("other", Merge.into("main").noFastForward()));
        assertThat(result.parents()).containsExactly(before.id(), other.head().id());
        assertThat(db.head()).isEqualTo(result);
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2");
    }

    @Test
    void disjointChangesComeTogether() {
        Branch other = diverged(
                List.of("a=1", "b=1", "c=1", "d=1", "e=1"),
                List.of("a=ours", "b", "f=ours"),
                List.of("c=theirs", "d", "g=theirs"));
        Commit ours = db.head();
        Commit result = merged(db.merge("other", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=ours", "c=theirs", "e=1", "f=ours", "g=theirs");
        assertThat(result.parents()).containsExactly(ours.id(), other.head().id());
        assertThat(result.author()).isEqualTo("Ann");
        assertThat(result.message()).contains("other").contains("main");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(rows(other.space("s"))).containsExactly("a=1", "b=1", "c=theirs", "e=1", "g=theirs");
        assertThat(rows(db.at("main").space("s"))).isEqualTo(rows(db.space("s")));
    }

    @Test
    void theSameChangeOnBothSidesIsNoConflict() {
        diverged(List.of("a=1", "b=1"), List.of("a=2", "b", "c=3"), List.of("a=2", "b", "c=3"));
        merged(db.merge("other", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=2", "c=3");
    }

    @Test
    void spacesMergeLikeKeys() {
        db.space("both").put("k", "1");
        db.space("dropped").put("k", "1");
        db.commit("base");
        Branch other = db.branch("other", "main");
        db.space("ours").put("k", "2");
        db.space("both").put("ours", "2");
        db.commit("ours");
        other.space("theirs").put("k", "3");
        other.space("both").put("theirs", "3");
        other.space("dropped").delete("k");
        other.commit("theirs");
        merged(db.merge("other", Merge.into("main")));
        assertThat(everything(db.main().snapshot()).toString())
                .isEqualTo("{both=[k=1, ours=2, theirs=3], ours=[k=2], theirs=[k=3]}");
    }

    private void conflicting() {
        diverged(
                List.of("a=1", "b=1", "c=1", "same=1"),
                List.of("a=ours", "b", "c=ours", "d=ours", "same=1", "x=ours"),
                List.of("a=theirs", "b=theirs", "c", "d=theirs", "same=1", "y=theirs"));
    }

    @Test
    void conflictsAreDataInOrderAndNothingIsWritten() {
        conflicting();
        Commit before = db.head();
        MergeOutcome outcome = db.merge("other", Merge.into("main"));
        assertThat(conflicts(outcome))
                .containsExactly("s/a: 1 ours theirs", "s/b: 1 - theirs", "s/c: 1 ours -", "s/d: - ours theirs");
        assertThat(db.head()).isEqualTo(before);
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(rows(db.space("s"))).containsExactly("a=ours", "c=ours", "d=ours", "same=1", "x=ours");
    }

    @Test
    void aResolverKeepsOurs() {
        conflicting();
        merged(db.merge("other", Merge.into("main").resolving(Resolver.OURS)));
        assertThat(rows(db.space("s"))).containsExactly("a=ours", "c=ours", "d=ours", "same=1", "x=ours", "y=theirs");
    }

    @Test
    void aResolverTakesTheirs() {
        conflicting();
        merged(db.merge("other", Merge.into("main").resolving(Resolver.THEIRS)));
        assertThat(rows(db.space("s")))
                .containsExactly("a=theirs", "b=theirs", "d=theirs", "same=1", "x=ours", "y=theirs");
    }

    @Test
    void aResolverDecidesEachConflictOnceInOrder() {
        conflicting();
        List<String> asked = new ArrayList<>();
        CommitMessage message = CommitMessage.of("decided").by("Judge");
        Commit commit =
                merged(db.merge("other", Merge.into("main").message(message).resolving(conflict -> {
                    asked.add(shown(conflict));
                    String key = new String(conflict.key(), UTF_8);
                    return new Resolver.Take(key.equals("c") ? Optional.empty() : Optional.of(utf8("new " + key)));
                })));
        assertThat(asked)
                .containsExactly("s/a: 1 ours theirs", "s/b: 1 - theirs", "s/c: 1 ours -", "s/d: - ours theirs");
        assertThat(rows(db.space("s")))
                .containsExactly("a=new a", "b=new b", "d=new d", "same=1", "x=ours", "y=theirs");
        assertThat(commit.message()).isEqualTo("decided");
        assertThat(commit.author()).isEqualTo("Judge");
    }

    @Test
    void whatAResolverLeavesStaysAConflict() {
        conflicting();
        MergeOutcome outcome = db.merge(
                "other",
                Merge.into("main")
                        .resolving(conflict -> conflict.key()[0] == 'b'
                                ? new Resolver.Unresolved()
                                : new Resolver.Take(conflict.ours())));
        assertThat(conflicts(outcome)).containsExactly("s/b: 1 - theirs");
        assertThat(rows(db.space("s"))).containsExactly("a=ours", "c=ours", "d=ours", "same=1", "x=ours");
    }

    @Test
    void whatIsMergedIsUpToDate() {
        diverged(List.of("a=1"), List.of("b=2"), List.of("c=3"));
        Commit commit = merged(db.merge("other", Merge.into("main")));
        assertThat(db.merge("other", Merge.into("main"))).isEqualTo(new UpToDate(commit));
        assertThat(db.merge("main", Merge.into("main"))).isEqualTo(new UpToDate(commit));
        assertThat(db.merge("main~1", Merge.into("main").noFastForward())).isEqualTo(new UpToDate(commit));
        assertThat(db.head()).isEqualTo(commit);
    }

    @Test
    void aSecondMergeStartsFromTheFirst() {
        Branch other = diverged(List.of("a=1"), List.of("a=ours"), List.of("b=theirs"));
        merged(db.merge("other", Merge.into("main")));
        change(other, List.of("b=more"));
        merged(db.merge("other", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=ours", "b=more");
        Commit forward = merged(db.merge("main", Merge.into("other")));
        assertThat(forward).isEqualTo(db.head());
        assertThat(db.diff("main", "other")).isEmpty();
    }

    @Test
    void uncommittedChangesAreInTheWay() {
        diverged(List.of("a=1"), List.of("b=2"), List.of("c=3"));
        db.space("s").put("d", "uncommitted");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.merge("other", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "d=uncommitted");
        db.main().discard();
        merged(db.merge("other", Merge.into("main")));
    }

    @Test
    void changesThatCancelOutAreNotInTheWay() {
        Branch other = diverged(List.of("a=1"), List.of("b=2"), List.of("c=3"));
        for (Merge merge : List.of(Merge.into("main"), Merge.into("main").noFastForward())) {
            db.space("s").put("a", "1");
            db.space("s").delete("absent");
            db.space("t").put("k", "v");
            db.space("t").delete("k");
            assertThat(db.main().hasChanges()).isFalse();
            merged(db.merge("other", merge));
            assertThat(rows(db.space("s"))).contains("a=1", "b=2", "c=3");
            commit(other, "d", "4");
        }
        db.branch("behind", "main~1").space("s").delete("absent");
        merged(db.merge("main", Merge.into("behind")));
        assertThat(db.diff("main", "behind")).isEmpty();
    }

    @Test
    void theSourcesUncommittedChangesStayThere() {
        Branch other = diverged(List.of("a=1"), List.of("b=2"), List.of("c=3"));
        other.space("s").put("d", "uncommitted");
        merged(db.merge("other", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "c=3");
        assertThat(rows(other.space("s"))).containsExactly("a=1", "c=3", "d=uncommitted");
    }

    @Test
    void unknownBranchesAreNotFound() {
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.merge("main", Merge.into("nobody")));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.merge("nobody", Merge.into("main")));
    }

    @Test
    void aCommitOrAnAncestorCanBeMerged() {
        Branch other = diverged(List.of("a=1"), List.of("b=2"), List.of("c=3"));
        change(other, List.of("d=4"));
        merged(db.merge(other.head().parents().getFirst().hex(), Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "c=3");
        merged(db.merge("other~0", Merge.into("main")));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
    }

    @Test
    void mergeCommutesUpToNaming() {
        change(db.main(), numbered(0, 3_000, 1, "base"));
        Branch other = db.branch("other", "main");
        change(db.main(), numbered(0, 3_000, 7, "ours"));
        change(other, numbered(1, 3_000, 7, "theirs"));
        db.branch("main2", "main");
        merged(db.merge("main2", Merge.into("other")));
        db.branch("other2", "other^1");
        merged(db.merge("other2", Merge.into("main")));
        assertThat(db.diff("main", "other")).isEmpty();
        assertThat(db.space("s").count()).isEqualTo(3_000);
        assertThat(rows(db.space("s"))).contains("k00000=ours", "k00001=theirs", "k00002=base", "k00007=ours");
        assertThat(db.check().problems()).isEmpty();
    }

    private static List<String> numbered(int from, int to, int step, String value) {
        List<String> rows = new ArrayList<>();
        for (int i = from; i < to; i += step) {
            rows.add("k%05d=%s".formatted(i, value));
        }
        return rows;
    }

    @Test
    void aWriterDuringMergesLosesNothing() {
        commit(db.main(), "base", "0");
        Branch other = db.branch("other", "main");
        int rounds = 60;
        Team.of(2, member -> {
            for (int round = 0; round < rounds; round++) {
                if (member == 0) {
                    db.space("s").put("writer" + round, "x");
                    db.commit("writer " + round);
                } else {
                    commit(other, "merged" + round, "x");
                    mergeOnceItIsClean();
                }
            }
        });
        db.commit("the rest");
        assertThat(db.merge("other", Merge.into("main"))).isNotInstanceOf(Conflicted.class);
        assertThat(db.space("s").count()).isEqualTo(1 + 2 * rounds);
        assertThat(db.at("main").space("s").count()).isEqualTo(1 + 2 * rounds);
    }

    /// The writer leaves uncommitted changes now and then, and the merge then says so; the next round tries again.
    private void mergeOnceItIsClean() {
        DatabaseException.Incorrect refusal =
                catchThrowableOfType(DatabaseException.Incorrect.class, () -> db.merge("other", Merge.into("main")));
        if (refusal != null) {
            assertThat(refusal.code()).isEqualTo(ErrorCode.UNCOMMITTED_CHANGES);
        }
    }
}
