package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ConflictCount;
import coppice.api.ConflictPage;
import coppice.api.ConflictQuery;
import coppice.api.ConflictSides;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.MergePolicy;
import coppice.api.MergeRule;
import coppice.api.OpenConflicts;
import coppice.api.OpenConflicts.Operation;
import coppice.api.Pick;
import coppice.api.PickInProgress;
import coppice.api.PickOutcome;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebaseProgress.Reason;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Picks, rebases and stashes that decide by the rules of merges, and wait for decisions as merges do.
abstract class EditStateContract extends Contract {
    private static final Pick ALL = Pick.of("main..other").keepingConflicts();

    /// `main` and `other` disagree on `a` and `b` of the spaces `s` and `t`, by the second of three commits of `other`;
    /// the third changes `a` of `s` again.
    private void disputed() {
        write(db.main(), "base", "s", "t");
        Branch other = db.branch("other", "main");
        commit(other, "first", "1");
        write(db.main(), "ours", "s", "t");
        write(other, "theirs", "s", "t");
        commit(other, "a", "later");
    }

    private static void write(Branch branch, String value, String... spaces) {
        branch.run(tx -> {
            for (String space : spaces) {
                for (String key : List.of("a", "b")) {
                    tx.space(space).put(key, value);
                }
            }
        });
        branch.commit(value);
    }

    private void reopenIfThatKeepsAnything() {
        if (subject.isPersistent()) {
            reopen();
        }
    }

    private OpenConflicts conflicts(String branch) {
        return db.branch(branch).conflicts().orElseThrow();
    }

    private static List<String> open(OpenConflicts conflicts) {
        return conflicts.conflicts(ConflictQuery.all(), 100).conflicts().stream()
                .map(conflict -> conflict.space() + "/" + new String(conflict.key(), UTF_8))
                .toList();
    }

    private PickInProgress picking() {
        return db.main().edits().picking().orElseThrow();
    }

    private List<String> log(String ref) {
        List<String> titles = new ArrayList<>();
        db.log(ref).forEach(commit -> titles.add(commit.title()));
        return titles;
    }

    private static void take(OpenConflicts conflicts, Resolver resolver) {
        assertThat(conflicts.resolveAll(ConflictQuery.all(), resolver)).isPositive();
    }

    @Test
    void rulesDecideInPicksRebasesAndStashesAsInMerges() {
        disputed();
        db.mergePolicies().add(MergeRule.of("s", MergePolicy.theirs()));
        Branch picked = db.branch("picked", "main");
        assertThat(picked.edits().cherryPick(Pick.of("main..other").rule(MergeRule.of("t", "a", MergePolicy.theirs()))))
                .isInstanceOf(PickOutcome.Conflicted.class);
        MergeRule rest = MergeRule.of("t", MergePolicy.ours());
        picked.edits().cherryPick(Pick.of("main..other").rule(rest).rule(MergeRule.of("t", "a", MergePolicy.theirs())));
        assertThat(rows(picked.space("s"))).containsExactly("a=later", "b=theirs", "first=1");
        assertThat(rows(picked.space("t"))).containsExactly("a=theirs", "b=ours");
        Branch rebased = db.branch("rebased", "other");
        Rebase rebase = rebased.edits().rebase();
        assertThat(rebase.start(rebase.plan("main").rule(rest))).isInstanceOf(RebaseOutcome.Rebased.class);
        assertThat(rows(rebased.space("s"))).containsExactly("a=later", "b=theirs", "first=1");
        assertThat(rows(rebased.space("t"))).containsExactly("a=ours", "b=ours");
        db.space("s").put("a", "aside");
        db.space("t").put("a", "aside");
        db.main().stash().push("aside");
        write(db.main(), "after", "s", "t");
        assertThat(db.main().stash().pop(StashPick.of(0).policy(MergePolicy.ours())))
                .isInstanceOf(StashOutcome.Applied.class);
        assertThat(db.main().hasChanges()).as("everything was ours").isFalse();
    }

    @Test
    void documentsOfPicksMergeByField() {
        db.space("s").put("d", "{\"a\":1,\"b\":1}");
        db.commit("base");
        Branch other = db.branch("other", "main");
        commit(other, "d", "{\"a\":1,\"b\":2}");
        commit(db.main(), "d", "{\"a\":2,\"b\":1}");
        db.main().edits().cherryPick("other");
        assertThat(db.space("s").text("d")).hasValue("{\"a\":2,\"b\":2}");
        db.main().edits().revert("main~1");
        assertThat(db.space("s").text("d")).hasValue("{\"a\":1,\"b\":2}");
    }

