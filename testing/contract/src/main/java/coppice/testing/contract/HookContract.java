package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitEvent;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.EmptyCommit;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Merge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What hooks may do to commits, and what they can not.
@Timeout(60)
abstract class HookContract extends Contract {
    /// So short that a hook that hangs is given up at once.
    private static final Duration AT_ONCE = Duration.ofNanos(1);

    /// So long that nobody waits for it in vain.
    private static final Duration LONG = Duration.ofMinutes(1);

    private static Hooks asking(Hook.Question<CommitEvent> hook) {
        return Hooks.none().preCommit("test", hook).within(LONG);
    }

    /// Asserts that a commit is refused with this code, and that nothing has changed.
    private DatabaseException refusedForNothing(ErrorCode code, ThrowingCallable call) {
        String head = db.head().id().hex();
        var before = everything(db.main().snapshot());
        List<String> changes = shown(db.main().changes());
        refused(DatabaseException.Refused.class, code, call);
        assertThat(db.head().id().hex()).isEqualTo(head);
        assertThat(everything(db.main().snapshot())).isEqualTo(before);
        assertThat(shown(db.main().changes())).isEqualTo(changes);
        assertThat(db.check().issues()).isEmpty();
        return catchThrowableOfType(DatabaseException.class, call);
    }

    @Test
    void isAskedAboutTheVeryCommitThatIsMade() {
        commit(db.main(), "a", "1");
        Commit first = db.head();
        List<CommitEvent> asked = new ArrayList<>();
        List<String> changes = new ArrayList<>();
        db.add(asking(commit -> {
            asked.add(commit);
            changes.addAll(shown(commit.changes()));
            assertThat(db.head()).isEqualTo(first);
            return Hook.accept();
        }));
        db.space("s").put("a", "2");
        db.space("t").put("b", "3");
        Commit made = db.main().commit(CommitMessage.of("why").by("Bob").with("tool", "test"));
        assertThat(asked).singleElement().satisfies(event -> {
            assertThat(event.branch()).isEqualTo("main");
            assertThat(event.action()).isEqualTo("commit");
            assertThat(event.commit()).isEqualTo(made);
            assertThat(event.before().commit()).isEqualTo(first);
            assertThat(event.after().commit()).isEqualTo(made);
            assertThat(event.before().space("s").text("a")).contains("1");
            assertThat(event.after().space("s").text("a")).contains("2");
        });
        assertThat(changes).containsExactly("~s/a=1>2", "+t/b=3");
        assertThat(made.author()).isEqualTo("Bob");
        assertThat(made.metadata()).containsEntry("tool", "test");
    }

    @Test
    void aVetoSaysWhyAndChangesNothing() {
        db.add(Hooks.none().preCommit("no x", commit -> {
            boolean bad = commit.after().space("s").text("x").isPresent();
            return bad ? Hook.veto("x is not wanted: take it out") : Hook.accept();
        }));
        commit(db.main(), "a", "1");
        db.space("s").put("x", "1");
        DatabaseException veto = refusedForNothing(ErrorCode.HOOK_VETOED, () -> db.commit("with x"));
        assertThat(veto).hasMessageContaining("'no x'").hasMessageContaining("x is not wanted: take it out");
        assertThat(veto.context()).containsEntry("hook", "no x");
        db.space("s").delete("x");
        assertThat(db.commit("without").message()).isEqualTo("without");
    }

    @Test
    void theFirstThatDoesNotAgreeDecides() {
        List<String> asked = new ArrayList<>();
        db.add(Hooks.none()
                .preCommit("first", commit -> {
                    asked.add("first");
                    return Hook.accept();
                })
                .preCommit("second", commit -> {
                    asked.add("second");
                    return Hook.veto("no");
                })
                .preCommit("third", commit -> {
                    asked.add("third");
                    return Hook.accept();
                }));
        refused(DatabaseException.Refused.class, ErrorCode.HOOK_VETOED, () -> db.commit("any"));
        assertThat(asked).containsExactly("first", "second");
    }

    @Test
    void aHookThatThrowsHasNotAgreed() {
        IllegalStateException own = new IllegalStateException("broken");
        db.add(asking(commit -> {
            throw own;
        }));
        db.space("s").put("a", "1");
        DatabaseException failure = refusedForNothing(ErrorCode.HOOK_FAILED, () -> db.commit("any"));
        assertThat(failure).hasCause(own).hasMessageContaining("broken");
    }

    @Test
    void aHookThatRunsOutOfStackHasNotAgreed() {
        db.add(asking(HookContract::endless));
        refusedForNothing(ErrorCode.HOOK_FAILED, () -> db.commit("any"));
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static Hook.Answer endless(CommitEvent commit) {
        return endless(commit);
    }

    @Test
    void aHookThatHangsIsInterruptedAndHasNotAgreed() throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        db.add(asking(commit -> {
                    try {
                        new CountDownLatch(1).await();
                        return Hook.accept();
                    } catch (InterruptedException told) {
                        interrupted.countDown();
                        throw told;
                    }
                })
                .within(AT_ONCE));
        db.space("s").put("a", "1");
        refusedForNothing(ErrorCode.HOOK_TIMED_OUT, () -> db.commit("any"));
        interrupted.await();
    }

