package coppice.testing.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Branch;
import coppice.api.Commit;
import coppice.api.Conflict;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Resolver;
import coppice.api.Stash;
import coppice.api.StashEntry;
import coppice.api.StashOutcome;
import coppice.api.StashPick;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Putting uncommitted changes aside.
abstract class StashContract extends Contract {
    private Stash stash() {
        commit(db.main(), "a", "1");
        return db.main().stash();
    }

    private StashEntry push(String key, String value) {
        db.space("s").put(key, value);
        return db.main().stash().push(key + "=" + value).orElseThrow();
    }

    private static void applied(StashOutcome outcome) {
        assertThat(outcome).isInstanceOf(StashOutcome.Applied.class);
    }

    private static List<String> messages(Stash stash) {
        return stash.list().stream()
                .map(entry -> entry.index() + " " + entry.commit().message())
                .toList();
    }

    @Test
    void whatIsPutAsideIsGoneAndComesBack() {
        Stash stash = stash();
        Commit head = db.head();
        db.space("s").put("b", "2");
        db.space("s").delete("a");
        db.space("new").put("k", "v");
        StashEntry entry = stash.push("half done").orElseThrow();
        assertThat(entry.index()).isZero();
        assertThat(db.resolve(entry.ref())).isEqualTo(entry.commit());
        assertThat(entry.branch()).isEqualTo("main");
        assertThat(entry.base()).isEqualTo(head.id());
        assertThat(entry.commit().message()).isEqualTo("half done");
        assertThat(db.main().hasChanges()).isFalse();
        assertThat(db.head()).isEqualTo(head);
        assertThat(everything(db.main().snapshot())).hasToString("{s=[a=1]}");
        assertThat(shown(stash.show(0))).containsExactly("+new/k=v", "-s/a=1", "+s/b=2");
        assertThat(stash.pop()).isEqualTo(new StashOutcome.Applied(entry));
        assertThat(everything(db.main().snapshot())).hasToString("{new=[k=v], s=[b=2]}");
        assertThat(db.head()).isEqualTo(head);
        assertThat(db.main().hasChanges()).isTrue();
        assertThat(stash.list()).isEmpty();
    }

    @Test
    void withoutChangesNothingIsPutAside() {
        Stash stash = stash();
        assertThat(stash.push("nothing")).isEmpty();
        db.space("s").put("a", "1");
        db.space("t").put("k", "v");
        db.space("t").delete("k");
        assertThat(stash.push()).isEmpty();
        assertThat(stash.list()).isEmpty();
        db.space("s").put("b", "2");
        assertThat(db.main().hasChanges()).isTrue();
    }

    @Test
    void aMessageIsMadeWhereThereIsNone() {
        Stash stash = stash();
        db.space("s").put("b", "2");
        String message = stash.push().orElseThrow().commit().message();
        assertThat(message).isEqualTo("WIP on main: " + db.head().id().abbreviated() + " a=1");
    }

    @Test
    void theNewestIsNumberZero() {
        Stash stash = stash();
        push("b", "2");
        push("c", "3");
        push("d", "4");
        assertThat(messages(stash)).containsExactly("0 d=4", "1 c=3", "2 b=2");
        assertThat(stash.drop(1).commit().message()).isEqualTo("c=3");
        assertThat(messages(stash)).containsExactly("0 d=4", "1 b=2");
        stash.drop(0);
        push("e", "5");
        assertThat(messages(stash)).containsExactly("0 e=5", "1 b=2");
        applied(stash.apply(1));
        assertThat(rows(db.space("s"))).containsExactly("a=1", "b=2");
        assertThat(messages(stash)).containsExactly("0 e=5", "1 b=2");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        Stash stash = stash();
        push("b", "2");
        notFound(ErrorCode.UNKNOWN_STASH, () -> stash.apply(1));
        notFound(ErrorCode.UNKNOWN_STASH, () -> stash.pop(StashPick.of(7)));
        notFound(ErrorCode.UNKNOWN_STASH, () -> stash.drop(-1));
        notFound(ErrorCode.UNKNOWN_STASH, () -> stash.show(1));
        assertThat(messages(stash)).containsExactly("0 b=2");
    }