    private void at(Branch branch, long second, String key, String value) {
        branch.space("s").put(key, value);
        branch.commit(CommitMessage.of(key + "=" + value).at(Instant.ofEpochSecond(second)));
    }

    @Test
    void theLastWriterOfAPickIsWhoseCommitIsYounger() {
        at(db.main(), 1_000, "old", "0");
        at(db.main(), 1_000, "young", "0");
        Branch other = db.branch("other", "main");
        other.space("s").put("old", "theirs");
        at(other, 3_000, "young", "theirs");
        at(db.main(), 2_000, "young", "ours");
        at(db.main(), 4_000, "old", "ours");
        Pick pick = Pick.of("other").policy(MergePolicy.lastWriterWins());
        assertThat(db.main().edits().cherryPick(pick)).isInstanceOf(PickOutcome.Picked.class);
        assertThat(rows(db.space("s"))).containsExactly("old=ours", "young=theirs");
        db.main().edits().revert(Pick.of("main~2").policy(MergePolicy.lastWriterWins())); // the later one stays
        assertThat(rows(db.space("s"))).containsExactly("old=ours", "young=theirs");
        db.space("s").put("old", "aside");
        db.main().stash().push();
        db.space("s").put("old", "newest");
        db.main().stash().pop(StashPick.of(0).policy(MergePolicy.lastWriterWins()));
        assertThat(rows(db.space("s"))).containsExactly("old=newest", "young=theirs");
    }

    @Test
    void aPickWaitsAndIsDecidedBitByBitOverRestarts() {
        disputed();
        Commit before = db.head();
        assertThat(db.main().edits().cherryPick(ALL)).isInstanceOf(PickOutcome.Conflicted.class);
        assertThat(db.head()).isEqualTo(before);
        assertThat(db.main().hasChanges()).isFalse();
        PickInProgress pick = picking();
        assertThat(pick.isRevert()).isFalse();
        assertThat(pick.at()).contains(db.resolve("other~1"));
        assertThat(pick.made()).extracting(Commit::title).containsExactly("first=1");
        assertThat(pick.remaining()).containsExactly(db.resolve("other").id());
        OpenConflicts conflicts = conflicts("main");
        String commit = db.resolve("other~1").id().abbreviated();
        assertThat(conflicts.operation()).isEqualTo(Operation.CHERRY_PICK);
        assertThat(conflicts.sides())
                .isEqualTo(new ConflictSides("the parent of " + commit, "main", commit + " (theirs)"));
        ConflictPage page = conflicts.conflicts(ConflictQuery.all(), 1);
        assertThat(page.next()).isPresent();
        Conflict first = page.conflicts().getFirst();
        conflicts.resolve(first, new Resolver.Take(Optional.of(utf8("both"))));
        reopenIfThatKeepsAnything();
        db.gc();
        assertThat(open(conflicts("main"))).containsExactly("s/b", "t/a", "t/b");
        assertThat(conflicts("main").resolveAll(ConflictQuery.in("t"), Resolver.THEIRS))
                .isEqualTo(2);
        assertThat(conflicts("main").conflictCounts())
                .containsExactly(new ConflictCount("s", 1, 1), new ConflictCount("t", 0, 2));
        PickOutcome.Conflicted again = (PickOutcome.Conflicted) picking().resume();
        assertThat(again.conflicts()).hasSize(1);
        assertThat(conflicts("main").unresolve("t", utf8("a"))).isTrue();
        assertThat(open(conflicts("main"))).containsExactly("s/b", "t/a");
        take(conflicts("main"), Resolver.OURS);
        PickOutcome.Conflicted last = (PickOutcome.Conflicted) picking().resume(Optional.of("second, settled"));
        assertThat(last.at()).isEqualTo(db.resolve("other"));
        assertThat(open(conflicts("main"))).containsExactly("s/a");
        take(conflicts("main"), Resolver.THEIRS);
        reopenIfThatKeepsAnything();
        PickOutcome.Picked picked = (PickOutcome.Picked) picking().resume();
        assertThat(picked.commits()).extracting(Commit::title).containsExactly("first=1", "second, settled", "a=later");
        assertThat(log("main")).startsWith("a=later", "second, settled", "first=1", "ours");
        assertThat(rows(db.space("s"))).containsExactly("a=later", "b=ours", "first=1");
        assertThat(rows(db.at("main~1").space("s"))).containsExactly("a=both", "b=ours", "first=1");
        assertThat(rows(db.space("t"))).containsExactly("a=ours", "b=theirs");
        assertThat(db.main().edits().picking()).isEmpty();
        assertThat(db.main().conflicts()).isEmpty();
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void aPickThatWaitsIsGoneOnWithWithoutACommitOrGivenUp() {
        disputed();
        Commit before = db.head();
        db.main().edits().cherryPick(ALL);
        picking().abort();
        assertThat(db.head()).isEqualTo(before);
        assertThat(db.main().edits().picking()).isEmpty();
        db.main().edits().cherryPick(ALL);
        PickInProgress pick = picking();
        OpenConflicts conflicts = conflicts("main");
        assertThat(pick.skip()).isInstanceOf(PickOutcome.Conflicted.class); // a=later, of another value now
        incorrect(ErrorCode.EDIT_OVER, pick::skip);
        incorrect(ErrorCode.EDIT_OVER, () -> open(conflicts));
        assertThat(open(conflicts("main"))).containsExactly("s/a");
        assertThat(picking().skip()).isInstanceOf(PickOutcome.Picked.class);
        assertThat(log("main")).startsWith("first=1", "ours");
        incorrect(ErrorCode.EDIT_OVER, pick::abort);
    }

    @Test
    void whatWasPickedIsPickedAgainOnWhatCameMeanwhile() {
        disputed();
        db.main().edits().cherryPick(ALL);
        take(conflicts("main"), Resolver.THEIRS);
        commit(db.main(), "meanwhile", "1");
        db.space("s").put("x", "uncommitted");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> picking().resume());
        assertThat(picking().at()).as("nothing is to be decided").isEmpty();
        assertThat(db.main().conflicts()).isEmpty();
        assertThat(picking().remaining()).isEmpty();
        db.commit("x=uncommitted");
        assertThat(((PickOutcome.Picked) picking().resume()).commits()).hasSize(3);
        assertThat(log("main")).startsWith("a=later", "theirs", "first=1", "x=uncommitted", "meanwhile=1", "ours");
        assertThat(rows(db.space("s")))
                .containsExactly("a=later", "b=theirs", "first=1", "meanwhile=1", "x=uncommitted");
    }

