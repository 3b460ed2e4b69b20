package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Merge;
import coppice.api.MergeOutcome;
import coppice.api.Pick;
import coppice.api.PickOutcome;
import coppice.api.Range;
import coppice.api.RebaseOutcome;
import coppice.api.RebasePlan;
import coppice.api.Reset;
import coppice.api.Resolver;
import coppice.api.Signer;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A transaction that another thread finishes in the midst of a version operation is not lost. The midst is where an
/// operation calls back: a signer, a resolver, a hook.
@Timeout(120)
abstract class RaceContract extends Contract {
    private static final int WRITERS = 3;
    private static final int EACH = 200;

    /// Does something on another thread, the first time it is called.
    private static Runnable once(Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                Team.of(1, member -> work.run());
            }
        };
    }

    private Runnable writing() {
        return once(() -> db.main().run(tx -> tx.space("s").put("meanwhile", "1")));
    }

    private Runnable committing() {
        return once(() -> commit(db.main(), "meanwhile", "1"));
    }

    private static CommitMessage signed(String text, Runnable midst) throws GeneralSecurityException {
        Signer signer = Signer.of(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        return CommitMessage.of(text).signed(new Signer() {
            @Override
            public PublicKey publicKey() {
                return signer.publicKey();
            }

            @Override
            public byte[] sign(byte[] bytes) {
                midst.run();
                return signer.sign(bytes);
            }
        });
    }

    private static Resolver theirs(Runnable midst) {
        return conflict -> {
            midst.run();
            return new Resolver.Take(conflict.theirs());
        };
    }

    /// `k` was changed on both branches.
    private Branch apart() {
        commit(db.main(), "k", "base");
        Branch draft = db.branch("draft", "main");
        commit(draft, "k", "theirs");
        commit(db.main(), "k", "ours");
        return draft;
    }

    @Test
    void isUncommittedAfterACommit() throws GeneralSecurityException {
        db.space("s").put("a", "1");
        Commit made = db.main().commit(signed("only a", writing()));
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
    }

    @Test
    void isUncommittedAfterAVersionMadeInOneStep() throws GeneralSecurityException {
        Commit made = db.main()
                .commit(signed("only a", writing()), tx -> tx.space("s").put("a", "1"));
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
    }

    @Test
    void aCommitMadeInTheMidstOfAVersionIsItsParent() throws GeneralSecurityException {
        db.main().commit(signed("only a", committing()), tx -> tx.space("s").put("a", "1"));
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1", "meanwhile=1");
        assertThat(rows(db.at("main~1").space("s"))).containsExactly("meanwhile=1");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.log("main")).hasSize(3);
    }

    @Test
    void isUncommittedAfterAnAmendment() throws GeneralSecurityException {
        commit(db.main(), "a", "1");
        Commit made = db.main().amend(signed("only a", writing()));
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
    }

    @Test
    void isUncommittedAfterASquash() throws GeneralSecurityException {
        commit(db.main(), "a", "1");
        commit(db.main(), "b", "2");
        db.main().edits().squash("main~2", signed("both", writing()));
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
        assertThat(db.log("main")).hasSize(2);
    }

    @Test
    void aCommitMadeInTheMidstOfASquashIsSquashedToo() throws GeneralSecurityException {
        commit(db.main(), "a", "1");
        db.main().edits().squash("main~1", signed("all", committing()));
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1", "meanwhile=1");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.log("main")).hasSize(2);
    }

    @Test
    void endsAMergeAndStaysWhereItIs() {
        apart();
        incorrect(
                ErrorCode.UNCOMMITTED_CHANGES,
                () -> db.merge("draft", Merge.into("main").resolving(theirs(writing()))));
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
    }

    @Test
    void isMergedWhenItWasCommitted() {
        apart();
        MergeOutcome outcome = db.merge("draft", Merge.into("main").resolving(theirs(committing())));
        assertThat(outcome).isInstanceOf(MergeOutcome.Merged.class);
        assertThat(rows(db.space("s"))).containsExactly("k=theirs", "meanwhile=1");
        assertThat(db.log("main").iterator().next().parents()).hasSize(2);
    }

    @Test
    void endsACherryPickOrIsBelowIt() {
        apart();
        incorrect(
                ErrorCode.UNCOMMITTED_CHANGES,
                () -> db.main().edits().cherryPick(Pick.of("draft").resolving(theirs(writing()))));
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
        db.main().discard();
        PickOutcome outcome = db.main().edits().cherryPick(Pick.of("draft").resolving(theirs(committing())));
        assertThat(outcome).isInstanceOf(PickOutcome.Picked.class);
        assertThat(rows(db.at("main").space("s"))).containsExactly("k=theirs", "meanwhile=1");
    }

    @Test
    void endsARebaseOrIsRebasedToo() {
        apart();
        RebasePlan plan = db.main().edits().rebase().plan("draft");
        incorrect(
                ErrorCode.UNCOMMITTED_CHANGES,
                () -> db.main().edits().rebase().start(plan.resolving(theirs(writing()))));
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
        db.main().discard();
        RebaseOutcome outcome = db.main().edits().rebase().start(plan.resolving(theirs(committing())));
        assertThat(outcome).isInstanceOf(RebaseOutcome.Rebased.class);
        assertThat(rows(db.at("main").space("s"))).contains("meanwhile=1");
    }

    @Test
    void isBesideAStashThatIsPopped() {
        commit(db.main(), "k", "base");
        db.space("s").put("k", "stashed");
        db.main().stash().push();
        commit(db.main(), "k", "other");
        StashOutcome outcome = db.main().stash().pop(StashPick.of(0).resolving(theirs(writing())));
        assertThat(outcome).isInstanceOf(StashOutcome.Applied.class);
        assertThat(rows(db.space("s"))).containsExactly("k=stashed", "meanwhile=1");
    }

    @Test
    void staysWithTheWorkingStateInASoftReset() {
        commit(db.main(), "a", "1");
        Runnable midst = writing();
        db.add(Hooks.none().refUpdate("midst", event -> {
            midst.run();
            return Hook.accept();
        }));
        db.main().reset("main~1", Reset.SOFT);
        assertThat(shown(db.main().changes())).containsExactly("+s/a=1", "+s/meanwhile=1");
    }

    @Test
    void everyAcknowledgedTransactionIsThereWhateverWasDoneMeanwhile() {
        race();
    }

    @Test
    void everyAcknowledgedTransactionIsThereWithHooksToo() {
        db.add(Hooks.none()
                .preCommit("accepts", commit -> Hook.accept())
                .preMerge("accepts", merge -> Hook.accept())
                .refUpdate("accepts", update -> Hook.accept())
                .postCommit("hears", commit -> shown(commit.changes())));
        race();
    }

    private void race() {
        commit(db.main(), "base", "0");
        commit(db.main(), "base", "1");
        Branch draft = db.branch("draft", "main~1");
        commit(draft, "draft", "1");
        AtomicInteger writing = new AtomicInteger(WRITERS);
        Team.of(WRITERS + 1, member -> {
            if (member < WRITERS) {
                for (int i = 0; i < EACH; i++) {
                    String key = "w" + member + "-" + i;
                    db.main().run(tx -> tx.space("s").put(key, "1"));
                }
                writing.decrementAndGet();
            } else {
                SplittableRandom random = new SplittableRandom(1);
                while (writing.get() > 0) {
                    attempt(random.nextInt(9));
                }
            }
        });
        while (!db.main().stash().list().isEmpty()) {
            assertThat(db.main().stash().pop()).isInstanceOf(StashOutcome.Applied.class);
        }
        assertThat(rows(db.space("s"), Range.prefix("w"))).hasSize(WRITERS * EACH);
        assertThat(db.check().issues()).isEmpty();
    }

    private void attempt(int what) {
        Branch main = db.main();
        try {
            switch (what) {
                case 0, 1 -> main.commit("all");
                case 2 -> main.amend(CommitMessage.of("amended"));
                case 3 -> main.edits().squash("main~1", CommitMessage.of("squashed"));
                case 4 -> main.reset("main~1", Reset.SOFT);
                case 5 -> main.stash().push().ifPresent(_ -> main.stash().pop());
                case 6 -> db.merge("draft", Merge.into("main").noFastForward());
                case 7 -> main.edits().cherryPick(Pick.of("draft").keepingEmpty());
                default -> main.edits().rebase().onto("draft");
            }
        } catch (DatabaseException tooBusy) {
            assertThat(tooBusy.code())
                    .isIn(List.of(
                            ErrorCode.UNCOMMITTED_CHANGES,
                            ErrorCode.CONFLICT,
                            ErrorCode.UNKNOWN_REF,
                            ErrorCode.NOTHING_TO_SQUASH,
                            ErrorCode.REBASE_OVERTAKEN,
                            ErrorCode.REBASE_UNDER_WAY));
        }
    }
}
