package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coppice.api.Branch;
import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Isolation;
import coppice.api.Merge;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.TransactionOptions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// What transactions that overlap do to each other, on one branch and on several.
abstract class IsolationContract extends Contract {
    private Space space() {
        return db.space("s");
    }

    /// Lets a transaction of `isolation` do its work, then another change commit, then the first: conflict or not.
    private boolean conflicts(Isolation isolation, Consumer<Transaction> work, Runnable meanwhile) {
        try (Transaction tx = db.main().begin(isolation)) {
            work.accept(tx);
            meanwhile.run();
            try {
                tx.commit();
                return false;
            } catch (DatabaseException.Conflict conflict) {
                return true;
            }
        }
    }

    @Test
    void ofTwoThatWriteTheSameKeyTheFirstToCommitWins() {
        space().put("a", "0");
        for (Isolation isolation : Isolation.values()) {
            try (Transaction first = db.main().begin(isolation);
                    Transaction second = db.main().begin(isolation)) {
                first.space("s").put("a", "first");
                second.space("s").put("a", "second, " + isolation);
                second.commit();
                DatabaseException.Conflict conflict =
                        catchThrowableOfType(DatabaseException.Conflict.class, first::commit);
                assertThat(conflict.code()).isEqualTo(ErrorCode.CONFLICT);
                assertThat(conflict.code().isRetryable()).isTrue();
                assertThat(conflict.context()).containsEntry("branch", "main").containsEntry("space", "s");
                assertThat(conflict.context()).containsKey("key");
                assertThat(conflict.getMessage()).isNotBlank();
            }
            assertThat(space().text("a")).contains("second, " + isolation);
        }
    }

    @Test
    void singleWritesCountAsTransactions() {
        space().put("a", "0");
        for (Isolation isolation : Isolation.values()) {
            assertThat(conflicts(isolation, tx -> tx.space("s").put("a", "1"), () -> space().put("a", "2")))
                    .isTrue();
            assertThat(conflicts(isolation, tx -> tx.space("s").put("a", "1"), () -> space().delete("a")))
                    .isTrue();
            assertThat(conflicts(isolation, tx -> tx.space("s").put("a", "1"), () -> space().put("b", "2")))
                    .isFalse();
            assertThat(conflicts(isolation, tx -> tx.space("s").delete("a"), () -> space().put("a", "3")))
                    .isTrue();
            assertThat(conflicts(isolation, tx -> tx.space("t").put("a", "1"), () -> space().put("a", "4")))
                    .isFalse();
        }
    }

    @Test
    void aConflictLeavesNothingBehind() {
        boolean conflict = conflicts(
                Isolation.SNAPSHOT,
                tx -> {
                    tx.space("s").put("a", "mine");
                    tx.space("s").put("b", "mine");
                    tx.space("t").put("c", "mine");
                },
                () -> space().put("b", "theirs"));
        assertThat(conflict).isTrue();
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{s=[b=theirs]}");
    }

    @Test
    void committingAVersionConflictsWithNobody() {
        space().put("a", "0");
        for (Isolation isolation : Isolation.values()) {
            assertThat(conflicts(
                            isolation,
                            tx -> tx.space("s").put("a", tx.space("s").text("a").orElseThrow() + "1"),
                            () -> {
                                db.commit("same data");
                                db.checkpoint();
                            }))
                    .isFalse();
        }
        assertThat(space().text("a")).contains("011");
    }

    @Test
    void aMergeIsAChangeLikeAnyOther() {
        commit(db.main(), "a", "0");
        Branch other = db.branch("other", "main");
        commit(other, "a", "merged");
        assertThat(conflicts(
                        Isolation.SNAPSHOT,
                        tx -> tx.space("s").put("a", "mine"),
                        () -> db.merge("other", Merge.into("main"))))
                .isTrue();
        assertThat(space().text("a")).contains("merged");
        commit(other, "b", "merged");
        assertThat(conflicts(
                        Isolation.SNAPSHOT,
                        tx -> tx.space("s").put("a", "mine"),
                        () -> db.merge("other", Merge.into("main"))))
                .isFalse();
        assertThat(rows(space())).containsExactly("a=mine", "b=merged");
    }

