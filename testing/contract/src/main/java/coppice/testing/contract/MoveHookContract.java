package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitEvent;
import coppice.api.CommitMessage;
import coppice.api.ConflictQuery;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Merge;
import coppice.api.MergeEvent;
import coppice.api.MergeOutcome;
import coppice.api.Pick;
import coppice.api.RebaseOutcome;
import coppice.api.RefEvent;
import coppice.api.Reset;
import coppice.api.Resolver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Hooks of merges, of whatever else makes versions, and of moves of refs.
@Timeout(60)
abstract class MoveHookContract extends Contract {
    private final List<String> noted = new ArrayList<>();

    /// Two branches that went apart: `main` has m, `draft` has d1 and d2.
    private Branch apart() {
        commit(db.main(), "base", "0");
        Branch draft = db.branch("draft", "main");
        commit(draft, "d1", "1");
        commit(draft, "d2", "2");
        commit(db.main(), "m", "1");
        return draft;
    }

    private Hooks noting() {
        return Hooks.none()
                .preCommit("", commit -> noted("pre-commit", commit))
                .postCommit("", commit -> noted("post-commit", commit))
                .preMerge("", merge -> noted("pre-merge", merge))
                .postMerge("", merge -> noted("post-merge", merge))
                .refUpdate("", this::noted);
    }

    private Hook.Answer noted(String what, CommitEvent event) {
        noted.add(what + " " + event.action() + " " + event.branch() + " " + shown(event.changes()));
        return Hook.accept();
    }

    private Hook.Answer noted(String what, MergeEvent event) {
        noted.add(what + " " + event.source() + " " + event.branch() + " " + shown(event.changes()));
        return Hook.accept();
    }

    private Hook.Answer noted(RefEvent event) {
        String how = event.before().isEmpty() ? "+" : event.after().isEmpty() ? "-" : "~";
        noted.add("ref-update " + event.action() + " " + how + event.ref());
        return Hook.accept();
    }

    @Test
    void aMergeIsAskedAboutThenItsCommitThenItsRef() {
        Branch draft = apart();
        Commit ours = db.head();
        List<MergeEvent> asked = new ArrayList<>();
        db.add(Hooks.none().preMerge("look", merge -> {
            asked.add(merge);
            return Hook.accept();
        }));
        db.add(noting());
        assertThat(db.merge("draft", Merge.into("main"))).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(noted)
                .containsExactly(
                        "pre-merge draft main [+s/d1=1, +s/d2=2]",
                        "pre-commit merge main [+s/d1=1, +s/d2=2]",
                        "ref-update merge ~main",
                        "post-commit merge main [+s/d1=1, +s/d2=2]",
                        "post-merge draft main [+s/d1=1, +s/d2=2]");
        MergeEvent event = asked.getFirst();
        assertThat(event.ours()).isEqualTo(ours);
        assertThat(event.theirs()).isEqualTo(draft.head());
        assertThat(event.result()).contains(db.head());
        assertThat(rows(event.before().space("s"))).containsExactly("base=0", "m=1");
        assertThat(rows(event.after().space("s"))).containsExactly("base=0", "d1=1", "d2=2", "m=1");
    }

    @Test
    void aMergeThatOnlyMovesForwardMakesNoCommit() {
        commit(db.main(), "base", "0");
        commit(db.branch("draft", "main"), "d", "1");
        db.add(noting());
        db.merge("draft", Merge.into("main"));
        assertThat(noted)
                .containsExactly(
                        "pre-merge draft main [+s/d=1]", "ref-update merge ~main", "post-merge draft main [+s/d=1]");
    }

