package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.CommitEvent;
import coppice.api.CommitMessage;
import coppice.api.DatabaseException;
import coppice.api.EmptyCommit;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Hook;
import coppice.api.Hooks;
import coppice.api.Isolation;
import coppice.api.Merge;
import coppice.api.Reset;
import coppice.api.Transaction;
import coppice.api.TransactionOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Transactions that are versions.
@Timeout(60)
abstract class AutoCommitContract extends Contract {
    private static final CommitMessage AUTO = CommitMessage.of("auto").with("agent", "test");

    private List<String> log() {
        return StreamSupport.stream(db.log("main").spliterator(), false)
                .map(Commit::message)
                .toList();
    }

    private int commits() {
        return log().size() - 1; // without the first, which each database has
    }

    private void open(CommitMessage message) {
        db.close();
        db = subject.open(OPTIONS.committingAll(message));
    }

    private static void put(Transaction tx, String key, String value) {
        tx.space("s").put(key, value);
    }

    @Test
    void aTransactionAndItsVersionAreOne() {
        CommitMessage message = CommitMessage.of("why").by("Bob").with("tool", "test");
        Commit made;
        try (Transaction tx = db.main().begin()) {
            put(tx, "a", "1");
            tx.space("t").put("b", "2");
            made = tx.commit(message);
        }
        assertThat(made).isEqualTo(db.head());
        assertThat(made.author()).isEqualTo("Bob");
        assertThat(made.metadata()).containsEntry("tool", "test");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1");
        assertThat(rows(db.at("main").space("t"))).containsExactly("b=2");
        assertThat(rows(db.at("main~1").space("s"))).isEmpty();
    }