    @Test
    void aRevertWaitsToo() {
        commit(db.main(), "a", "1");
        commit(db.main(), "a", "2");
        commit(db.main(), "a", "3");
        String wrong = db.resolve("main~1").id().abbreviated();
        db.main().edits().revert(Pick.of("main~1").keepingConflicts());
        assertThat(picking().isRevert()).isTrue();
        assertThat(conflicts("main").operation()).isEqualTo(Operation.REVERT);
        assertThat(conflicts("main").sides())
                .isEqualTo(new ConflictSides(wrong + " (a=2)", "main", "the parent of " + wrong));
        take(conflicts("main"), Resolver.THEIRS);
        picking().resume(Optional.of("back to one"));
        assertThat(rows(db.space("s"))).containsExactly("a=1");
        assertThat(log("main")).startsWith("back to one", "a=3");
        assertThat(db.head().author()).isEqualTo("Ann");
    }

    @Test
    void aRebaseIsDecidedOneByOne() {
        disputed();
        Branch other = db.branch("other");
        Rebase rebase = other.edits().rebase();
        Resolver inT = conflict ->
                conflict.space().equals("t") ? new Resolver.Take(conflict.theirs()) : new Resolver.Unresolved();
        RebaseOutcome outcome = rebase.start(rebase.plan("main").resolving(inT));
        Reason.Conflicted reason =
                (Reason.Conflicted) ((RebaseOutcome.Stopped) outcome).progress().reason();
        assertThat(reason.conflicts()).as("what the resolver decided is kept").hasSize(2);
        String made = rebase.progress().orElseThrow().reached().id().abbreviated();
        String commit = db.resolve("other~1").id().abbreviated();
        assertThat(reason.sides())
                .isEqualTo(new ConflictSides("the parent of " + commit, made + " (first=1)", commit + " (theirs)"));
        reopenIfThatKeepsAnything();
        OpenConflicts conflicts = conflicts("other");
        assertThat(conflicts.operation()).isEqualTo(Operation.REBASE);
        assertThat(conflicts.sides()).isEqualTo(reason.sides());
        assertThat(open(conflicts)).containsExactly("s/a", "s/b");
        Conflict first = conflicts.conflicts(ConflictQuery.all(), 1).conflicts().getFirst();
        conflicts.resolve(first, new Resolver.Take(Optional.empty()));
        Rebase again = db.branch("other").edits().rebase();
        assertThat(again.resume()).isInstanceOf(RebaseOutcome.Stopped.class);
        assertThat(open(conflicts("other"))).containsExactly("s/b");
        again.resume(RebaseDecision.resolving(Resolver.OURS));
        assertThat(rows(db.branch("other").space("s"))).containsExactly("b=ours", "first=1");
        assertThat(rows(db.branch("other").space("t"))).containsExactly("a=theirs", "b=theirs");
        assertThat(db.branch("other").conflicts()).isEmpty();
    }