    @Test
    void aHookThatHangsForEverIsNotCalledAgainUntilItEnds() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        CountDownLatch ended = new CountDownLatch(1);
        Hooks.Registration hanging = db.add(asking(commit -> {
                    calls.incrementAndGet();
                    awaitDeafly(never);
                    ended.countDown();
                    return Hook.accept();
                })
                .within(AT_ONCE));
        refused(DatabaseException.Refused.class, ErrorCode.HOOK_TIMED_OUT, () -> db.commit("any"));
        refused(DatabaseException.Refused.class, ErrorCode.HOOK_TIMED_OUT, () -> db.commit("again"));
        assertThat(calls.get()).isLessThanOrEqualTo(1);
        hanging.close();
        db.commit("without it");
        never.countDown();
        if (calls.get() > 0) {
            ended.await();
        }
    }

    private static void awaitDeafly(CountDownLatch latch) {
        boolean waiting = true;
        while (waiting) {
            try {
                latch.await();
                waiting = false;
            } catch (InterruptedException deaf) {
                // As a hook would be that has never heard of interrupts.
            }
        }
    }

    @Test
    void writersAndCheckpointsAndCollectionsGoOnWhileAHookThinks() {
        db.space("s").put("a", "1");
        db.add(asking(commit -> {
            db.space("s").put("b", "written by the hook");
            Team.of(2, member -> db.space("s").put("m" + member, "by another thread"));
            db.checkpoint();
            db.gc();
            db.space("s").put("c", "after the collection");
            return Hook.accept();
        }));
        Commit made = db.commit("only a");
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        assertThat(shown(db.main().changes()))
                .containsExactly(
                        "+s/b=written by the hook",
                        "+s/c=after the collection",
                        "+s/m0=by another thread",
                        "+s/m1=by another thread");
        assertThat(db.check().issues()).isEmpty();
    }

    @Test
    void whatIsRefusedCanBeCollectedAndCommittedLater() {
        List<Boolean> refusing = new CopyOnWriteArrayList<>(List.of(true));
        db.add(asking(commit -> refusing.getFirst() ? Hook.veto("not yet") : Hook.accept()));
        db.space("s").put("a", "1");
        refusedForNothing(ErrorCode.HOOK_VETOED, () -> db.commit("early"));
        db.gc();
        refusing.set(0, false);
        Commit made = db.commit("late");
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        reopenIfPersistent();
        assertThat(db.check().issues()).isEmpty();
    }

    private void reopenIfPersistent() {
        if (subject.isPersistent()) {
            reopen();
        }
    }

    @Test
    void isAskedAgainWhenTheBranchMovedMeanwhile() {
        commit(db.main(), "a", "1");
        db.space("s").put("a", "2");
        List<String> asked = new ArrayList<>();
        db.add(asking(commit -> {
            asked.add(String.join(" ", shown(commit.changes())));
            if (asked.size() == 1) {
                db.main().discard();
                db.space("s").put("b", "1");
            }
            return Hook.accept();
        }));
        Commit made = db.commit("what is there in the end");
        assertThat(asked).containsExactly("~s/a=1>2", "+s/b=1");
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1", "b=1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void aHookThatMovesTheBranchWheneverItIsAskedIsGivenUp() {
        AtomicInteger calls = new AtomicInteger();
        db.add(asking(commit -> {
            db.space("s").put("n", "" + calls.incrementAndGet());
            db.main().discard();
            return Hook.accept();
        }));
        refused(DatabaseException.Conflict.class, ErrorCode.CONFLICT, () -> db.commit("never"));
    }

    @Test
    void aHookThatIsAskedMustNotMakeVersions() {
        List<ThrowingCallable> forbidden = List.of(
                () -> db.commit("inside"),
                () -> db.main().amend(CommitMessage.of("inside")),
                () -> db.merge("other", Merge.into("main")));
        db.branch("other", "main");
        AtomicInteger tried = new AtomicInteger();
        db.add(asking(commit -> {
            for (ThrowingCallable call : forbidden) {
                incorrect(ErrorCode.INSIDE_HOOK, call);
                tried.incrementAndGet();
            }
            return Hook.accept();
        }));
        Commit made = db.commit("outside");
        assertThat(tried).hasValue(forbidden.size());
        assertThat(db.head()).isEqualTo(made);
    }

    @Test
    void isNotAskedAboutACommitThatIsSkipped() {
        commit(db.main(), "a", "1");
        Commit head = db.head();
        db.add(asking(commit -> Hook.veto("never")).postCommit("told", commit -> {
            throw new AssertionError("nothing was made");
        }));
        assertThat(db.main().commit(CommitMessage.of("none").whenEmpty(EmptyCommit.SKIP)))
                .isEqualTo(head);
        incorrect(
                ErrorCode.NOTHING_TO_COMMIT,
                () -> db.main().commit(CommitMessage.of("none").whenEmpty(EmptyCommit.REFUSE)));
    }

    @Test
    void anAmendedCommitIsComparedWithItsParent() {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "2");
        List<String> asked = new ArrayList<>();
        db.add(asking(commit -> {
            asked.add(commit.action() + " " + shown(commit.changes()));
            return Hook.accept();
        }));
        db.space("s").put("c", "3");
        db.main().amend(CommitMessage.of("b and c"));
        assertThat(asked).containsExactly("amend [+s/b=2, +s/c=3]");
        assertThat(db.log("main")).hasSize(3);
    }

    @Test
    void manyThatCommitAtOnceAreAskedOneAfterTheOther() {
        AtomicInteger inside = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        db.add(asking(commit -> {
            seen.add(inside.incrementAndGet());
            inside.decrementAndGet();
            return Hook.accept();
        }));
        Team.of(8, member -> {
            db.space("s").put("k" + member, "v");
            db.commit("by " + member);
        });
        assertThat(seen).hasSize(8).containsOnly(1);
        assertThat(db.log("main")).hasSize(9);
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.space("s").count()).isEqualTo(8);
    }

    @Test
    void isToldOfWhatWasMade() {
        List<CommitEvent> told = new ArrayList<>();
        db.add(Hooks.none().postCommit("told", commit -> {
            assertThat(db.head()).isEqualTo(commit.commit());
            told.add(commit);
        }));
        db.space("s").put("a", "1");
        Commit made = db.commit("why");
        assertThat(told).singleElement().satisfies(event -> {
            assertThat(event.commit()).isEqualTo(made);
            assertThat(shown(event.changes())).containsExactly("+s/a=1");
        });
    }

    @Test
    void whatAHookDoesWrongAfterwardsIsReportedAndChangesNothing() throws InterruptedException {
        Map<ErrorCode, DatabaseException> reported = new ConcurrentHashMap<>();
        CountDownLatch both = new CountDownLatch(2);
        IllegalStateException own = new IllegalStateException("broken");
        Hooks reporting = Hooks.none().reporting(failure -> {
            reported.put(failure.code(), failure);
            both.countDown();
        });
        db.add(reporting.within(LONG).postCommit("throws", commit -> {
            throw own;
        }));
        db.add(reporting.within(AT_ONCE).postCommit("hangs", commit -> new CountDownLatch(1).await()));
        Commit made = db.commit("made");
        assertThat(db.head()).isEqualTo(made);
        both.await();
        assertThat(reported).containsOnlyKeys(ErrorCode.HOOK_FAILED, ErrorCode.HOOK_TIMED_OUT);
        assertThat(reported.get(ErrorCode.HOOK_FAILED)).hasCause(own);
    }

    @Test
    void aListenerThatFailsIsNoFailureOfTheCommit() {
        db.add(Hooks.none()
                .postCommit("throws", commit -> {
                    throw new IllegalStateException("broken");
                })
                .reporting(failure -> {
                    throw failure;
                }));
        assertThat(db.commit("made")).isEqualTo(db.head());
    }

    @Test
    void aHookThatIsToldMayCommitAndIsNotToldOfThat() {
        db.branch("audit", "main");
        Branch audit = db.branch("audit");
        List<String> told = new CopyOnWriteArrayList<>();
        db.add(Hooks.none()
                .postCommit("audit", commit -> {
                    told.add("audit " + commit.branch());
                    audit.space("log")
                            .put(commit.commit().id().hex(), commit.commit().message());
                    audit.commit("noted");
                })
                .postCommit("other", commit -> told.add("other " + commit.branch())));
        Commit made = db.commit("noteworthy");
        assertThat(told).containsExactly("audit main", "other audit", "other main");
        assertThat(db.at("audit").space("log").text(made.id().hex())).contains("noteworthy");
    }

    @Test
    void areInPlaceUntilTheyAreTakenAway() {
        Hooks.Registration veto = db.add(asking(commit -> Hook.veto("no")));
        refused(DatabaseException.Refused.class, ErrorCode.HOOK_VETOED, () -> db.commit("any"));
        veto.close();
        veto.close();
        assertThat(db.commit("any")).isEqualTo(db.head());
    }

    @Test
    void areInPlaceFromTheFirstMomentWhenTheyComeWithTheOptions() {
        db.close();
        try (Database guarded = subject.open(OPTIONS.with(asking(commit -> Hook.veto("no"))))) {
            refused(DatabaseException.Refused.class, ErrorCode.HOOK_VETOED, () -> guarded.commit("any"));
        }
        db = subject.open(OPTIONS);
    }
}