    @Test
    void itComesTogetherWithUncommittedChanges() {
        Stash stash = stash();
        push("b", "2");
        db.space("s").put("c", "3");
        db.space("t").put("k", "v");
        applied(stash.pop());
        assertThat(everything(db.main().snapshot())).hasToString("{s=[a=1, b=2, c=3], t=[k=v]}");
        assertThat(rows(db.at("main").space("s"))).containsExactly("a=1");
    }

    @Test
    void conflictsAreDataAndNothingChanges() {
        Stash stash = stash();
        db.space("s").put("a", "put aside");
        db.space("s").put("b", "2");
        StashEntry entry = stash.push("conflicting").orElseThrow();
        db.space("s").put("a", "mine");
        StashOutcome outcome = stash.pop();
        assertThat(outcome).isInstanceOf(StashOutcome.Conflicted.class);
        StashOutcome.Conflicted conflicted = (StashOutcome.Conflicted) outcome;
        assertThat(conflicted.entry()).isEqualTo(entry);
        Conflict conflict = conflicted.conflicts().getFirst();
        assertThat(new String(conflict.key(), UTF_8)).isEqualTo("a");
        assertThat(conflict.base()).hasValue(utf8("1"));
        assertThat(conflict.ours()).hasValue(utf8("mine"));
        assertThat(conflict.theirs()).hasValue(utf8("put aside"));
        assertThat(rows(db.space("s"))).containsExactly("a=mine");
        assertThat(stash.list()).containsExactly(entry);
        applied(stash.pop(StashPick.of(0).resolving(Resolver.THEIRS)));
        assertThat(rows(db.space("s"))).containsExactly("a=put aside", "b=2");
        assertThat(stash.list()).isEmpty();
    }

    @Test
    void mergedContentIsNotPutAside() {
        Branch other = db.branch("other", "main");
        commit(other, "a", "1");
        commit(db.main(), "b", "1");
        db.merge("other", Merge.into("main").uncommitted());
        incorrect(ErrorCode.MERGE_IN_PROGRESS, () -> db.main().stash().push("aside"));
        assertThat(db.main().merging()).isPresent();
        assertThat(db.commit("merged").parents()).hasSize(2);
    }

    @Test
    void anotherBranchTakesIt() {
        stash();
        Branch other = db.branch("other", "main");
        commit(other, "x", "9");
        push("b", "2");
        applied(other.stash().pop());
        assertThat(rows(other.space("s"))).containsExactly("a=1", "b=2", "x=9");
        assertThat(other.hasChanges()).isTrue();
        assertThat(rows(db.space("s"))).containsExactly("a=1");
        assertThat(db.main().stash().list()).isEmpty();
    }

    @Test
    void itOutlivesItsBranchAndReopening() {
        stash();
        Branch other = db.branch("other", "main");
        commit(other, "x", "9");
        other.space("s").put("y", "10");
        StashEntry entry = other.stash().push("kept").orElseThrow();
        db.forceDeleteBranch("other");
        if (subject.isPersistent()) {
            reopen();
        }
        db.gc();
        assertThat(db.main().stash().list()).containsExactly(entry);
        applied(db.main().stash().pop());
        assertThat(rows(db.space("s"))).containsExactly("a=1", "y=10");
    }

    @Test
    void transactionsThatFinishMeanwhileAreKept() throws InterruptedException {
        Stash stash = stash();
        int count = 400;
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < count; i++) {
                db.space("numbers").put("n%04d".formatted(i), "1");
            }
        });
        while (writer.isAlive()) {
            stash.push("some");
        }
        writer.join();
        stash.push("the rest");
        assertThat(db.main().hasChanges()).isFalse();
        while (!stash.list().isEmpty()) {
            applied(stash.pop());
        }
        assertThat(db.space("numbers").count()).isEqualTo(count);
    }
}
