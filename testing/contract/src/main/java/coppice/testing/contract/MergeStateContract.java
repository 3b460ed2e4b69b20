package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.ChangeCount;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictCount;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.Database;
import coppice.api.DatabaseStats;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergePreview;
import coppice.api.MergeRule;
import coppice.api.Resolver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Merges that are looked at first, that wait for decisions, or that wait for a commit.
abstract class MergeStateContract extends Contract {
    private static final Merge INTO_MAIN = Merge.into("main");

    /// Branches `main` and `other` that disagree on `a` to `d` of the spaces `s` and `t`, and each added a row.
    private void disputed() {
        write(db.main(), "0");
        Branch other = db.branch("other", "main");
        write(db.main(), "ours");
        write(other, "theirs");
    }

    private static void write(Branch branch, String value) {
        branch.run(tx -> {
            for (String space : List.of("s", "t")) {
                for (String key : List.of("a", "b", "c", "d")) {
                    tx.space(space).put(key, value);
                }
                tx.space(space).put("only " + value, "x");
            }
        });
        branch.commit(value);
    }

    private MergeInProgress kept(Merge merge) {
        assertThat(db.merge("other", merge.keepingConflicts())).isInstanceOf(MergeOutcome.Conflicted.class);
        return merging();
    }

    private MergeInProgress merging() {
        return db.main().merging().orElseThrow();
    }

    private void reopenIfThatKeepsAnything() {
        if (subject.isPersistent()) {
            reopen();
        }
    }

    private static List<String> shown(List<Conflict> conflicts) {
        return conflicts.stream()
                .map(conflict -> conflict.space() + "/" + new String(conflict.key(), UTF_8))
                .toList();
    }

    private static List<String> open(MergeInProgress merge) {
        return shown(merge.conflicts(ConflictQuery.all(), 100).conflicts());
    }

    @Test
    void aPreviewTellsWhatAMergeWouldDoAndWritesNothing() {
        disputed();
        db.checkpoint();
        DatabaseStats before = db.stats();
        MergePreview preview = db.previewMerge("other", INTO_MAIN.rule(MergeRule.of("t", "x*", MergePolicy.ours())));
        assertThat(preview.outcome()).isEqualTo(MergePreview.Outcome.CONFLICTS);
        assertThat(preview.ours()).isEqualTo(db.head());
        assertThat(preview.theirs()).isEqualTo(db.branch("other").head());
        assertThat(preview.bases()).containsExactly(db.resolve("main~1"));
        assertThat(preview.conflictCounts())
                .containsExactly(new ConflictCount("s", 4, 0), new ConflictCount("t", 4, 0));
        assertThat(preview.changeCounts())
                .containsExactly(new ChangeCount("s", 1, 0, 0), new ChangeCount("t", 1, 0, 0));
        assertThat(Contract.shown(preview.changes())).containsExactly("+s/only theirs=x", "+t/only theirs=x");
        MergePreview taking = db.previewMerge("other", INTO_MAIN.policy(MergePolicy.theirs()));
        assertThat(taking.outcome()).isEqualTo(MergePreview.Outcome.MERGE);
        assertThat(taking.conflicts(ConflictQuery.all(), 9).conflicts()).isEmpty();
        assertThat(taking.changeCounts()).containsExactly(new ChangeCount("s", 1, 0, 4), new ChangeCount("t", 1, 0, 4));
        assertThat(db.stats().chunks().count()).isEqualTo(before.chunks().count());
        assertThat(db.stats().chunks().storedBytes()).isEqualTo(before.chunks().storedBytes());
        assertThat(db.stats().journal()).isEqualTo(before.journal());
        assertThat(db.stats().io().writes()).isEqualTo(before.io().writes());
        assertThat(db.main().hasChanges()).isFalse();
        db.merge("other", INTO_MAIN.policy(MergePolicy.theirs()));
        assertThat(taking.changeCounts()).hasSize(2); // it looks at the branch as it was
        assertThat(db.previewMerge("other", INTO_MAIN).outcome()).isEqualTo(MergePreview.Outcome.UP_TO_DATE);
        MergePreview forward = db.previewMerge("main", Merge.into("other"));
        assertThat(forward.outcome()).isEqualTo(MergePreview.Outcome.FAST_FORWARD);
        assertThat(forward.changeCounts()).hasSize(2);
        notFound(ErrorCode.UNKNOWN_REF, () -> db.previewMerge("nobody", INTO_MAIN));
    }

