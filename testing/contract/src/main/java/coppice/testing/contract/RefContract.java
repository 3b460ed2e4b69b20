package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.Divergence;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.ReflogEntry;
import coppice.api.Reset;
import coppice.api.SignatureCheck;
import coppice.api.Signer;
import coppice.api.Tag;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What points to commits, where it has been, and how to get back there.
abstract class RefContract extends Contract {
    private List<String> moves(String ref) {
        List<String> moves = new ArrayList<>();
        for (ReflogEntry entry : db.reflog(ref)) {
            moves.add(entry.action());
        }
        return moves;
    }

    private List<String> names() {
        return db.branches().stream().map(BranchInfo::name).toList();
    }

    private List<String> rows(String branch) {
        return rows(db.branch(branch).space("s"));
    }

    @Test
    void theListOfBranchesTellsHeadChangesAndWhichIsCurrent() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        db.branch("draft", "main").space("s").put("b", "2");
        assertThat(db.branches())
                .containsExactly(
                        new BranchInfo("draft", first, true, false), new BranchInfo("main", first, false, true));
        db.branch("draft").space("s").delete("b");
        assertThat(db.branches()).extracting(BranchInfo::hasChanges).containsExactly(false, false);
        db.branch("draft").space("s").put("b", "2");
        db.switchTo("draft");
        reopenIfPossible();
        assertThat(db.branches())
                .extracting(BranchInfo::hasChanges, BranchInfo::isCurrent)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(true, true),
                        org.assertj.core.groups.Tuple.tuple(false, false));
    }

    @Test
    void theCurrentBranchIsWhatTheHandleWorksOn() {
        assertThat(db.current().name()).isEqualTo("main");
        db.branch("draft", "main");
        assertThat(db.switchTo("draft").name()).isEqualTo("draft");
        db.space("s").put("a", "1");
        db.commit("on the draft");
        assertThat(db.head()).isEqualTo(db.branch("draft").head());
        assertThat(db.resolve("HEAD")).isEqualTo(db.branch("draft").head());
        assertThat(db.resolve("@")).isEqualTo(db.resolve("draft"));
        assertThat(rows("main")).isEmpty();
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.switchTo("nobody"));
        assertThat(db.current().name()).isEqualTo("draft");
        reopenIfPossible();
        if (subject.isPersistent()) {
            assertThat(db.current().name()).isEqualTo("draft");
        }
    }

    @Test
    void divergenceCountsTheCommitsOfEachSide() {
        commit(db.main(), "a", "1");
        Branch draft = db.branch("draft", "main");
        commit(draft, "b", "1");
        commit(draft, "c", "1");
        commit(db.main(), "d", "1");
        assertThat(db.divergence("draft", "main")).isEqualTo(new Divergence(2, 1));
        assertThat(db.divergence("main", "main")).isEqualTo(new Divergence(0, 0));
    }

    @Test
    void aRenamedBranchKeepsItsChangesAndItsReflog() {
        Branch old = db.branch("old", "main");
        commit(old, "a", "1");
        old.space("s").put("b", "2");
        Branch renamed = db.renameBranch("old", "new");
        assertThat(names()).containsExactly("main", "new");
        assertThat(rows(renamed.space("s"))).containsExactly("a=1", "b=2");
        assertThat(renamed.hasChanges()).isTrue();
        assertThat(moves("new")).containsExactly("rename", "commit", "branch");
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> old.space("s").put("c", "3"));
        renamed.commit("b");
        reopenIfPossible();
        if (subject.isPersistent()) {
            assertThat(moves("new")).containsExactly("commit", "rename", "commit", "branch");
            assertThat(rows("new")).containsExactly("a=1", "b=2");
        }
        incorrect(
                ErrorCode.BRANCH_EXISTS,
                () -> db.renameBranch(db.branches().getLast().name(), "main"));
        incorrect(ErrorCode.BRANCH_PROTECTED, () -> db.renameBranch("main", "trunk"));
    }

    @Test
    void aCopiedBranchHasTheChangesToo() {
        commit(db.main(), "a", "1");
        db.space("s").put("b", "2");
        Branch copy = db.copyBranch("main", "copy");
        assertThat(rows(copy.space("s"))).containsExactly("a=1", "b=2");
        assertThat(copy.hasChanges()).isTrue();
        assertThat(copy.head()).isEqualTo(db.head());
        copy.space("s").delete("a");
        assertThat(rows("main")).containsExactly("a=1", "b=2");
        incorrect(ErrorCode.BRANCH_EXISTS, () -> db.copyBranch("main", "copy"));
    }

    @Test
    void aBranchIsDeletedOnlyWhenNothingIsLost() {
        Branch draft = db.branch("draft", "main");
        commit(draft, "a", "1");
        incorrect(ErrorCode.BRANCH_NOT_MERGED, () -> db.deleteBranch("draft"));
        db.tags().create("kept", "draft");
        draft.space("s").put("b", "2");
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.deleteBranch("draft"));
        draft.discard();
        db.switchTo("draft");
        incorrect(ErrorCode.BRANCH_PROTECTED, () -> db.deleteBranch("draft"));
        incorrect(ErrorCode.BRANCH_PROTECTED, () -> db.forceDeleteBranch("draft"));
        db.switchTo("main");
        db.deleteBranch("draft");
        assertThat(names()).containsExactly("main");
        assertThat(moves("draft")).containsExactly("delete", "discard", "commit", "branch");
    }

    @Test
    void tagsNameCommitsForEver() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        Tag plain = db.tags().create("v1", "main");
        assertThat(plain.commit()).isEqualTo(first.id());
        assertThat(plain.annotation()).isEmpty();
        Tag rich = db.tags()
                .annotate("v1.0", "v1", CommitMessage.of("The first\n\nof many").by("Bob"));
        assertThat(rich.annotation().orElseThrow().tagger()).isEqualTo("Bob");
        assertThat(rich.annotation().orElseThrow().isSigned()).isFalse();
        commit(db.main(), "a", "2");
        assertThat(db.resolve("v1")).isEqualTo(first);
        assertThat(db.resolve("tags/v1.0")).isEqualTo(first);
        assertThat(rows(db.at("v1").space("s"))).containsExactly("a=1");
        incorrect(ErrorCode.TAG_EXISTS, () -> db.tags().create("v1", "main"));
        assertThat(db.tags().create("v1", "main~1").commit()).isEqualTo(first.id());
        incorrect(ErrorCode.INVALID_TAG_NAME, () -> db.tags().create("a b", "main"));
        incorrect(ErrorCode.INVALID_TAG_NAME, () -> db.tags().create("heads/x", "main"));
        notFound(ErrorCode.UNKNOWN_TAG, () -> db.tags().delete("v2"));
        reopenIfPossible();
        if (subject.isPersistent()) {
            assertThat(db.tags().list()).containsExactly(plain, rich);
        }
    }

    @Test
    void aDeletedTagComesBackWithItsAnnotation() {
        Tag tag = db.tags().annotate("v1", "main", CommitMessage.of("first"));
        db.tags().delete("v1");
        assertThat(db.tags().find("v1")).isEmpty();
        assertThat(db.undo().action()).isEqualTo("tag");
        assertThat(db.tags().find("v1").orElseThrow().annotation()).isEqualTo(tag.annotation());
    }

    @Test
    void signaturesVouchForCommitsAndTags() throws NoSuchAlgorithmException {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        KeyPair others = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        commit(db.main(), "a", "1");
        assertThat(db.verify("main", List.of(keys.getPublic()))).isEqualTo(new SignatureCheck.Unsigned());
        db.space("s").put("b", "2");
        Commit signed = db.main().commit(CommitMessage.of("signed").signed(Signer.of(keys)));
        assertThat(signed.isSigned()).isTrue();
        db.tags().annotate("v1", "main~1", CommitMessage.of("first").signed(Signer.of(others)));
        reopenIfPossible();
        if (subject.isPersistent()) {
            List<java.security.PublicKey> trusted = List.of(keys.getPublic());
            assertThat(db.verify("main", trusted)).isEqualTo(new SignatureCheck.Valid(keys.getPublic()));
            assertThat(db.verify("v1", trusted)).isEqualTo(new SignatureCheck.Unknown(others.getPublic()));
            assertThat(db.verify("main~1", trusted)).isEqualTo(new SignatureCheck.Unsigned());
        }
    }

    @Test
    void aCommitSaysWhoMadeTheChangeAndWhoTheCommit() {
        Instant then = Instant.ofEpochMilli(1_700_000_000_000L);
        db.space("s").put("a", "1");
        Commit made = db.main()
                .commit(CommitMessage.of("import")
                        .by("Ada")
                        .committedBy("agent-7")
                        .at(then)
                        .with("tool", "importer"));
        assertThat(made.author()).isEqualTo("Ada");
        assertThat(made.committer()).isEqualTo("agent-7");
        assertThat(made.authored()).isEqualTo(then);
        assertThat(made.time()).isAfter(then);
        assertThat(db.resolve(made.id().hex())).isEqualTo(made);
    }

    @Test
    void anEmptyCommitIsMadeSkippedOrRefused() {
        Commit first = db.head();
        assertThat(db.main().commit(CommitMessage.of("x").whenEmpty(EmptyCommit.SKIP)))
                .isEqualTo(first);
        incorrect(
                ErrorCode.NOTHING_TO_COMMIT,
                () -> db.main().commit(CommitMessage.of("x").whenEmpty(EmptyCommit.REFUSE)));
        Commit empty = db.main().commit(CommitMessage.of("x"));
        assertThat(empty.parents()).containsExactly(first.id());
        db.space("s").put("a", "1");
        assertThat(db.main()
                        .commit(CommitMessage.of("y").whenEmpty(EmptyCommit.REFUSE))
                        .generation())
                .isEqualTo(2);
    }

    @Test
    void amendReplacesTheLatestCommit() {
        commit(db.main(), "a", "1");
        Commit before = db.main().commit(CommitMessage.of("typo").by("Ada"));
        db.space("s").put("b", "2");
        Commit after = db.main().amend(CommitMessage.of("right"));
        assertThat(after.parents()).isEqualTo(before.parents());
        assertThat(after.author()).isEqualTo("Ada");
        assertThat(after.authored()).isEqualTo(before.authored());
        assertThat(db.head()).isEqualTo(after);
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.resolve("main@{1}")).isEqualTo(before);
        reopenIfPossible();
        if (subject.isPersistent()) {
            assertThat(db.head()).isEqualTo(after);
            assertThat(rows("main")).containsExactly("a=1", "b=2");
        }
        Branch root = db.branch("root", "main~2");
        assertThatThrownBy(() -> root.amend(CommitMessage.of("no"))).isInstanceOf(DatabaseException.class);
    }

    @Test
    void aSoftResetKeepsTheContentAndAHardOneDoesNot() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "2");
        db.space("s").put("c", "3");
        assertThat(db.main().reset("main~1", Reset.SOFT)).isEqualTo(db.head());
        assertThat(rows("main")).containsExactly("a=1", "b=2", "c=3");
        assertThat(shown(db.main().changes())).containsExactly("+s/b=2", "+s/c=3");
        db.main().reset("main@{1}", Reset.HARD);
        assertThat(rows("main")).containsExactly("a=1", "b=2");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(moves("main")).containsExactly("reset", "reset", "commit", "commit");
        notFound(ErrorCode.UNKNOWN_REF, () -> db.main().reset("nowhere", Reset.HARD));
    }

    @Test
    void aRefMayNameThePast() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        commit(db.main(), "b", "2");
        assertThat(db.resolve("main@{0}")).isEqualTo(db.head());
        assertThat(db.resolve("main@{1}")).isEqualTo(first);
        assertThat(db.resolve("@{1}")).isEqualTo(first);
        assertThat(db.resolve("HEAD@{2}").parents()).isEmpty();
        assertThat(db.resolve("main@{0}~1")).isEqualTo(first);
        assertThat(db.resolve("main@{now}")).isEqualTo(db.head());
        assertThat(db.resolve("heads/main")).isEqualTo(db.head());
        assertThat(db.resolve("main@{yesterday}").parents()).isEmpty();
        db.branch("young", "main");
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("young@{yesterday}"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("main@{17}"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("nobody@{1}"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("stash@{0}"));
        incorrect(ErrorCode.INVALID_REF, () -> db.resolve("main@{soon}"));
        incorrect(ErrorCode.INVALID_REF, () -> db.resolve("main@{1"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("heads/@"));
    }

    @Test
    void aCommitThatOnlyTheReflogRemembersGoesByItsHash() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "2");
        Commit left = db.head();
        commit(db.main(), "c", "3");
        String last = db.head().id().hex();
        db.main().reset("main~2", Reset.HARD);
        assertThat(db.resolve(left.id().hex())).isEqualTo(left);
        assertThat(db.resolve(left.id().hex().substring(0, 12))).isEqualTo(left);
        assertThat(rows(db.at(last).space("s"))).containsExactly("a=1", "b=2", "c=3");
        assertThat(db.resolve(last.substring(0, 10) + "~1")).isEqualTo(left);
        db.branch("rescued", left);
        assertThat(rows("rescued")).containsExactly("a=1", "b=2");
        db.main().space("s").put("d", "4");
        String aside = db.main().stash().push().orElseThrow().commit().id().hex();
        db.main().stash().drop(0);
        assertThat(rows(db.at(aside).space("s"))).containsExactly("a=1", "d=4");
        Commit amended = db.main().amend(CommitMessage.of("first"));
        db.main().amend(CommitMessage.of("again"));
        reopenIfPossible();
        assertThat(db.resolve(amended.id().hex())).isEqualTo(amended);
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("0".repeat(64)));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("0".repeat(20)));
    }

    @Test
    void aNameKeepsTheReflogOfEarlierBranchesButItsPastBeginsWithTheBranch() {
        Branch draft = db.branch("draft", "main");
        Commit root = db.head();
        commit(draft, "a", "1");
        commit(draft, "b", "2");
        db.forceDeleteBranch("draft");
        commit(db.main(), "c", "3");
        Commit begun = db.head();
        db.branch("draft", "main");
        commit(db.branch("draft"), "d", "4");
        assertThat(moves("draft")).containsExactly("commit", "branch", "delete", "commit", "commit", "branch");
        assertThat(db.resolve("draft@{1}")).isEqualTo(begun);
        for (int ago = 2; ago < 7; ago++) {
            String past = "draft@{" + ago + "}";
            notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve(past));
        }
        db.branch("sketch", root);
        commit(db.branch("sketch"), "e", "5");
        db.forceDeleteBranch("draft");
        db.renameBranch("sketch", "draft");
        assertThat(db.resolve("draft@{1}")).isEqualTo(db.resolve("draft"));
        assertThat(db.resolve("draft@{2}")).isEqualTo(root);
        notFound(ErrorCode.UNKNOWN_REF, () -> db.resolve("draft@{3}"));
    }

    @Test
    void theSystemsOwnBranchIsNobodys() {
        notFound(ErrorCode.UNKNOWN_BRANCH, () -> db.branch("@"));
        incorrect(ErrorCode.INVALID_BRANCH_NAME, () -> db.branch("@", "main"));
        incorrect(ErrorCode.INVALID_BRANCH_NAME, () -> db.branch("HEAD", "main"));
        incorrect(ErrorCode.INVALID_BRANCH_NAME, () -> db.branch("tags/x", "main"));
        assertThat(names()).containsExactly("main");
        assertThat(db.reflog("@")).isEmpty();
    }
}
