package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Batch;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.Transaction.Savepoint;
import org.junit.jupiter.api.Test;

/// One transaction: what it sees, what it leaves, and the points one can come back to.
abstract class TransactionContract extends Contract {
    private Space space() {
        return db.space("s");
    }

    private void given(String... rows) {
        for (String row : rows) {
            space().put(row.substring(0, 1), row.substring(2));
        }
    }

    @Test
    void aTransactionSeesItsOwnWritesEverywhere() {
        given("a=1", "b=2", "c=3");
        db.commit("below");
        given("d=4");
        try (Transaction tx = db.main().begin()) {
            Space mine = tx.space("s");
            mine.put("b", "new");
            mine.delete("c");
            mine.delete("d");
            mine.put("e", "5");
            assertThat(mine.text("b")).contains("new");
            assertThat(mine.get(utf8("c"))).isEmpty();
            assertThat(mine.contains(utf8("d"))).isFalse();
            assertThat(mine.contains(utf8("e"))).isTrue();
            assertThat(rows(mine)).containsExactly("a=1", "b=new", "e=5");
            assertThat(rows(mine, Range.from(utf8("b")).reversed())).containsExactly("e=5", "b=new");
            assertThat(mine.count()).isEqualTo(3);
            assertThat(mine.count(Range.from(utf8("b")))).isEqualTo(2);
            assertThat(mine.rank(utf8("e"))).isEqualTo(2);
            assertThat(mine.select(1).map(Contract::shown)).contains("b=new");
            assertThat(mine.page(Range.all(), 2).entries()).hasSize(2);
            assertThat(rows(space())).containsExactly("a=1", "b=2", "c=3", "d=4");
            tx.commit();
        }
        assertThat(rows(space())).containsExactly("a=1", "b=new", "e=5");
    }

    @Test
    void rowsAreNumberedAnewAfterEachWriteAndBackToASavepoint() {
        given("b=1", "d=2", "f=3");
        db.commit("below");
        given("h=4");
        try (Transaction tx = db.main().begin()) {
            Space mine = tx.space("s");
            mine.put("a", "5");
            assertThat(mine.select(3).map(Contract::shown)).contains("f=3");
            mine.delete("d");
            assertThat(mine.select(3).map(Contract::shown)).contains("h=4");
            Savepoint savepoint = tx.savepoint();
            mine.put("d", "6");
            mine.delete("a");
            mine.put("g", "7");
            assertThat(mine.select(1).map(Contract::shown)).contains("d=6");
            assertThat(mine.rank(utf8("h"))).isEqualTo(4);
            assertThat(space().rank(utf8("h"))).isEqualTo(3);
            tx.rollbackTo(savepoint);
            assertThat(mine.select(1).map(Contract::shown)).contains("b=1");
            assertThat(mine.rank(utf8("h"))).isEqualTo(3);
            mine.put("c", "8");
            assertThat(mine.select(2).map(Contract::shown)).contains("c=8");
            tx.commit();
        }
        assertThat(rows(space())).containsExactly("a=5", "b=1", "c=8", "f=3", "h=4");
        assertThat(space().select(4).map(Contract::shown)).contains("h=4");
    }

    @Test
    void aTransactionSpansSpaces() {
        db.main().run(tx -> {
            tx.space("x").put("a", "1");
            tx.space("y").put("b", "2");
            tx.space("z").apply(new Batch().put(utf8("c"), utf8("3")).put(utf8("d"), utf8("4")));
            tx.space("z").delete("c");
        });
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{x=[a=1], y=[b=2], z=[d=4]}");
    }

    @Test
    void rollbackAndCloseLeaveNothing() {
        given("a=1");
        try (Transaction tx = db.main().begin()) {
            tx.space("s").put("a", "2");
            tx.rollback();
            tx.rollback();
        }
        try (Transaction tx = db.main().begin()) {
            tx.space("s").delete("a");
            tx.space("t").put("b", "1");
        }
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{s=[a=1]}");
    }

    @Test
    void aTransactionReadsTheStateItBeganOn() {
        given("a=1");
        try (Transaction tx = db.main().begin()) {
            given("a=2", "b=2");
            db.commit("meanwhile");
            assertThat(rows(tx.space("s"))).containsExactly("a=1");
            assertThat(tx.space("s").count()).isOne();
            assertThat(tx.space("s").contains(utf8("b"))).isFalse();
        }
    }

