package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.CommitId;
import coppice.api.CommitMessage;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Rebase;
import coppice.api.RebaseDecision;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.RebaseProgress;
import coppice.api.RebaseProgress.Reason;
import coppice.api.RebaseStep;
import coppice.api.RebaseStep.Action;
import coppice.api.Resolver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Moving the commits of a branch, and changing them on the way.
abstract class RebaseContract extends Contract {
    private Branch topic() {
        return db.branch("topic");
    }

    /// `main` with a=1 and then d=4; `topic` from a=1 with b=1, b=2, c=3.
    private Rebase rebase() {
        commit(db.main(), "a", "1");
        db.branch("topic", "main");
        commit(topic(), "b", "1");
        commit(topic(), "b", "2");
        commit(topic(), "c", "3");
        commit(db.main(), "d", "4");
        return topic().edits().rebase();
    }

    private List<String> log() {
        List<String> titles = new ArrayList<>();
        db.log("topic").forEach(commit -> titles.add(commit.title()));
        return titles;
    }

    private static RebaseOutcome.Rebased rebased(RebaseOutcome outcome) {
        assertThat(outcome).isInstanceOf(RebaseOutcome.Rebased.class);
        return (RebaseOutcome.Rebased) outcome;
    }

    private static RebaseProgress stopped(RebaseOutcome outcome) {
        assertThat(outcome).isInstanceOf(RebaseOutcome.Stopped.class);
        return ((RebaseOutcome.Stopped) outcome).progress();
    }

    private static <R extends Reason> R reason(Class<R> kind, RebaseProgress progress) {
        assertThat(progress.reason()).isInstanceOf(kind);
        return kind.cast(progress.reason());
    }

    private List<String> branches() {
        return db.branches().stream().map(BranchInfo::name).toList();
    }