    @Test
    void aMergeThatIsNotCommittedIsAskedAboutAtOnceAndItsCommitLater() {
        apart();
        db.add(noting());
        db.merge("draft", Merge.into("main").uncommitted());
        assertThat(noted).containsExactly("pre-merge draft main [+s/d1=1, +s/d2=2]");
        noted.clear();
        db.main().merging().orElseThrow().commit();
        assertThat(noted)
                .containsExactly(
                        "pre-commit commit main [+s/d1=1, +s/d2=2]",
                        "ref-update commit ~main",
                        "post-commit commit main [+s/d1=1, +s/d2=2]");
        assertThat(db.head().parents()).hasSize(2);
    }

    @Test
    void aMergeInConflictIsAskedAboutWhenItIsDecided() {
        commit(db.main(), "k", "0");
        commit(db.branch("draft", "main"), "k", "theirs");
        commit(db.main(), "k", "ours");
        db.add(noting());
        db.merge("draft", Merge.into("main").keepingConflicts());
        assertThat(noted).isEmpty();
        var merging = db.main().merging().orElseThrow();
        merging.resolveAll(ConflictQuery.all(), Resolver.THEIRS);
        merging.commit();
        assertThat(noted).first().isEqualTo("pre-merge draft main [~s/k=ours>theirs]");
        assertThat(noted).last().isEqualTo("post-merge draft main [~s/k=ours>theirs]");
    }