    @Test
    void whatIsOverIsOver() {
        Transaction committed = db.main().begin();
        Space space = committed.space("s");
        space.put("a", "1");
        committed.commit();
        Transaction rolledBack = db.main().begin();
        rolledBack.rollback();
        for (Transaction tx : new Transaction[] {committed, rolledBack}) {
            incorrect(ErrorCode.TRANSACTION_ENDED, tx::commit);
            incorrect(ErrorCode.TRANSACTION_ENDED, tx::savepoint);
            incorrect(ErrorCode.TRANSACTION_ENDED, () -> tx.space("s").put("b", "2"));
            tx.rollback();
            tx.close();
            tx.close();
        }
        incorrect(ErrorCode.TRANSACTION_ENDED, () -> space.put("b", "2"));
        incorrect(ErrorCode.TRANSACTION_ENDED, () -> space.get(utf8("a")));
        incorrect(ErrorCode.TRANSACTION_ENDED, space::count);
        assertThat(rows(space())).containsExactly("a=1");
    }

    @Test
    void anEmptyTransactionCommits() {
        db.main().run(tx -> {});
        try (Transaction tx = db.main().begin()) {
            tx.commit();
        }
        assertThat(db.main().hasChanges()).isFalse();
    }

    @Test
    void theResultOfTheBodyIsGiven() {
        given("a=1");
        String found = db.transact(tx -> tx.space("s").text("a").orElseThrow());
        assertThat(found).isEqualTo("1");
    }

    @Test
    void anExceptionInTheBodyRollsBackAndIsNotRetried() {
        int[] runs = {0};
        assertThatThrownBy(() -> db.main().run(tx -> {
                    runs[0]++;
                    tx.space("s").put("a", "1");
                    throw new IllegalStateException("no");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no");
        assertThat(runs[0]).isOne();
        assertThat(space().count()).isZero();
    }

    @Test
    void savepointsUndoWhatCameAfterThem() {
        given("a=1", "b=2");
        try (Transaction tx = db.main().begin()) {
            Space mine = tx.space("s");
            mine.put("a", "x");
            Savepoint first = tx.savepoint();
            mine.delete("a");
            mine.put("c", "3");
            tx.space("t").put("d", "4");
            Savepoint second = tx.savepoint();
            mine.put("c", "5");
            tx.rollbackTo(second);
            assertThat(rows(mine)).containsExactly("b=2", "c=3");
            assertThat(rows(tx.space("t"))).containsExactly("d=4");
            mine.delete("b");
            tx.rollbackTo(second);
            assertThat(rows(mine)).containsExactly("b=2", "c=3");
            tx.rollbackTo(first);
            assertThat(rows(mine)).containsExactly("a=x", "b=2");
            assertThat(tx.space("t").count()).isZero();
            mine.put("e", "6");
            tx.commit();
        }
        assertThat(everything(db.main().snapshot()).toString()).isEqualTo("{s=[a=x, b=2, e=6]}");
    }

    @Test
    void aSavepointIsUsableAgainAndLaterOnesAreNot() {
        try (Transaction tx = db.main().begin()) {
            Space mine = tx.space("s");
            Savepoint first = tx.savepoint();
            mine.put("a", "1");
            Savepoint second = tx.savepoint();
            tx.rollbackTo(first);
            incorrect(ErrorCode.INVALID_SAVEPOINT, () -> tx.rollbackTo(second));
            mine.put("a", "2");
            tx.rollbackTo(first);
            assertThat(mine.count()).isZero();
            Savepoint third = tx.savepoint();
            mine.put("a", "3");
            incorrect(ErrorCode.INVALID_SAVEPOINT, () -> tx.rollbackTo(second));
            tx.rollbackTo(third);
            mine.put("b", "4");
            tx.commit();
        }
        assertThat(rows(space())).containsExactly("b=4");
    }

    @Test
    void aSavepointOfAnotherTransactionIsRefused() {
        try (Transaction one = db.main().begin();
                Transaction other = db.main().begin()) {
            Savepoint foreign = other.savepoint();
            one.space("s").put("a", "1");
            incorrect(ErrorCode.INVALID_SAVEPOINT, () -> one.rollbackTo(foreign));
            one.commit();
        }
        assertThat(rows(space())).containsExactly("a=1");
    }

    @Test
    void whatASavepointUndidDoesNotConflict() {
        given("a=1");
        try (Transaction tx = db.main().begin()) {
            Savepoint start = tx.savepoint();
            tx.space("s").put("a", "mine");
            tx.rollbackTo(start);
            tx.space("s").put("b", "mine");
            given("a=theirs");
            tx.commit();
        }
        assertThat(rows(space())).containsExactly("a=theirs", "b=mine");
    }

    @Test
    void aCursorOfATransactionStaysOnTheStateItBeganOn() {
        given("a=1", "b=2", "c=3");
        db.main().run(tx -> {
            Space mine = tx.space("s");
            try (var cursor = mine.scan(Range.all())) {
                StringBuilder seen = new StringBuilder();
                while (cursor.next()) {
                    seen.append(cursor.entry().keyText());
                    mine.put(cursor.entry().keyText() + "'", "new");
                    mine.delete("c");
                }
                assertThat(seen.toString()).isEqualTo("abc");
            }
        });
        assertThat(rows(space())).containsExactly("a=1", "a'=new", "b=2", "b'=new", "c'=new");
    }
}