    @Test
    void theRulesOfARebaseHoldToItsEnd() {
        disputed();
        Branch other = db.branch("other");
        commit(other, "more", "1");
        other.space("t").put("a", "again");
        other.commit("again");
        Rebase rebase = other.edits().rebase();
        rebase.start(rebase.plan("main").rule(MergeRule.of("t", MergePolicy.ours())));
        assertThat(open(conflicts("other"))).containsExactly("s/a", "s/b");
        reopenIfThatKeepsAnything();
        take(conflicts("other"), Resolver.THEIRS);
        assertThat(db.branch("other").edits().rebase().resume()).isInstanceOf(RebaseOutcome.Rebased.class);
        assertThat(rows(db.branch("other").space("t"))).containsExactly("a=ours", "b=ours");
    }

    @Test
    void whatWasDecidedOfOneCommitIsNotDecidedOfTheNext() {
        commit(db.main(), "a", "0");
        Branch other = db.branch("other", "main");
        for (String value : List.of("1", "0", "1")) {
            commit(other, "a", value);
        }
        commit(db.main(), "a", "ours");
        Rebase rebase = other.edits().rebase();
        rebase.onto("main");
        take(conflicts("other"), Resolver.OURS);
        rebase.resume(); // skips the first; the second goes from 1 to 0
        assertThat(open(conflicts("other"))).hasSize(1);
        rebase.skip();
        assertThat(open(conflicts("other")))
                .as("the same three values as at first")
                .hasSize(1);
        rebase.abort();
        assertThat(db.branch("other").conflicts()).isEmpty();
    }