    @Test
    void aTransactionThatFinishesWhileAMergeIsAskedAboutIsNotLost() {
        apart();
        db.add(Hooks.none().preMerge("writing", merge -> {
            db.space("s").put("meanwhile", "1");
            return Hook.accept();
        }));
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.merge("draft", Merge.into("main")));
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
    }

    @Test
    void whateverMakesCommitsIsAskedAndTells() {
        Branch draft = apart();
        db.branch("copy", "draft");
        db.branch("rebased", "draft");
        db.add(noting());
        db.main().edits().cherryPick(Pick.of("draft~1"));
        db.main().edits().revert(Pick.of("main"));
        draft.edits().squash("draft~2", CommitMessage.of("both"));
        draft.amend(CommitMessage.of("both, said better"));
        RebaseOutcome outcome = db.branch("rebased").edits().rebase().onto("main");
        assertThat(outcome).isInstanceOf(RebaseOutcome.Rebased.class);
        assertThat(noted)
                .containsExactly(
                        "pre-commit cherry-pick main [+s/d1=1]",
                        "ref-update cherry-pick ~main",
                        "post-commit cherry-pick main [+s/d1=1]",
                        "pre-commit revert main [-s/d1=1]",
                        "ref-update revert ~main",
                        "post-commit revert main [-s/d1=1]",
                        "pre-commit squash draft [+s/d1=1, +s/d2=2]",
                        "ref-update squash ~draft",
                        "post-commit squash draft [+s/d1=1, +s/d2=2]",
                        "pre-commit amend draft [+s/d1=1, +s/d2=2]",
                        "ref-update amend ~draft",
                        "post-commit amend draft [+s/d1=1, +s/d2=2]",
                        "pre-commit rebase rebased [+s/d1=1]",
                        "pre-commit rebase rebased [+s/d2=2]",
                        "ref-update rebase ~rebased",
                        "post-commit rebase rebased [+s/d1=1]",
                        "post-commit rebase rebased [+s/d2=2]");
    }

    @Test
    void everyMoveOfABranchOrTagIsAskedAbout() {
        apart();
        db.add(Hooks.none().refUpdate("noting", this::noted));
        db.branch("new", "main");
        db.copyBranch("draft", "copy");
        db.renameBranch("copy", "renamed");
        db.deleteBranch("new");
        db.forceDeleteBranch("renamed");
        db.main().reset("main~1", Reset.SOFT);
        db.main().reset("main@{1}", Reset.HARD);
        db.tags().create("v1", "main");
        db.tags().annotate("v2", "main", CommitMessage.of("two"));
        db.tags().delete("v1");
        db.undo();
        db.undo();
        assertThat(noted)
                .containsExactly(
                        "ref-update branch +new",
                        "ref-update branch +copy",
                        "ref-update rename -copy",
                        "ref-update rename +renamed",
                        "ref-update delete -new",
                        "ref-update delete -renamed",
                        "ref-update reset ~main",
                        "ref-update reset ~main",
                        "ref-update tag +tags/v1",
                        "ref-update tag +tags/v2",
                        "ref-update tag -tags/v1",
                        "ref-update undo +tags/v1",
                        "ref-update undo -tags/v2");
    }

    @Test
    void aVetoedMoveChangesNothingAtAll() {
        Branch draft = apart();
        db.branch("other", "draft");
        db.tags().create("v1", "main");
        db.main().reset("main~1", Reset.HARD);
        db.main().reset("main@{1}", Reset.HARD);
        draft.space("s").put("uncommitted", "1");
        db.add(Hooks.none().refUpdate("nothing moves", event -> Hook.veto("stay")));
        Map<String, ThrowingCallable> moves = new LinkedHashMap<>();
        moves.put("commit", () -> draft.commit("no"));
        moves.put("amend", () -> draft.amend(CommitMessage.of("no")));
        moves.put("merge", () -> db.merge("draft", Merge.into("main")));
        moves.put("cherry-pick", () -> db.main().edits().cherryPick(Pick.of("draft")));
        moves.put("revert", () -> db.main().edits().revert(Pick.of("main")));
        moves.put("squash", () -> draft.edits().squash("draft~2", CommitMessage.of("no")));
        moves.put("rebase", () -> db.branch("other").edits().rebase().onto("main"));
        moves.put("reset", () -> draft.reset("main", Reset.HARD));
        moves.put("branch", () -> db.branch("new", "main"));
        moves.put("copy", () -> db.copyBranch("draft", "new"));
        moves.put("rename", () -> db.renameBranch("draft", "new"));
        moves.put("delete", () -> db.forceDeleteBranch("draft"));
        moves.put("tag", () -> db.tags().create("v2", "main"));
        moves.put("untag", () -> db.tags().delete("v1"));
        moves.put("undo", () -> db.undo());
        String before = picture();
        moves.forEach((name, move) -> {
            refused(DatabaseException.Refused.class, ErrorCode.HOOK_VETOED, move);
            assertThat(picture()).as(name).isEqualTo(before);
        });
        assertThat(db.check().issues()).isEmpty();
    }

    private String picture() {
        StringBuilder all = new StringBuilder();
        db.branches()
                .forEach(branch -> all.append(branch)
                        .append(everything(db.branch(branch.name()).snapshot()))
                        .append(db.branch(branch.name()).edits().rebase().progress()));
        return all.append(db.tags().list()).toString();
    }

    @Test
    void whatIsNoMoveIsNotAskedAbout() {
        apart();
        db.add(Hooks.none().refUpdate("nothing moves", event -> Hook.veto("stay")));
        db.space("s").put("x", "1");
        db.main().stash().push();
        db.main().stash().pop();
        db.main().discard();
        db.switchTo("draft");
        db.tags().find("none");
        assertThat(db.current().name()).isEqualTo("draft");
    }

    @Test
    void aHookThatIsAskedMustNotMoveRefs() {
        apart();
        List<ThrowingCallable> forbidden = List.of(
                () -> db.tags().create("v1", "main"),
                () -> db.branch("new", "main"),
                () -> db.forceDeleteBranch("draft"),
                () -> db.main().reset("main~1", Reset.SOFT),
                () -> db.main().edits().cherryPick(Pick.of("draft")));
        db.add(Hooks.none().preCommit("meddling", commit -> {
            forbidden.forEach(call -> incorrect(ErrorCode.INSIDE_HOOK, call));
            noted.add("tried");
            return Hook.accept();
        }));
        db.commit("outside");
        assertThat(noted).containsExactly("tried");
        assertThat(db.branches()).hasSize(2);
    }
}
