package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.Transaction;
import org.junit.jupiter.api.Test;

/// Lines of work: made, listed, removed, and blind to each other.
abstract class BranchContract extends Contract {
    @Test
    void aNewDatabaseHasMainAlone() {
        assertThat(db.branches()).extracting(BranchInfo::name).containsExactly(Database.MAIN);
        assertThat(db.main().name()).isEqualTo("main");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.main().changes()).isEmpty();
        assertThat(db.head().parents()).isEmpty();
        assertThat(db.head().generation()).isZero();
        assertThat(db.main().head()).isEqualTo(db.head());
    }

    @Test
    void aBranchBeginsAtACommitOrARef() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        commit(db.main(), "a", "2");
        Branch early = db.branch("early", first);
        Branch late = db.branch("late", "main");
        Branch before = db.branch("before", "late~1");
        assertThat(early.head()).isEqualTo(first);
        assertThat(late.head()).isEqualTo(db.head());
        assertThat(before.head()).isEqualTo(first);
        assertThat(rows(early.space("s"))).containsExactly("a=1");
        assertThat(rows(late.space("s"))).containsExactly("a=2");
        assertThat(early.hasChanges()).isFalse();
        assertThat(db.branch("early").head()).isEqualTo(first);
    }

    @Test
    void branchesAreListedInTheOrderOfTheirNames() {
        for (String name : new String[] {"z", "b", "feature/b", "a", "feature/a", "B"}) {
            db.branch(name, db.head());
        }
        assertThat(db.branches())
                .extracting(BranchInfo::name)
                .containsExactly("B", "a", "b", "feature/a", "feature/b", "main", "z");
        db.forceDeleteBranch("b");
        assertThat(db.branches())
                .extracting(BranchInfo::name)
                .containsExactly("B", "a", "feature/a", "feature/b", "main", "z");
        assertThat(db.stats().history().branches()).isEqualTo(6);
    }

    @Test
    void aBranchTakesNoUncommittedChangesAlong() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "uncommitted");
        Branch other = db.branch("other", "main");
        assertThat(rows(other.space("s"))).containsExactly("a=1");
        assertThat(rows(db.space("s"))).containsExactly("a=uncommitted");
    }

    @Test
    void branchesDoNotSeeEachOthersChanges() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        other.space("s").put("b", "2");
        other.space("new").put("c", "3");
        db.space("s").delete("a");
        assertThat(everything(other.snapshot()).toString()).isEqualTo("{new=[c=3], s=[a=1, b=2]}");
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{}");
        other.commit("theirs");
        assertThat(db.head()).isNotEqualTo(other.head());
        assertThat(db.main().hasChanges()).isTrue();
        assertThat(other.hasChanges()).isFalse();
        db.commit("ours");
        assertThat(everything(other.snapshot()).toString()).isEqualTo("{new=[c=3], s=[a=1, b=2]}");
    }

    @Test
    void manyBranchesOfOneCommitGoTheirOwnWays() {
        commit(db.main(), "a", "0");
        for (int i = 0; i < 100; i++) {
            Branch branch = db.branch("b" + i, "main");
            branch.space("s").put("mine", "" + i);
            if (i % 2 == 0) {
                branch.commit("commit " + i);
            }
        }
        for (int i = 0; i < 100; i++) {
            assertThat(rows(db.branch("b" + i).space("s"))).containsExactly("a=0", "mine=" + i);
            assertThat(db.branch("b" + i).hasChanges()).isEqualTo(i % 2 == 1);
        }
    }

    @Test
    void aTakenNameIsRefused() {
        db.branch("b", db.head());
        incorrect(ErrorCode.BRANCH_EXISTS, () -> db.branch("b", db.head()));
        incorrect(ErrorCode.BRANCH_EXISTS, () -> db.branch("main", "main"));
    }

    @Test
    void whatIsUnknownIsNotFound() {
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.branch("nobody"));
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.forceDeleteBranch("nobody"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.branch("b", "nobody"));
        assertThat(db.branches()).hasSize(1);
    }

    @Test
    void mainIsProtected() {
        incorrect(ErrorCode.BRANCH_PROTECTED, () -> db.forceDeleteBranch("main"));
        db.space("s").put("a", "1");
        assertThat(rows(db.space("s"))).containsExactly("a=1");
    }

    @Test
    void aRemovedBranchIsGoneForItsHandlesToo() {
        Branch branch = db.branch("b", db.head());
        Space space = branch.space("s");
        space.put("a", "1");
        Transaction open = branch.begin();
        open.space("s").put("b", "2");
        db.forceDeleteBranch("b");
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.branch("b"));
        notFound(ErrorCode.UNKNOWN_BRANCH, branch::head);
        notFound(ErrorCode.UNKNOWN_BRANCH, branch::snapshot);
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> branch.commit("no"));
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> space.put("c", "3"));
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> space.get(utf8("a")));
        refused(DatabaseException.NotFound.class, ErrorCode.UNKNOWN_BRANCH, open::commit);
        open.close();
        notFound(ErrorCode.UNKNOWN_REF, () -> db.at("b"));
    }

    @Test
    void aRemovedNameCanBeUsedAgainAndStartsClean() {
        commit(db.main(), "a", "1");
        Branch branch = db.branch("b", "main");
        branch.space("s").put("a", "uncommitted");
        db.forceDeleteBranch("b");
        assertThat(rows(db.branch("b", "main").space("s"))).containsExactly("a=1");
        assertThat(db.branch("b").hasChanges()).isFalse();
    }

    @Test
    void commitsThatAnotherBranchReachesOutliveABranch() {
        Branch branch = db.branch("b", db.head());
        commit(branch, "a", "1");
        Commit commit = branch.head();
        db.branch("c", commit);
        db.forceDeleteBranch("b");
        db.checkpoint();
        db.gc();
        assertThat(db.resolve(commit.id().hex())).isEqualTo(commit);
        assertThat(rows(db.branch("c").space("s"))).containsExactly("a=1");
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void discardThrowsUncommittedChangesAway() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "2");
        db.space("s").put("b", "2");
        db.space("t").put("c", "2");
        assertThat(shown(db.main().changes())).containsExactly("~s/a=1>2", "+s/b=2", "+t/c=2");
        db.main().discard();
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.main().changes()).isEmpty();
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{s=[a=1]}");
        db.main().discard();
        db.space("s").put("d", "3");
        assertThat(rows(db.space("s"))).containsExactly("a=1", "d=3");
    }

    @Test
    void changesThatCancelOutAreNone() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "2");
        assertThat(db.main().hasChanges()).isTrue();
        db.space("s").put("a", "1");
        db.space("s").put("b", "1");
        db.space("s").delete("b");
        assertThat(db.main().changes()).isEmpty();
        assertThat(db.main().hasChanges()).isFalse();
    }
}