    @Test
    void conflictsComeInPagesAndBySpace() {
        disputed();
        MergePreview preview = db.previewMerge("other", INTO_MAIN);
        List<String> all = new ArrayList<>();
        Optional<ConflictQuery> next = Optional.of(ConflictQuery.all());
        while (next.isPresent()) {
            ConflictPage page = preview.conflicts(next.get(), 3);
            all.addAll(shown(page.conflicts()));
            next = page.next();
        }
        assertThat(all).containsExactly("s/a", "s/b", "s/c", "s/d", "t/a", "t/b", "t/c", "t/d");
        ConflictPage exact = preview.conflicts(ConflictQuery.in("t"), 4);
        assertThat(shown(exact.conflicts())).containsExactly("t/a", "t/b", "t/c", "t/d");
        assertThat(exact.next()).isEmpty();
    }

    @Test
    void aKeptMergeIsDecidedBitByBitOverRestarts() {
        disputed();
        Commit ours = db.head();
        MergeInProgress merge =
                kept(INTO_MAIN.message(CommitMessage.of("kept").by("Ann").with("k", "v")));
        assertThat(merge.source()).isEqualTo("other");
        assertThat(merge.into()).isEqualTo("main");
        assertThat(merge.ours()).isEqualTo(ours);
        assertThat(merge.isUncommitted()).isFalse();
        assertThat(db.main().hasChanges()).isFalse();
        Conflict first = merge.conflicts(ConflictQuery.all(), 1).conflicts().getFirst();
        merge.resolve(first, new Resolver.Take(Optional.of(utf8("both"))));
        reopenIfThatKeepsAnything();
        merge = merging();
        assertThat(open(merge)).containsExactly("s/b", "s/c", "s/d", "t/a", "t/b", "t/c", "t/d");
        assertThat(merge.resolveAll(ConflictQuery.in("t"), Resolver.THEIRS)).isEqualTo(4);
        assertThat(merge.conflictCounts()).containsExactly(new ConflictCount("s", 3, 1), new ConflictCount("t", 0, 4));
        assertThat(merge.unresolve("t", utf8("b"))).isTrue();
        assertThat(merge.unresolve("t", utf8("b"))).isFalse();
        MergeInProgress last = merge;
        incorrect(ErrorCode.OPEN_CONFLICTS, last::commit);
        assertThat(db.head()).isEqualTo(ours);
        assertThat(merge.resolveAll(ConflictQuery.in("s"), conflict -> new Resolver.Take(Optional.empty())))
                .isEqualTo(3);
        assertThat(merge.resolveAll(ConflictQuery.all(), Resolver.OURS)).isEqualTo(1);
        reopenIfThatKeepsAnything();
        MergeInProgress decided = merging();
        Commit commit = decided.commit();
        assertThat(commit.parents())
                .containsExactly(ours.id(), db.branch("other").head().id());
        assertThat(commit.message()).isEqualTo("kept");
        assertThat(commit.metadata()).containsEntry("k", "v");
        assertThat(rows(db.space("s"))).containsExactly("a=both", "only 0=x", "only ours=x", "only theirs=x");
        assertThat(rows(db.space("t")))
                .containsExactly(
                        "a=theirs", "b=ours", "c=theirs", "d=theirs", "only 0=x", "only ours=x", "only theirs=x");
        assertThat(db.main().merging()).isEmpty();
        notFound(ErrorCode.NO_MERGE, decided::commit);
    }

