package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.ConflictQuery;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.MergeInProgress;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.api.StashEntry;
import coppice.api.StashInProgress;
import coppice.api.StashPick;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was done last can be taken back, one after the other, unless something later would be lost.
abstract class UndoContract extends Contract {
    private List<String> names() {
        return db.branches().stream().map(BranchInfo::name).toList();
    }

    private List<String> rows(String branch) {
        return rows(db.branch(branch).space("s"));
    }

    @Test
    void undoTakesBackWhatWasDoneOneAfterTheOther() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        commit(db.main(), "b", "2");
        Commit second = db.head();
        db.space("s").put("c", "3");
        db.main().reset("main~1", Reset.HARD);
        assertThat(db.undo().action()).isEqualTo("reset");
        assertThat(db.head()).isEqualTo(second);
        assertThat(rows("main")).containsExactly("a=1", "b=2", "c=3");
        assertThat(db.undo().action()).isEqualTo("commit");
        assertThat(db.head()).isEqualTo(first);
        assertThat(rows("main")).containsExactly("a=1", "b=2", "c=3");
        assertThat(db.undo().action()).isEqualTo("commit");
        assertThat(db.head().parents()).isEmpty();
        incorrect(ErrorCode.CANNOT_UNDO, () -> db.undo());
        assertThat(rows("main")).containsExactly("a=1", "b=2", "c=3");
    }

    @Test
    void undoBringsBackADeletedBranchWithItsChanges() {
        Branch draft = db.branch("draft", "main");
        commit(draft, "a", "1");
        draft.space("s").put("b", "2");
        Commit head = draft.head();
        db.forceDeleteBranch("draft");
        assertThat(db.undo().ref()).isEqualTo("draft");
        assertThat(db.branch("draft").head()).isEqualTo(head);
        assertThat(rows("draft")).containsExactly("a=1", "b=2");
        assertThat(db.branch("draft").hasChanges()).isTrue();
    }

    @Test
    void undoTakesBackADiscardAMergeAndARename() {
        commit(db.main(), "a", "1");
        Branch draft = db.branch("draft", "main");
        commit(draft, "b", "2");
        commit(db.main(), "c", "3");
        Commit before = db.head();
        db.merge("draft", Merge.into("main"));
        db.undo();
        assertThat(db.head()).isEqualTo(before);
        assertThat(rows("main")).containsExactly("a=1", "c=3");
        db.space("s").put("d", "4");
        db.main().discard();
        db.undo();
        assertThat(rows("main")).containsExactly("a=1", "c=3", "d=4");
        db.renameBranch("draft", "sketch");
        db.undo();
        assertThat(names()).containsExactly("draft", "main");
    }

    @Test
    void undoOfARenameTakesBackAllThatGoesByTheName() {
        Branch draft = db.branch("draft", "main");
        commit(db.main(), "a", "ours");
        commit(draft, "a", "theirs");
        db.merge("main", Merge.into("draft").keepingConflicts());
        db.switchTo("draft");
        db.renameBranch("draft", "sketch");
        assertThat(db.current().name()).isEqualTo("sketch");
        assertThat(db.current().merging()).isPresent();
        assertThat(db.undo().action()).isEqualTo("rename");
        reopenIfPossible();
        assertThat(db.current().name()).isEqualTo("draft");
        assertThat(db.current().merging()).isPresent();
    }

    @Test
    void undoDoesNotTakeTheCurrentBranchAway() {
        db.branch("draft", "main");
        db.switchTo("draft");
        incorrect(ErrorCode.BRANCH_PROTECTED, () -> db.undo());
        assertThat(db.current().name()).isEqualTo("draft");
        db.switchTo("main");
        assertThat(db.undo().action()).isEqualTo("branch");
        assertThat(names()).containsExactly("main");
    }

    @Test
    void undoSeesThatChangesCancelOut() {
        Branch draft = db.branch("draft", "main");
        draft.space("s").put("a", "1");
        draft.space("s").delete("a");
        assertThat(db.undo().ref()).isEqualTo("draft");
        assertThat(names()).containsExactly("main");
    }

    @Test
    void undoRefusesToLoseWhatCameLater() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "2");
        db.main().reset("main~1", Reset.HARD);
        db.space("s").put("later", "x");
        incorrect(ErrorCode.CANNOT_UNDO, () -> db.undo());
        assertThat(rows("main")).containsExactly("a=1", "later=x");
        db.main().discard();
        assertThat(db.undo().action()).isEqualTo("discard");
        assertThat(rows("main")).containsExactly("a=1", "later=x");
    }

    @Test
    void undoTakesAnAppliedStashOutAgain() {
        commit(db.main(), "a", "1");
        db.space("s").put("b", "aside");
        StashEntry entry = db.main().stash().push().orElseThrow();
        db.space("s").put("c", "mine");
        db.main().stash().apply(0);
        assertThat(rows("main")).containsExactly("a=1", "b=aside", "c=mine");
        reopenIfPossible();
        assertThat(db.undo().action()).isEqualTo("stash");
        assertThat(rows("main")).containsExactly("a=1", "c=mine");
        assertThat(db.main().stash().list()).containsExactly(entry);
        assertThat(db.undo().action()).isEqualTo("commit");
    }

    @Test
    void undoOfAPopPutsTheEntryBackWhereItWas() {
        commit(db.main(), "a", "1");
        for (String value : List.of("first", "second", "third")) {
            db.space("s").put("b", value);
            db.main().stash().push(value);
        }
        List<StashEntry> all = db.main().stash().list();
        db.main().stash().pop(StashPick.of(1));
        assertThat(rows("main")).containsExactly("a=1", "b=second");
        assertThat(db.main().stash().list()).hasSize(2);
        db.undo();
        assertThat(rows("main")).containsExactly("a=1");
        assertThat(db.main().stash().list()).isEqualTo(all);
        db.main().stash().pop();
        db.space("s").put("c", "later");
        incorrect(ErrorCode.CANNOT_UNDO, () -> db.undo());
        assertThat(rows("main")).containsExactly("a=1", "b=third", "c=later");
        assertThat(db.main().stash().list()).hasSize(2);
        db.space("s").delete("c");
        assertThat(db.undo().action()).isEqualTo("stash");
        assertThat(rows("main")).containsExactly("a=1");
        assertThat(db.main().stash().list()).isEqualTo(all);
    }

    @Test
    void undoOfAPopThatWaitedPutsTheEntryBack() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "aside");
        StashEntry entry = db.main().stash().push().orElseThrow();
        db.space("s").put("a", "mine");
        db.main().stash().pop(StashPick.of(0).keepingConflicts());
        db.main().conflicts().orElseThrow().resolveAll(ConflictQuery.all(), Resolver.THEIRS);
        db.main().stash().waiting().ifPresent(StashInProgress::resume);
        assertThat(rows("main")).containsExactly("a=aside");
        assertThat(db.main().stash().list()).isEmpty();
        db.undo();
        assertThat(rows("main")).containsExactly("a=mine");
        assertThat(db.main().stash().list()).containsExactly(entry);
        assertThat(db.main().stash().waiting()).isEmpty();
    }

    @Test
    void undoTakesAnUncommittedMergeOutAgain() {
        Branch draft = db.branch("draft", "main");
        commit(draft, "b", "2");
        commit(db.main(), "a", "1");
        db.merge("draft", Merge.into("main").uncommitted());
        assertThat(rows("main")).containsExactly("a=1", "b=2");
        MergeInProgress merge = db.main().merging().orElseThrow();
        db.space("s").put("c", "later");
        incorrect(ErrorCode.CANNOT_UNDO, () -> db.undo());
        db.space("s").delete("c");
        assertThat(db.undo().action()).isEqualTo("merge");
        assertThat(rows("main")).containsExactly("a=1");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.main().merging()).isEmpty();
        notFound(ErrorCode.NO_MERGE, merge::commit);
        db.space("s").put("c", "3");
        assertThat(db.commit("alone").parents()).hasSize(1);
    }

    @Test
    void undoTakesAnImportBack() throws IOException {
        commit(db.main(), "a", "1");
        db.space("s").put("b", "mine");
        db.main().importLines(new ByteArrayInputStream(utf8("{\"space\":\"s\",\"key\":\"a\",\"text\":\"in\"}\n")));
        assertThat(rows("main")).containsExactly("a=in", "b=mine");
        assertThat(db.undo().action()).isEqualTo("import");
        assertThat(rows("main")).containsExactly("a=1", "b=mine");
    }
}