    /// Two doctors on call, each leaves because the other stays.
    private boolean bothLeave(Isolation isolation) {
        space().put("ann", "on call");
        space().put("bob", "on call");
        return !conflicts(
                isolation,
                tx -> {
                    assertThat(tx.space("s").text("bob")).contains("on call");
                    tx.space("s").put("ann", "off");
                },
                () -> db.main().transact(new TransactionOptions(isolation, 1), tx -> {
                    assertThat(tx.space("s").text("ann")).contains("on call");
                    tx.space("s").put("bob", "off");
                    return 0;
                }));
    }

    @Test
    void writeSkewIsPossibleUnlessSerializable() {
        assertThat(bothLeave(Isolation.SNAPSHOT)).isTrue();
        assertThat(bothLeave(Isolation.SERIALIZABLE)).isFalse();
        assertThat(space().text("ann")).contains("on call");
    }

    private boolean phantom(Consumer<Space> read, Consumer<Space> change) {
        space().put("k1", "1");
        space().put("k2", "2");
        space().put("z", "3");
        return conflicts(
                Isolation.SERIALIZABLE,
                tx -> {
                    read.accept(tx.space("s"));
                    tx.space("result").put("r", "x");
                },
                () -> change.accept(space()));
    }

    @Test
    void serializableFindsPhantomsInWhatWasReadAndNothingElse() {
        Range k = Range.prefix("k");
        List<Consumer<Space>> readers = List.of(
                space -> rows(space, k),
                space -> rows(space, k.reversed()),
                space -> assertThat(space.count(k)).isEqualTo(2),
                space -> assertThat(space.page(k, 10).entries()).hasSize(2));
        for (Consumer<Space> reader : readers) {
            assertThat(phantom(reader, space -> space.put("k3", "new"))).isTrue();
            space().delete("k3");
            assertThat(phantom(reader, space -> space.delete("k1"))).isTrue();
            assertThat(phantom(reader, space -> space.put("z", "elsewhere"))).isFalse();
            assertThat(phantom(reader, space -> db.space("t").put("k3", "elsewhere")))
                    .isFalse();
        }
        assertThat(phantom(space -> rows(space, k), space -> space.put("k2", "changed")))
                .isTrue();
    }

    @Test
    void serializableFindsChangesOfCountsRanksAndAbsences() {
        assertThat(phantom(space -> assertThat(space.count()).isEqualTo(3), space -> space.put("y", "new")))
                .isTrue();
        space().delete("y");
        assertThat(phantom(space -> assertThat(space.rank(utf8("z"))).isEqualTo(2), space -> space.put("a", "new")))
                .isTrue();
        space().delete("a");
        assertThat(phantom(space -> assertThat(space.select(2)).isPresent(), space -> space.delete("k1")))
                .isTrue();
        assertThat(phantom(space -> assertThat(space.get(utf8("q"))).isEmpty(), space -> space.put("q", "new")))
                .isTrue();
        space().delete("q");
        assertThat(phantom(space -> assertThat(space.contains(utf8("q"))).isFalse(), space -> space.put("q", "new")))
                .isTrue();
        space().delete("q");
        assertThat(phantom(space -> assertThat(space.get(utf8("q"))).isEmpty(), space -> space.put("qq", "new")))
                .isFalse();
    }