    @Test
    void aRebaseMovesTheCommitsOntoAnother() {
        Rebase rebase = rebase();
        Commit before = topic().head();
        RebaseOutcome.Rebased outcome = rebased(rebase.onto("main"));
        assertThat(outcome.head()).isEqualTo(topic().head());
        assertThat(outcome.skipped()).isEmpty();
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "d=4", "a=1");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
        assertThat(topic().head().authored()).isEqualTo(before.authored());
        assertThat(topic().hasChanges()).isFalse();
        assertThat(rebase.progress()).isEmpty();
        assertThat(branches()).containsExactly("main", "topic");
    }

    @Test
    void whatIsInPlaceIsNotMadeAgain() {
        Rebase rebase = rebase();
        rebase.onto("main");
        Commit head = topic().head();
        assertThat(rebase.onto("main")).isEqualTo(new RebaseOutcome.UpToDate(head));
        assertThat(rebase.onto("main~1")).isEqualTo(new RebaseOutcome.UpToDate(head));
        RebasePlan plan = rebase.plan("main");
        rebased(rebase.start(plan.step(2, step -> step.reword("c=3 at last"))));
        assertThat(db.resolve("topic~1").id()).isEqualTo(head.parents().getFirst());
        assertThat(topic().head().parents()).isEqualTo(head.parents());
    }

    @Test
    void aBranchWithoutCommitsOfItsOwnIsMovedForward() {
        commit(db.main(), "a", "1");
        db.branch("topic", "main");
        commit(db.main(), "b", "2");
        assertThat(rebased(topic().edits().rebase().onto("main")).head()).isEqualTo(db.head());
        assertThat(topic().head()).isEqualTo(db.head());
    }

    @Test
    void whatTheNewBaseHasIsSkipped() {
        Rebase rebase = rebase();
        CommitId first = db.resolve("topic~2").id();
        db.main().edits().cherryPick("topic~2");
        RebaseOutcome.Rebased outcome = rebased(rebase.onto("main"));
        assertThat(outcome.skipped()).containsExactly(first);
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "d=4");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
    }

    @Test
    void emptyCommitsStayAndThoseThatBecomeEmptyMay() {
        Rebase rebase = rebase();
        topic().commit("empty on purpose");
        db.main().edits().cherryPick("topic~3");
        rebased(rebase.start(rebase.plan("main").keepingEmpty()));
        assertThat(log()).startsWith("empty on purpose", "c=3", "b=2", "b=1", "b=1", "d=4");
    }

    @Test
    void aPlanSaysWhatBecomesOfEachCommit() {
        Rebase rebase = rebase();
        commit(topic(), "e", "5");
        commit(topic(), "f", "6");
        RebasePlan plan = rebase.plan("main");
        assertThat(plan.onto()).isEqualTo(db.head().id());
        assertThat(plan.steps()).extracting(RebaseStep::action).containsOnly(Action.PICK);
        List<RebaseStep> steps = plan.steps();
        rebased(rebase.start(plan.steps(List.of(
                steps.get(4),
                steps.get(0).reword("b begins"),
                steps.get(1).as(Action.FIXUP),
                steps.get(2).as(Action.SQUASH),
                steps.get(3).as(Action.DROP)))));
        assertThat(log()).startsWith("b begins", "f=6", "d=4");
        assertThat(topic().head().message()).isEqualTo("b begins\n\nc=3");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4", "f=6");
        assertThat(rows(db.at("topic~1").space("s"))).containsExactly("a=1", "d=4", "f=6");
    }

    @Test
    void aSquashMayHaveAMessage() {
        Rebase rebase = rebase();
        rebased(rebase.start(rebase.plan("main").step(1, step -> step.squash("both b"))));
        assertThat(log()).startsWith("c=3", "both b", "d=4");
    }

    @Test
    void aFixupOfASkippedCommitDoesNotChangeAnother() {
        Rebase rebase = rebase();
        db.main().edits().cherryPick("topic~1"); // conflicts: makes nothing
        db.main().space("s").put("b", "2");
        db.commit("b=2 here");
        RebasePlan plan = rebase.plan("main");
        List<RebaseStep> steps = plan.steps();
        rebased(rebase.start(
                plan.steps(List.of(steps.get(2), steps.get(1), steps.get(0).as(Action.FIXUP)))
                        .resolving(Resolver.THEIRS)));
        assertThat(log()).startsWith("b=1", "c=3", "b=2 here");
        assertThat(rows(db.at("topic~1").space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
    }

    @Test
    void aPlanBeginsWithACommitOfItsOwn() {
        Rebase rebase = rebase();
        Commit before = topic().head();
        RebasePlan plan = rebase.plan("main");
        incorrect(ErrorCode.INVALID_PLAN, () -> rebase.start(plan.step(0, step -> step.as(Action.FIXUP))));
        RebasePlan dropped = plan.step(0, step -> step.as(Action.DROP)).step(1, step -> step.as(Action.SQUASH));
        incorrect(ErrorCode.INVALID_PLAN, () -> rebase.start(dropped));
        assertThat(topic().head()).isEqualTo(before);
        assertThat(rebase.progress()).isEmpty();
    }

    @Test
    void aRangeGoesElsewhere() {
        Rebase rebase = rebase();
        db.branch("elsewhere", "main");
        rebased(rebase.start(rebase.plan("elsewhere", "topic~1")));
        assertThat(log()).startsWith("c=3", "d=4", "a=1");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "c=3", "d=4");
    }

    @Test
    void aMergeCountsAsWhatItBrought() {
        Rebase rebase = rebase();
        Branch side = db.branch("side", "topic");
        commit(side, "side", "1");
        commit(topic(), "e", "5");
        db.merge("side", Merge.into("topic"));
        db.merge("main", Merge.into("topic"));
        commit(topic(), "f", "6");
        commit(db.main(), "g", "7");
        RebaseOutcome.Rebased outcome = rebased(rebase.onto("main"));
        assertThat(log()).startsWith("f=6", "Merge side into topic", "e=5", "c=3", "b=2", "b=1", "g=7", "d=4");
        assertThat(outcome.skipped()).as("the merge of main").hasSize(1);
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4", "e=5", "f=6", "g=7", "side=1");
    }

    @Test
    void uncommittedChangesAreInTheWay() {
        Rebase rebase = rebase();
        Commit before = topic().head();
        topic().space("s").put("x", "uncommitted");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> rebase.onto("main"));
        assertThat(topic().head()).isEqualTo(before);
        assertThat(rebase.progress()).isEmpty();
        assertThat(shown(topic().changes())).containsExactly("+s/x=uncommitted");
    }

    private RebaseProgress inConflict() {
        Rebase rebase = rebase();
        commit(db.main(), "b", "mine");
        return stopped(rebase.onto("main"));
    }

    @Test
    void aConflictStopsTheRebaseAndTheBranchStays() {
        RebaseProgress progress = inConflict();
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "a=1");
        assertThat(progress.branch()).isEqualTo("topic");
        assertThat(progress.onto()).isEqualTo(db.head().id());
        assertThat(progress.reached()).isEqualTo(db.head());
        assertThat(progress.original()).isEqualTo(topic().head().id());
        assertThat(progress.remaining()).hasSize(2);
        Reason.Conflicted reason = reason(Reason.Conflicted.class, progress);
        assertThat(reason.step().commit()).isEqualTo(db.resolve("topic~2").id());
        assertThat(reason.conflicts()).hasSize(1);
        assertThat(new String(reason.conflicts().getFirst().key(), UTF_8)).isEqualTo("b");
        Rebase rebase = topic().edits().rebase();
        assertThat(stopped(rebase.resume()).remaining()).isEqualTo(progress.remaining());
        incorrect(ErrorCode.REBASE_UNDER_WAY, () -> rebase.onto("main"));
    }

    @Test
    void aConflictIsDecidedAndTheRebaseGoesOn() {
        inConflict();
        Rebase rebase = topic().edits().rebase();
        rebased(rebase.resume(RebaseDecision.resolving(Resolver.THEIRS)));
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "b=mine", "d=4");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
        assertThat(rebase.progress()).isEmpty();
        incorrect(ErrorCode.NO_REBASE, rebase::resume);
        incorrect(ErrorCode.NO_REBASE, rebase::skip);
        incorrect(ErrorCode.NO_REBASE, rebase::abort);
    }

    @Test
    void aConflictingCommitIsSkipped() {
        inConflict();
        Rebase rebase = topic().edits().rebase();
        RebaseProgress second = stopped(rebase.skip());
        assertThat(reason(Reason.Conflicted.class, second).step().commit())
                .isEqualTo(db.resolve("topic~1").id());
        rebased(rebase.skip());
        assertThat(log()).startsWith("c=3", "b=mine", "d=4");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=mine", "c=3", "d=4");
    }

    @Test
    void anAbortedRebaseLeavesNothing() {
        inConflict();
        Commit before = topic().head();
        topic().edits().rebase().abort();
        assertThat(topic().head()).isEqualTo(before);
        assertThat(topic().edits().rebase().progress()).isEmpty();
        assertThat(branches()).containsExactly("main", "topic");
        stopped(topic().edits().rebase().onto("main"));
    }

    @Test
    void aRebaseOutlivesReopening() {
        RebaseProgress progress = inConflict();
        if (subject.isPersistent()) {
            reopen();
        }
        db.gc();
        Rebase rebase = topic().edits().rebase();
        RebaseProgress found = rebase.progress().orElseThrow();
        assertThat(found.remaining()).isEqualTo(progress.remaining());
        assertThat(found.reached()).isEqualTo(progress.reached());
        rebased(rebase.resume(RebaseDecision.resolving(Resolver.OURS)));
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=mine", "c=3", "d=4");
    }

    @Test
    void whatWasMadeBeforeItStoppedIsKept() {
        Rebase rebase = rebase();
        commit(db.main(), "b", "mine");
        RebasePlan plan = rebase.plan("main");
        List<RebaseStep> steps = plan.steps();
        RebaseProgress progress = stopped(
                rebase.start(plan.steps(List.of(steps.get(2).reword("made first"), steps.get(0), steps.get(1)))));
        assertThat(progress.reached().message()).isEqualTo("made first");
        db.gc();
        if (subject.isPersistent()) {
            reopen();
            db.gc();
        }
        rebased(topic().edits().rebase().resume(RebaseDecision.resolving(Resolver.THEIRS)));
        assertThat(log()).startsWith("b=2", "b=1", "made first", "b=mine");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
    }

    @Test
    void commitsMadeMeanwhileFollow() {
        inConflict();
        commit(topic(), "late", "1");
        RebaseOutcome.Rebased outcome =
                rebased(topic().edits().rebase().resume(RebaseDecision.resolving(Resolver.THEIRS)));
        assertThat(log()).startsWith("late=1", "c=3", "b=2", "b=1", "b=mine");
        assertThat(outcome.head()).isEqualTo(topic().head());
    }

    @Test
    void commitsMadeSinceThePlanFollow() {
        Rebase rebase = rebase();
        RebasePlan plan =
                rebase.plan("main").step(0, step -> step.as(Action.DROP)).resolving(Resolver.THEIRS);
        commit(topic(), "late", "1");
        rebased(rebase.start(plan));
        assertThat(log()).startsWith("late=1", "c=3", "b=2", "d=4");
    }

    @Test
    void uncommittedChangesAtTheEndKeepTheRebaseWaiting() {
        inConflict();
        Rebase rebase = topic().edits().rebase();
        Commit before = topic().head();
        topic().space("s").put("x", "1");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> rebase.resume(RebaseDecision.resolving(Resolver.THEIRS)));
        assertThat(topic().head()).isEqualTo(before);
        reason(Reason.Interrupted.class, rebase.progress().orElseThrow());
        topic().commit("x=1");
        rebased(rebase.resume());
        assertThat(log()).startsWith("x=1", "c=3", "b=2", "b=1", "b=mine");
    }

    @Test
    void aBranchThatWasSetElsewhereStaysThere() {
        inConflict();
        topic().edits().squash("topic~2", CommitMessage.of("rewritten"));
        Commit rewritten = topic().head();
        Rebase rebase = topic().edits().rebase();
        incorrect(ErrorCode.REBASE_OVERTAKEN, () -> rebase.resume(RebaseDecision.resolving(Resolver.THEIRS)));
        assertThat(topic().head()).isEqualTo(rewritten);
        rebase.abort();
        stopped(rebase.onto("main"));
    }

    @Test
    void aRewordWithoutAMessageStops() {
        Rebase rebase = rebase();
        RebaseProgress progress = stopped(rebase.start(rebase.plan("main").step(1, step -> step.as(Action.REWORD))));
        assertThat(reason(Reason.Rewording.class, progress).message()).isEqualTo("b=2");
        rebased(rebase.resume(RebaseDecision.message("b=2, better said")));
        assertThat(log()).startsWith("c=3", "b=2, better said", "b=1", "d=4");
    }

    @Test
    void uncommittedChangesAreNotInTheWayOfARebaseThatChangedNothing() {
        rebase();
        Rebase rebase = topic().edits().rebase();
        RebasePlan plan = rebase.plan("topic~3").step(2, step -> step.as(Action.REWORD));
        assertThat(reason(Reason.Rewording.class, stopped(rebase.start(plan))).message())
                .isEqualTo("c=3");
        Commit before = topic().head();
        topic().space("s").put("x", "1");
        assertThat(rebase.resume()).isEqualTo(new RebaseOutcome.UpToDate(before));
        assertThat(rebase.progress()).isEmpty();
        assertThat(topic().space("s").text("x")).contains("1");
    }

    private RebaseProgress editing() {
        Rebase rebase = rebase();
        RebaseProgress progress = stopped(rebase.start(rebase.plan("main").step(0, step -> step.as(Action.EDIT))));
        assertThat(reason(Reason.Editing.class, progress).branch()).isEqualTo("rebase/topic");
        return progress;
    }

    @Test
    void anEditedCommitTakesUncommittedChangesIn() {
        editing();
        Branch edit = db.branch("rebase/topic");
        assertThat(rows(edit.space("s"))).containsExactly("a=1", "b=1", "d=4");
        edit.space("s").put("z", "edited");
        if (subject.isPersistent()) {
            reopen();
        }
        rebased(topic().edits().rebase().resume());
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "d=4");
        assertThat(rows(db.at("topic~2").space("s"))).containsExactly("a=1", "b=1", "d=4", "z=edited");
        assertThat(rows(topic().space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4", "z=edited");
        assertThat(branches()).containsExactly("main", "topic");
    }

    @Test
    void anEditedCommitMayBecomeSeveral() {
        editing();
        Branch edit = db.branch("rebase/topic");
        commit(edit, "y", "1");
        edit.space("s").put("z", "2");
        rebased(topic().edits().rebase().resume());
        assertThat(log()).startsWith("c=3", "b=2", "y=1", "b=1", "d=4");
        assertThat(rows(db.at("topic~2").space("s"))).containsExactly("a=1", "b=1", "d=4", "y=1", "z=2");
    }

    @Test
    void oneEditAfterTheOther() {
        Rebase rebase = rebase();
        RebasePlan plan = rebase.plan("main");
        for (int i = 0; i < 3; i++) {
            plan = plan.step(i, step -> step.as(Action.EDIT));
        }
        RebaseOutcome outcome = rebase.start(plan);
        for (int i = 0; i < 3; i++) {
            Reason.Editing reason = reason(Reason.Editing.class, stopped(outcome));
            db.branch(reason.branch()).space("s").put("edit" + i, "1");
            outcome = rebase.resume();
        }
        rebased(outcome);
        assertThat(rows(topic().space("s")))
                .containsExactly("a=1", "b=2", "c=3", "d=4", "edit0=1", "edit1=1", "edit2=1");
        assertThat(log()).startsWith("c=3", "b=2", "b=1", "d=4");
        assertThat(branches()).containsExactly("main", "topic");
    }

    @Test
    void anEditIsSkippedOrAborted() {
        editing();
        db.branch("rebase/topic").space("s").put("z", "edited");
        rebased(topic().edits().rebase().resume(RebaseDecision.none()));
        Rebase rebase = topic().edits().rebase();
        Commit before = topic().head();
        stopped(rebase.start(rebase.plan("main").step(0, step -> step.as(Action.EDIT))));
        db.branch("rebase/topic").space("s").put("z", "again");
        rebase.abort();
        assertThat(topic().head()).isEqualTo(before);
        assertThat(branches()).containsExactly("main", "topic");
        stopped(rebase.start(rebase.plan("main").step(2, step -> step.as(Action.EDIT))));
        rebased(rebase.skip());
        assertThat(log()).startsWith("b=2", "b=1", "d=4");
        assertThat(branches()).containsExactly("main", "topic");
    }

    @Test
    void whoEditsIsBackOnTheBranchAtTheEnd() {
        editing();
        db.switchTo("rebase/topic");
        rebased(topic().edits().rebase().resume());
        assertThat(db.current().name()).isEqualTo("topic");
    }

    @Test
    void undoTakesBackTheRebaseAndNotWhatItEditedOn() {
        editing();
        Commit before = topic().head();
        commit(db.branch("rebase/topic"), "z", "edited");
        rebased(topic().edits().rebase().resume());
        assertThat(db.undo().action()).isEqualTo("rebase");
        assertThat(topic().head()).isEqualTo(before);
        assertThat(branches()).containsExactly("main", "topic");
        assertThat(db.undo().ref()).isEqualTo("main"); // what was committed before the rebase
    }

    @Test
    void whoEditsMayRenameOrDeleteTheBranch() {
        editing();
        db.switchTo("rebase/topic");
        db.renameBranch("topic", "other");
        assertThat(db.current().name()).isEqualTo("rebase/other");
        assertThat(db.undo().action()).isEqualTo("rename");
        assertThat(db.current().name()).isEqualTo("rebase/topic");
        db.forceDeleteBranch("topic");
        assertThat(db.current().name()).isEqualTo("main");
        assertThat(branches()).containsExactly("main");
    }

    @Test
    void theNameOfTheBranchToEditOnMustBeFree() {
        Rebase rebase = rebase();
        db.branch("rebase/topic", "main");
        RebasePlan plan = rebase.plan("main").step(0, step -> step.as(Action.EDIT));
        incorrect(ErrorCode.INVALID_PLAN, () -> rebase.start(plan));
        assertThat(rebase.progress()).isEmpty();
    }
}
