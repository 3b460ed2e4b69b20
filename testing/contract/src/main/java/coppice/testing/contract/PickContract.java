package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.Conflict;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.api.Resolver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Applying commits elsewhere, taking them back, putting one in place of many.
abstract class PickContract extends Contract {
    private List<String> log(String ref) {
        List<String> titles = new ArrayList<>();
        db.log(ref).forEach(commit -> titles.add(commit.title()));
        return titles;
    }

    private static PickOutcome.Picked picked(PickOutcome outcome) {
        assertThat(outcome).isInstanceOf(PickOutcome.Picked.class);
        return (PickOutcome.Picked) outcome;
    }

    private static List<String> made(PickOutcome outcome) {
        return picked(outcome).commits().stream().map(Commit::title).toList();
    }

    /// `main` with a=1, `other` from there with three commits.
    private Branch other() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        commit(other, "b", "1");
        commit(other, "b", "2");
        commit(other, "c", "3");
        commit(db.main(), "d", "4");
        return other;
    }

    @Test
    void aPickBringsWhatOneCommitChanged() {
        Branch other = other();
        commit(other, "e", "5");
        Commit before = db.head();
        PickOutcome.Picked outcome = picked(db.main().edits().cherryPick("other~1"));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "c=3", "d=4");
        assertThat(outcome.commits()).containsExactly(db.head());
        assertThat(outcome.skipped()).isEmpty();
        assertThat(db.head().parents()).containsExactly(before.id());
        assertThat(db.head().message()).isEqualTo("c=3");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void aPickKeepsAuthorAndMetadata() {
        Branch other = db.branch("other", "main");
        other.space("s").put("k", "v");
        Instant then = Instant.ofEpochSecond(1_600_000_000);
        other.commit(CommitMessage.of("by hand\n\nat length")
                .by("Eve")
                .committedBy("Mallory")
                .at(then)
                .with("tool", "pen"));
        commit(db.main(), "a", "1");
        Commit made = picked(db.main().edits().cherryPick("other")).commits().getFirst();
        assertThat(made.author()).isEqualTo("Eve");
        assertThat(made.authored()).isEqualTo(then);
        assertThat(made.committer()).isEqualTo("Ann");
        assertThat(made.time()).isAfter(then);
        assertThat(made.message()).isEqualTo("by hand\n\nat length");
        assertThat(made.metadata()).containsEntry("tool", "pen");
        assertThat(made.id()).isNotEqualTo(other.head().id());
    }

    @Test
    void aRangeIsPickedOldestFirstInOneMove() {
        other();
        assertThat(made(db.main().edits().cherryPick("main..other"))).containsExactly("b=1", "b=2", "c=3");
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
        assertThat(log("main")).startsWith("c=3", "b=2", "b=1", "d=4", "a=1");
    }

    @Test
    void severalCommitsArePickedInTheOrderGiven() {
        other();
        db.main().edits().cherryPick("other", "other~2");
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=1", "c=3", "d=4");
        assertThat(log("main")).startsWith("b=1", "c=3", "d=4");
    }

    @Test
    void aPickThatChangesNothingIsSkippedAndSaidSo() {
        Branch other = other();
        commit(db.main(), "c", "3");
        Commit before = db.head();
        PickOutcome.Picked outcome = picked(db.main().edits().cherryPick("other"));
        assertThat(outcome.commits()).isEmpty();
        assertThat(outcome.skipped()).containsExactly(other.head().id());
        assertThat(db.head()).isEqualTo(before);
        assertThat(made(db.main().edits().cherryPick(Pick.of("other").keepingEmpty())))
                .containsExactly("c=3");
        assertThat(db.head().parents()).containsExactly(before.id());
    }

    @Test
    void conflictsOfAPickAreDataAndNothingIsWritten() {
        Branch other = other();
        commit(db.main(), "b", "mine");
        Commit before = db.head();
        PickOutcome outcome = db.main().edits().cherryPick("other", "main..other");
        assertThat(outcome).isInstanceOf(PickOutcome.Conflicted.class);
        PickOutcome.Conflicted conflicted = (PickOutcome.Conflicted) outcome;
        assertThat(conflicted.at().id()).isEqualTo(db.resolve("other~2").id());
        Conflict conflict = conflicted.conflicts().getFirst();
        assertThat(new String(conflict.key(), UTF_8)).isEqualTo("b");
        assertThat(conflict.base()).isEmpty();
        assertThat(conflict.ours()).hasValue(utf8("mine"));
        assertThat(conflict.theirs()).hasValue(utf8("1"));
        assertThat(db.head()).isEqualTo(before);
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=mine", "d=4");
        assertThat(made(db.main().edits().cherryPick(Pick.of("main..other").resolving(Resolver.THEIRS))))
                .containsExactly("b=1", "b=2", "c=3");
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2", "c=3", "d=4");
        assertThat(other.hasChanges()).isFalse();
    }

    @Test
    void uncommittedChangesAreInTheWayOfAPick() {
        other();
        db.space("s").put("x", "uncommitted");
        Commit before = db.head();
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.main().edits().cherryPick("other"));
        incorrect(ErrorCode.UNCOMMITTED_CHANGES, () -> db.main().edits().revert("main"));
        assertThat(db.head()).isEqualTo(before);
        assertThat(rows(db.space("s"))).containsExactly("a=1", "d=4", "x=uncommitted");
    }

    @Test
    void whatIsNotThereIsNotPicked() {
        other();
        notFound(ErrorCode.UNKNOWN_REF, () -> db.main().edits().cherryPick("nowhere"));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.main().edits().cherryPick("main..nowhere"));
        assertThat(picked(db.main().edits().cherryPick("other..main")).commits())
                .as("what main has already")
                .isEmpty();
    }

    @Test
    void theFirstCommitOfAllCanBePicked() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        while (!first.parents().isEmpty()) {
            first = db.resolve(first.parents().getFirst().hex());
        }
        assertThat(picked(db.main().edits().cherryPick(first.id().hex())).skipped())
                .containsExactly(first.id());
    }

    @Test
    void aRevertTakesBackWhatACommitChanged() {
        commit(db.main(), "a", "1");
        commit(db.main(), "a", "2");
        Commit wrong = db.head();
        commit(db.main(), "b", "3");
        Commit made = picked(db.main().edits().revert("main~1")).commits().getFirst();
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=3");
        assertThat(made.message()).isEqualTo("Revert \"a=2\"\n\nThis reverts commit " + wrong.id() + ".");
        assertThat(made.author()).isEqualTo("Ann");
    }

    @Test
    void aRangeIsRevertedNewestFirst() {
        commit(db.main(), "a", "1");
        commit(db.main(), "a", "2");
        commit(db.main(), "a", "3");
        commit(db.main(), "b", "4");
        assertThat(made(db.main().edits().revert("main~3..main")))
                .containsExactly("Revert \"b=4\"", "Revert \"a=3\"", "Revert \"a=2\"");
        assertThat(rows(db.space("s"))).containsExactly("a=1");
    }

    @Test
    void aRevertOfWhatWasChangedSinceConflicts() {
        commit(db.main(), "a", "1");
        commit(db.main(), "a", "2");
        commit(db.main(), "a", "3");
        Commit before = db.head();
        assertThat(db.main().edits().revert("main~1")).isInstanceOf(PickOutcome.Conflicted.class);
        assertThat(db.head()).isEqualTo(before);
    }

    @Test
    void aRevertOfAMergeNeedsToKnowItsMainline() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        commit(other, "b", "2");
        commit(db.main(), "c", "3");
        db.merge("other", Merge.into("main"));
        incorrect(ErrorCode.MAINLINE_NEEDED, () -> db.main().edits().revert("main"));
        incorrect(
                ErrorCode.MAINLINE_NEEDED,
                () -> db.main().edits().revert(Pick.of("main").mainline(3)));
        incorrect(
                ErrorCode.MAINLINE_NEEDED,
                () -> db.main().edits().revert(Pick.of("main~1").mainline(2)));
        Branch second = db.branch("second", "main");
        picked(db.main().edits().revert(Pick.of("main").mainline(1)));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "c=3");
        picked(second.edits().revert(Pick.of("second").mainline(2)));
        assertThat(rows(second.space("s"))).containsExactly("a=1", "b=2");
    }

    @Test
    void aMergeIsPickedAsWhatItBroughtToItsMainline() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        Branch third = db.branch("third", "main");
        commit(other, "b", "2");
        commit(db.main(), "c", "3");
        db.merge("other", Merge.into("main"));
        incorrect(ErrorCode.MAINLINE_NEEDED, () -> third.edits().cherryPick("main"));
        picked(third.edits().cherryPick(Pick.of("main").mainline(1)));
        assertThat(rows(third.space("s"))).containsExactly("a=1", "b=2");
        assertThat(third.head().parents()).hasSize(1);
    }

    @Test
    void squashPutsOneCommitInPlaceOfMany() {
        commit(db.main(), "a", "1");
        Commit stays = db.head();
        commit(db.main(), "b", "2");
        commit(db.main(), "c", "3");
        db.space("s").put("x", "uncommitted");
        Commit made = db.main().edits().squash("main~2", CommitMessage.of("all at once"));
        assertThat(db.head()).isEqualTo(made);
        assertThat(made.parents()).containsExactly(stays.id());
        assertThat(made.message()).isEqualTo("all at once");
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1", "b=2", "c=3");
        assertThat(shown(db.main().changes())).containsExactly("+s/x=uncommitted");
    }

    @Test
    void squashNeedsAnAncestorToStay() {
        commit(db.main(), "a", "1");
        Branch other = db.branch("other", "main");
        commit(other, "b", "2");
        commit(db.main(), "c", "3");
        CommitMessage message = CommitMessage.of("squashed");
        incorrect(ErrorCode.NOTHING_TO_SQUASH, () -> db.main().edits().squash("main", message));
        incorrect(ErrorCode.NOTHING_TO_SQUASH, () -> db.main().edits().squash("other", message));
        notFound(ErrorCode.UNKNOWN_REF, () -> db.main().edits().squash("nowhere", message));
    }

    @Test
    void editsOutliveReopening() {
        other();
        db.main().edits().cherryPick("main..other");
        db.main().edits().revert("main");
        db.main().edits().squash("main~2", CommitMessage.of("squashed"));
        List<String> rows = rows(db.space("s"));
        Commit head = db.head();
        assertThat(rows).containsExactly("a=1", "b=2", "d=4");
        if (subject.isPersistent()) {
            reopen();
            assertThat(db.head()).isEqualTo(head);
            assertThat(rows(db.space("s"))).isEqualTo(rows);
        }
    }
}