    private StashEntry aside() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "aside");
        db.space("s").put("b", "aside");
        StashEntry entry = db.main().stash().push("aside").orElseThrow();
        db.space("s").put("a", "mine");
        db.space("s").put("b", "mine");
        return entry;
    }

    @Test
    void whatWasPutAsideWaitsToComeBack() {
        StashEntry entry = aside();
        StashPick keeping = StashPick.of(0).keepingConflicts();
        assertThat(db.main().stash().pop(keeping)).isInstanceOf(StashOutcome.Conflicted.class);
        reopenIfThatKeepsAnything();
        StashInProgress waits = db.main().stash().waiting().orElseThrow();
        assertThat(waits.isPop()).isTrue();
        assertThat(waits.entry()).isEqualTo(entry);
        OpenConflicts conflicts = conflicts("main");
        assertThat(conflicts.operation()).isEqualTo(Operation.STASH);
        assertThat(conflicts.sides())
                .isEqualTo(new ConflictSides(db.head().id().abbreviated() + " (a=1)", "main", "stash@{0}"));
        assertThat(open(conflicts)).containsExactly("s/a", "s/b");
        take(conflicts, Resolver.THEIRS);
        assertThat(conflicts.unresolve("s", utf8("b"))).isTrue();
        assertThat(waits.resume()).isInstanceOf(StashOutcome.Conflicted.class);
        db.space("s").put("b", "newer");
        assertThat(open(conflicts)).containsExactly("s/b");
        take(conflicts, Resolver.OURS);
        assertThat(waits.resume()).isInstanceOf(StashOutcome.Applied.class);
        assertThat(rows(db.space("s"))).containsExactly("a=aside", "b=newer");
        assertThat(db.main().stash().list()).isEmpty();
        assertThat(db.main().stash().waiting()).isEmpty();
        assertThat(db.main().conflicts()).isEmpty();
        incorrect(ErrorCode.EDIT_OVER, waits::resume);
        incorrect(ErrorCode.EDIT_OVER, () -> open(conflicts));
    }

    @Test
    void whatWaitsToComeBackIsGivenUpOrOverWithItsEntry() {
        StashEntry entry = aside();
        StashPick keeping = StashPick.of(0).keepingConflicts();
        db.main().stash().apply(keeping);
        StashInProgress waits = db.main().stash().waiting().orElseThrow();
        assertThat(waits.isPop()).isFalse();
        waits.abort();
        assertThat(db.main().stash().waiting()).isEmpty();
        assertThat(db.main().stash().list()).containsExactly(entry);
        assertThat(rows(db.space("s"))).containsExactly("a=mine", "b=mine");
        db.main().stash().apply(keeping);
        take(conflicts("main"), Resolver.THEIRS);
        db.main().stash().waiting().orElseThrow().resume();
        assertThat(db.main().stash().list()).as("applied, not popped").containsExactly(entry);
        db.space("s").put("a", "mine again");
        db.main().stash().apply(keeping);
        assertThat(db.main().conflicts()).isPresent();
        db.main().stash().drop(0);
        assertThat(db.main().conflicts()).isEmpty();
        assertThat(db.main().stash().waiting()).isEmpty();
    }

    @Test
    void oneThingWaitsOnABranch() {
        disputed();
        Merge merge = Merge.into("main").keepingConflicts();
        StashPick keeping = StashPick.of(0).keepingConflicts();
        commit(db.branch("third", "main"), "a", "third");
        Rebase rebase = db.main().edits().rebase();
        assertThat(db.merge("other", merge)).isInstanceOf(MergeOutcome.Conflicted.class);
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.main().edits().cherryPick(ALL));
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.main().stash().pop(keeping));
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> rebase.onto("third"));
        assertThat(conflicts("main").operation()).isEqualTo(Operation.MERGE);
        assertThat(conflicts("main").sides())
                .isEqualTo(new ConflictSides(db.resolve("main~1").id().abbreviated() + " (base)", "main", "other"));
        db.main().merging().orElseThrow().abort();
        db.main().edits().cherryPick(ALL);
        incorrect(ErrorCode.EDIT_WAITS, () -> db.merge("other", merge));
        incorrect(ErrorCode.EDIT_WAITS, () -> rebase.onto("third"));
        incorrect(
                ErrorCode.EDIT_WAITS,
                () -> db.main().edits().revert(Pick.of("main").keepingConflicts()));
        assertThat(db.main().edits().cherryPick(Pick.of("other~2"))).isInstanceOf(PickOutcome.Picked.class);
        picking().abort();
        db.branch("other").edits().rebase().onto("main");
        incorrect(ErrorCode.REBASE_UNDER_WAY, () -> db.branch("other").stash().pop(keeping));
        incorrect(
                ErrorCode.REBASE_UNDER_WAY,
                () -> db.branch("other").edits().cherryPick(Pick.of("main").keepingConflicts()));
        assertThat(db.branch("other").edits().picking()).isEmpty();
    }

    @Test
    void whatWaitsGoesWithTheNameOfItsBranch() {
        disputed();
        db.branch("topic", "main").edits().cherryPick(ALL);
        take(conflicts("topic"), Resolver.THEIRS);
        db.renameBranch("topic", "renamed");
        db.branch("topic", "main");
        assertThat(db.branch("topic").edits().picking()).isEmpty();
        reopenIfThatKeepsAnything();
        db.gc();
        assertThat(db.branch("renamed").edits().picking().orElseThrow().resume())
                .isInstanceOf(PickOutcome.Picked.class);
        assertThat(rows(db.branch("renamed").space("s"))).containsExactly("a=later", "b=theirs", "first=1");
        Rebase rebase = db.branch("other").edits().rebase();
        rebase.start(rebase.plan("main").step(0, step -> step.as(coppice.api.RebaseStep.Action.EDIT)));
        db.branch("rebase/other").space("s").put("edited", "1");
        db.renameBranch("other", "another");
        db.branch("another").edits().rebase().resume(RebaseDecision.resolving(Resolver.THEIRS));
        assertThat(rows(db.branch("another").space("s"))).contains("edited=1", "first=1");
        assertThat(db.branches())
                .extracting(info -> info.name())
                .containsExactly("another", "main", "renamed", "topic");
    }

    @Test
    void whatWaitsIsOverWithItsBranch() {
        disputed();
        Branch topic = db.branch("topic", "other");
        Rebase rebase = topic.edits().rebase();
        rebase.start(rebase.plan("main").step(0, step -> step.as(coppice.api.RebaseStep.Action.EDIT)));
        db.forceDeleteBranch("topic");
        assertThat(db.branches()).extracting(info -> info.name()).containsExactly("main", "other");
        assertThat(db.branch("topic", "other").edits().rebase().progress()).isEmpty();
        assertThat(db.check().problems()).isEmpty();
    }
}