    @Test
    void whatTheResolverDecidedIsKept() {
        disputed();
        MergeInProgress merge = kept(INTO_MAIN.resolving(conflict ->
                conflict.space().equals("s") ? new Resolver.Take(conflict.theirs()) : new Resolver.Unresolved()));
        assertThat(open(merge)).containsExactly("t/a", "t/b", "t/c", "t/d");
        merge.resolveAll(ConflictQuery.all(), Resolver.OURS);
        merge.commit();
        assertThat(db.space("s").text("a")).contains("theirs");
        assertThat(db.space("t").text("a")).contains("ours");
    }

    @Test
    void aBranchWithAKeptMergeGoesOnAndADecisionHoldsForTheValuesItWasMadeOn() {
        disputed();
        MergeInProgress merge = kept(INTO_MAIN);
        merge.resolveAll(ConflictQuery.all(), Resolver.THEIRS);
        assertThat(open(merge)).isEmpty();
        db.space("s").put("a", "newer");
        db.space("s").put("new", "x");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, merge::commit);
        Commit later = db.commit("meanwhile");
        assertThat(open(merge)).containsExactly("s/a");
        merge.resolveAll(ConflictQuery.all(), Resolver.OURS);
        Commit commit = merge.commit();
        assertThat(commit.parents()).containsExactly(later.id(), merge.theirs().id());
        assertThat(rows(db.space("s"))).contains("a=newer", "b=theirs", "new=x", "only theirs=x");
    }

    @Test
    void oneMergeIsFinishedBeforeTheNext() {
        disputed();
        db.branch("third", "other");
        MergeInProgress merge = kept(INTO_MAIN);
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.merge("third", INTO_MAIN));
        merge.resolveAll(ConflictQuery.all(), Resolver.OURS);
        merge.abort();
        assertThat(db.main().merging()).isEmpty();
        notFound(ErrorCode.NO_MERGE, merge::abort);
        MergeInProgress again = kept(INTO_MAIN);
        assertThat(open(again)).hasSize(8);
        again.abort();
        assertThat(rows(db.space("s"))).contains("a=ours");
    }

    @Test
    void whatIsMergedIsKeptThoughItsBranchIsGone() {
        disputed();
        Commit theirs = db.branch("other").head();
        kept(INTO_MAIN);
        db.forceDeleteBranch("other");
        db.gc();
        reopenIfThatKeepsAnything();
        db.gc();
        merging().resolveAll(ConflictQuery.all(), Resolver.THEIRS);
        assertThat(merging().commit().parents()).contains(theirs.id());
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void anUncommittedMergeIsTheWorkingStateAndTheNextCommitHasBothParents() {
        disputed();
        Commit ours = db.head();
        Merge merge = INTO_MAIN.uncommitted().policy(MergePolicy.theirs());
        Commit theirs = db.branch("other").head();
        assertThat(db.merge("other", merge)).isEqualTo(new MergeOutcome.Uncommitted(theirs));
        assertThat(db.head()).isEqualTo(ours);
        assertThat(db.main().hasChanges()).isTrue();
        reopenIfThatKeepsAnything();
        assertThat(merging().isUncommitted()).isTrue();
        assertThat(merging().conflicts(ConflictQuery.all(), 1).conflicts()).isEmpty();
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.merge("other", INTO_MAIN));
        db.space("s").put("b", "touched up");
        Commit commit = db.commit("by hand");
        assertThat(commit.parents()).containsExactly(ours.id(), theirs.id());
        assertThat(rows(db.at("main").space("s"))).contains("a=theirs", "b=touched up", "only theirs=x");
        assertThat(db.main().merging()).isEmpty();
        db.space("s").put("b", "later");
        assertThat(db.commit("later").parents()).containsExactly(commit.id());
        assertThat(db.merge("other", INTO_MAIN)).isInstanceOf(MergeOutcome.UpToDate.class);
    }

    @Test
    void anUncommittedMergeCanBeCommittedOrGivenUpByItself() {
        disputed();
        Commit ours = db.head();
        Merge merge = INTO_MAIN.uncommitted().policy(MergePolicy.theirs());
        db.merge("other", merge);
        merging().abort();
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(rows(db.space("s"))).contains("a=ours");
        assertThat(db.main().merging()).isEmpty();
        db.merge("other", merge);
        db.space("s").put("b", "touched up");
        incorrect(ErrorCode.WORKING_STATE_CHANGED, () -> merging().abort());
        merging().abortAnyway();
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.head()).isEqualTo(ours);
        db.merge("other", merge);
        assertThat(merging().commit().parents()).hasSize(2);
    }

    @Test
    void anUncommittedMergeOutlivesWhatTheReflogRemembers() {
        try (Database forgetful = subject().open(OPTIONS.withRetention(Duration.ZERO))) {
            Branch other = forgetful.branch("other", "main");
            commit(other, "a", "1");
            commit(forgetful.main(), "b", "1");
            forgetful.merge("other", INTO_MAIN.uncommitted());
            commit(other, "a", "2");
            while (forgetful.reflog("other").iterator().hasNext()) {
                forgetful.gc(); // what happened in this very millisecond it remembers
            }
            assertThat(forgetful.reflog("main")).hasSize(1);
            assertThat(forgetful.main().merging()).isPresent();
            assertThat(forgetful.commit("merged").parents()).hasSize(2);
        }
    }

    @Test
    void discardingEndsAnUncommittedMerge() {
        disputed();
        db.merge("other", INTO_MAIN.uncommitted().policy(MergePolicy.theirs()));
        db.main().discard();
        assertThat(db.main().merging()).isEmpty();
        db.space("s").put("b", "later");
        assertThat(db.commit("later").parents()).hasSize(1);
        db.merge("other", INTO_MAIN.uncommitted().policy(MergePolicy.theirs()));
        assertThat(db.main().merging()).isPresent();
    }

    @Test
    void aSquashedUncommittedMergeLeavesNoTraceOfWhereItCameFrom() {
        disputed();
        Commit ours = db.head();
        db.merge("other", INTO_MAIN.uncommitted().squashed().policy(MergePolicy.theirs()));
        assertThat(merging().commit().parents()).containsExactly(ours.id());
        assertThat(rows(db.space("s"))).contains("a=theirs");
        assertThat(db.main().merging()).isEmpty();
    }

    @Test
    void aBranchMadeAnewHasNoMergeOfTheOldOne() {
        disputed();
        Branch copy = db.branch("copy", "main");
        assertThat(db.merge("other", Merge.into("copy").keepingConflicts()))
                .isInstanceOf(MergeOutcome.Conflicted.class);
        assertThat(copy.merging()).isPresent();
        db.deleteBranch("copy");
        assertThat(db.main().merging()).isEmpty();
        long made = System.currentTimeMillis();
        while (System.currentTimeMillis() == made) {
            Thread.onSpinWait(); // branches are told apart by the millisecond
        }
        assertThat(db.branch("copy", "main").merging()).isEmpty();
    }

    @Test
    void emptyCommitsAndMergesAtOnceLoseNeither() {
        db.space("s").put("base", "x");
        db.commit("base");
        Branch other = db.branch("other", "main");
        int rounds = 40;
        List<Commit> made = new ArrayList<>();
        List<Commit> merged = new ArrayList<>();
        Team.of(2, member -> {
            for (int round = 0; round < rounds; round++) {
                if (member == 0) {
                    made.add(db.commit("empty " + round));
                } else {
                    commit(other, "k" + round, "x");
                    if (db.merge("other", INTO_MAIN) instanceof MergeOutcome.Merged(Commit commit)) {
                        merged.add(commit);
                    }
                }
            }
        });
        List<Commit> log = new ArrayList<>();
        db.log("main").forEach(log::add);
        assertThat(log).containsAll(made).containsAll(merged);
        assertThat(merged).hasSize(rounds);
    }
}