    @Test
    void theLambdaFormTriesAgainAsOftenAsAsked() {
        AtomicInteger runs = new AtomicInteger();
        for (int attempts : new int[] {1, 3}) {
            runs.set(0);
            TransactionOptions options = new TransactionOptions(Isolation.SNAPSHOT, attempts);
            refused(
                    DatabaseException.Conflict.class,
                    ErrorCode.CONFLICT,
                    () -> db.main().transact(options, tx -> {
                        tx.space("s").put("a", "mine");
                        space().put("a", "theirs " + runs.incrementAndGet() + " of " + attempts);
                        return 0;
                    }));
            assertThat(runs).hasValue(attempts);
            assertThat(space().text("a")).contains("theirs " + attempts + " of " + attempts);
        }
        runs.set(0);
        db.main().run(tx -> {
            if (runs.incrementAndGet() < 4) {
                space().put("a", "theirs " + runs);
            }
            tx.space("s").put("a", "run " + runs);
        });
        assertThat(runs).hasValue(4);
        assertThat(space().text("a")).contains("run 4");
    }

    @Test
    void eightThreadsLoseNoIncrement() {
        int rounds = 100;
        Team.of(8, member -> {
            for (int round = 0; round < rounds; round++) {
                TransactionOptions options = new TransactionOptions(
                        round % 2 == 0 ? Isolation.SNAPSHOT : Isolation.SERIALIZABLE, 1_000_000); // until it is through
                db.main().transact(options, tx -> {
                    Space counters = tx.space("counters");
                    int value = counters.text("n").map(Integer::parseInt).orElse(0);
                    counters.put("n", "" + (value + 1));
                    counters.put("by " + member, "" + value);
                    return 0;
                });
            }
        });
        assertThat(db.space("counters").text("n")).contains("" + 8 * rounds);
        assertThat(db.space("counters").count()).isEqualTo(9);
    }

    @Test
    void eightThreadsSeeMoneyMoveButNeverAppear() {
        for (int account = 0; account < 4; account++) {
            space().put("" + account, "100");
        }
        Team.of(8, member -> {
            for (int round = 0; round < 60; round++) {
                int from = (member + round) % 4;
                int to = (from + 1 + round % 3) % 4;
                db.main().transact(new TransactionOptions(Isolation.SNAPSHOT, 1_000_000), tx -> {
                    assertThat(sum(tx.space("s"))).isEqualTo(400);
                    Space accounts = tx.space("s");
                    accounts.put(
                            "" + from,
                            "" + (Integer.parseInt(accounts.text("" + from).orElseThrow()) - 1));
                    accounts.put(
                            "" + to,
                            "" + (Integer.parseInt(accounts.text("" + to).orElseThrow()) + 1));
                    return 0;
                });
                assertThat(sum(db.main().snapshot().space("s"))).isEqualTo(400);
            }
        });
        assertThat(sum(space())).isEqualTo(400);
    }

    private static int sum(SpaceView accounts) {
        try (var entries = accounts.entries(Range.all())) {
            return entries.mapToInt(entry -> Integer.parseInt(entry.valueText()))
                    .sum();
        }
    }

    @Test
    void branchesNeverConflictWithEachOther() {
        space().put("a", "0");
        db.commit("base");
        for (int member = 0; member < 4; member++) {
            db.branch("b" + member, "main");
        }
        Team.of(4, member -> {
            Branch mine = db.branch("b" + member);
            for (int round = 0; round < 50; round++) {
                int value = round;
                assertThatCode(() -> mine.transact(new TransactionOptions(Isolation.SERIALIZABLE, 1), tx -> {
                            assertThat(tx.space("s").count()).isOne();
                            tx.space("s").put("a", member + ":" + value);
                            return 0;
                        }))
                        .doesNotThrowAnyException();
                if (round % 10 == 9) {
                    mine.commit("round " + round);
                }
            }
        });
        for (int member = 0; member < 4; member++) {
            assertThat(db.branch("b" + member).space("s").text("a")).contains(member + ":49");
            assertThat(db.log("b" + member)).hasSize(7);
        }
        assertThat(space().text("a")).contains("0");
    }
}