    @Test
    void aBodyIsCommittedInOneCall() {
        Commit made = db.main().commit("both", tx -> {
            put(tx, "a", "1");
            put(tx, "b", "2");
        });
        assertThat(made).isEqualTo(db.head());
        String result = db.main().transact(TransactionOptions.defaults().committing(CommitMessage.of("third")), tx -> {
            put(tx, "c", "3");
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(log()).startsWith("third", "both");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void whatWasUncommittedIsInTheVersion() {
        db.space("s").put("before", "1");
        db.main().commit("all", tx -> put(tx, "a", "1"));
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1", "before=1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void aConflictLeavesNothingBehind() {
        db.space("s").put("a", "0");
        int before = commits();
        try (Transaction tx = db.main().begin()) {
            put(tx, "a", "mine");
            db.space("s").put("a", "theirs");
            assertThat(catchThrowable(() -> tx.commit(CommitMessage.of("lost"))))
                    .isInstanceOf(DatabaseException.Conflict.class);
        }
        assertThat(commits()).isEqualTo(before);
        assertThat(rows(db.space("s"))).containsExactly("a=theirs");
    }

    @Test
    void aVersionWithoutChangesIsMadeOrNotAsTheMessageSays() {
        db.main().commit("first", tx -> put(tx, "a", "1"));
        Commit head = db.head();
        CommitMessage message = CommitMessage.of("same");
        assertThat(db.main().commit(message.whenEmpty(EmptyCommit.SKIP), tx -> put(tx, "a", "1")))
                .isEqualTo(head);
        assertThat(db.main().commit(message.whenEmpty(EmptyCommit.SKIP), tx -> {}))
                .isEqualTo(head);
        incorrect(
                ErrorCode.NOTHING_TO_COMMIT,
                () -> db.main().commit(message.whenEmpty(EmptyCommit.REFUSE), tx -> put(tx, "a", "1")));
        assertThat(db.head()).isEqualTo(head);
        assertThat(db.main().commit(message, tx -> {}).parents()).containsExactly(head.id());
    }

    @Test
    void aTransactionThatTakesBackWhatWasUncommittedTakesEffectWithoutAVersion() {
        db.main().commit("first", tx -> put(tx, "a", "1"));
        Commit head = db.head();
        db.space("s").put("a", "2");
        CommitMessage skipping = CommitMessage.of("none").whenEmpty(EmptyCommit.SKIP);
        assertThat(db.main().commit(skipping, tx -> put(tx, "a", "1"))).isEqualTo(head);
        assertThat(rows(db.space("s"))).containsExactly("a=1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void undoTakesBackTheWritesWithTheVersion() {
        db.main().commit("first", tx -> put(tx, "a", "1"));
        Commit head = db.head();
        db.space("s").put("uncommitted", "1");
        db.main().commit("second", tx -> put(tx, "a", "2"));
        assertThat(db.undo().action()).isEqualTo("commit");
        assertThat(db.head()).isEqualTo(head);
        assertThat(rows(db.space("s"))).containsExactly("a=1", "uncommitted=1");
        assertThat(shown(db.main().changes())).containsExactly("+s/uncommitted=1");
    }

    @Test
    void everyTransactionIsAVersionWhereTheOptionsSaySo() throws IOException {
        open(AUTO);
        db.space("s").put("a", "1");
        db.space("s").apply(new Batch().put(utf8("b"), utf8("2")).delete(utf8("a")));
        db.main().run(tx -> put(tx, "c", "3"));
        db.main().load("loaded", List.of(new Entry(utf8("l"), utf8("1"))).iterator());
        db.main().importLines(new ByteArrayInputStream(utf8("{\"space\":\"s\",\"key\":\"i\",\"text\":\"1\"}\n")));
        assertThat(commits()).isEqualTo(5);
        assertThat(log().subList(0, 5)).containsOnly("auto");
        assertThat(db.head().metadata()).containsEntry("agent", "test");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(rows(db.at("main~4").space("s"))).containsExactly("a=1");
        assertThat(rows(db.at("main~3").space("s"))).containsExactly("b=2");
        assertThat(rows(db.at("main~2").space("s"))).containsExactly("b=2", "c=3");
    }

    @Test
    void whatChangesNothingIsNoVersion() {
        open(AUTO);
        db.space("s").put("a", "1");
        db.space("s").put("a", "1");
        db.space("s").delete("missing");
        db.space("s").apply(new Batch());
        db.main().run(tx -> tx.space("s").text("a"));
        db.main().run(tx -> put(tx, "a", "1"));
        assertThat(commits()).isEqualTo(1);
    }

    @Test
    void aMessageOfItsOwnGoesBeforeThatOfTheOptions() {
        open(AUTO);
        db.main().commit("mine", tx -> put(tx, "a", "1"));
        assertThat(log()).first().isEqualTo("mine");
        assertThat(commits()).isEqualTo(1);
    }

    @Test
    void mergedContentWaitsToBeCommittedByHand() {
        open(AUTO);
        db.space("s").put("base", "1");
        Branch draft = db.branch("draft", "main");
        draft.space("s").put("theirs", "1");
        db.space("s").put("ours", "1");
        int before = commits();
        db.merge("draft", Merge.into("main").uncommitted());
        db.space("s").put("more", "1");
        assertThat(commits()).isEqualTo(before);
        assertThat(db.commit("merged").parents()).hasSize(2);
        assertThat(rows(db.at("main").space("s"))).containsExactly("base=1", "more=1", "ours=1", "theirs=1");
        db.space("s").put("again", "1");
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void aMessageOfItsOwnCommitsTheMerge() {
        db.main().commit("base", tx -> put(tx, "base", "1"));
        db.branch("draft", "main").commit("theirs", tx -> put(tx, "theirs", "1"));
        db.main().commit("ours", tx -> put(tx, "ours", "1"));
        db.merge("draft", Merge.into("main").uncommitted());
        assertThat(db.main().commit("both", tx -> put(tx, "more", "1")).parents())
                .hasSize(2);
        assertThat(db.main().merging()).isEmpty();
    }

    @Test
    void concurrentTransactionsEachAreAVersion() {
        open(AUTO);
        int threads = 4;
        int each = 25;
        Team.of(threads, member -> {
            for (int i = 0; i < each; i++) {
                db.space("s").put("t" + member + "-" + i, "1");
                db.main().transact(new TransactionOptions(Isolation.SERIALIZABLE, 10_000), tx -> {
                    String last = tx.space("s").text("counter").orElse("0");
                    tx.space("s").put("counter", "" + (Integer.parseInt(last) + 1));
                    return true;
                });
            }
        });
        assertThat(commits()).isEqualTo(2 * threads * each);
        assertThat(db.space("s").text("counter")).contains("" + threads * each);
        for (Commit commit : db.log("main")) {
            if (!commit.parents().isEmpty()) {
                var changes =
                        db.diff(commit.parents().getFirst().hex(), commit.id().hex());
                assertThat(shown(changes)).hasSize(1);
            }
        }
        assertThat(db.check().issues()).isEmpty();
    }

    @Test
    void versionsOutliveTheSession() {
        open(AUTO);
        for (int i = 0; i < 20; i++) {
            db.space("s").put("k" + i % 5, "" + i);
        }
        List<String> before = log();
        db.main().reset("main~2", Reset.HARD);
        if (!subject.isPersistent()) {
            return;
        }
        reopen();
        assertThat(log()).isEqualTo(before.subList(2, before.size()));
        assertThat(rows(db.space("s"))).containsExactly("k0=15", "k1=16", "k2=17", "k3=13", "k4=14");
    }

    private static Hooks asking(Hook.Question<CommitEvent> hook) {
        return Hooks.none().preCommit("test", hook).within(Duration.ofMinutes(1));
    }

    @Test
    void hooksAreAskedAndToldOfEach() {
        open(AUTO);
        List<String> asked = new ArrayList<>();
        List<String> told = new ArrayList<>();
        db.add(asking(event -> {
            asked.addAll(shown(event.changes()));
            return event.after().space("s").text("bad").isPresent() ? Hook.veto("bad is bad") : Hook.accept();
        }));
        db.add(Hooks.none().postCommit("told", event -> told.add(event.action())));
        db.space("s").put("a", "1");
        db.main().run(tx -> put(tx, "b", "2"));
        assertThat(asked).containsExactly("+s/a=1", "+s/b=2");
        assertThat(told).containsExactly("commit", "commit");
        refused(
                DatabaseException.Refused.class,
                ErrorCode.HOOK_VETOED,
                () -> db.space("s").put("bad", "1"));
        refused(
                DatabaseException.Refused.class,
                ErrorCode.HOOK_VETOED,
                () -> db.main().run(tx -> put(tx, "bad", "1")));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2");
        assertThat(commits()).isEqualTo(2);
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void whatAHookWritesStaysUncommittedOverTheVersion() {
        db.add(asking(event -> {
            db.space("s").put("meanwhile", "1");
            return Hook.accept();
        }));
        Commit made = db.main().commit("asked", tx -> put(tx, "a", "1"));
        assertThat(rows(db.at(made.id().hex()).space("s"))).containsExactly("a=1");
        assertThat(rows(db.space("s"))).containsExactly("a=1", "meanwhile=1");
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
        assertThat(db.check().issues()).isEmpty();
    }

    @Test
    void whatAHookWritesIsNotCommittedUnasked() {
        open(AUTO);
        db.add(asking(event -> {
            db.space("s").put("meanwhile", "1");
            return Hook.accept();
        }));
        db.space("s").put("a", "1");
        assertThat(shown(db.main().changes())).containsExactly("+s/meanwhile=1");
        assertThat(commits()).isEqualTo(1);
    }

    @Test
    void whatAHookWritesCanBeAConflict() {
        db.add(asking(event -> {
            db.space("s").put("a", "of the hook");
            return Hook.accept();
        }));
        assertThat(catchThrowable(() -> {
                    try (Transaction tx = db.main().begin()) {
                        put(tx, "a", "mine");
                        tx.commit(CommitMessage.of("lost"));
                    }
                }))
                .isInstanceOf(DatabaseException.Conflict.class);
        assertThat(rows(db.space("s"))).containsExactly("a=of the hook");
        assertThat(commits()).isZero();
    }

    @Test
    void hooksAreAskedAgainWhenTheBranchMovedMeanwhile() {
        db.space("s").put("discarded", "1");
        List<List<String>> asked = new ArrayList<>();
        db.add(asking(event -> {
            asked.add(shown(event.changes()));
            if (asked.size() == 1) {
                db.main().discard();
            }
            return Hook.accept();
        }));
        db.main().commit("asked", tx -> put(tx, "a", "1"));
        assertThat(asked).containsExactly(List.of("+s/a=1", "+s/discarded=1"), List.of("+s/a=1"));
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1");
        assertThat(db.main().hasChanges()).isFalse();
    }
}
