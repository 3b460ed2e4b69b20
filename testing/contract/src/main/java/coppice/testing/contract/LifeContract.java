package coppice.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coppice.api.Batch;
import coppice.api.Branch;
import coppice.api.BranchInfo;
import coppice.api.CheckReport;
import coppice.api.Commit;
import coppice.api.Compression;
import coppice.api.Cursor;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Options;
import coppice.api.Range;
import coppice.api.Snapshot;
import coppice.api.Space;
import coppice.api.Transaction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Opening, closing, looking after, and what a closed database answers.
abstract class LifeContract extends Contract {
    @Test
    void closingIsIdempotent() {
        db.space("s").put("a", "1");
        db.close();
        db.close();
        refused(
                DatabaseException.Closed.class,
                ErrorCode.CLOSED,
                () -> db.space("s").put("b", "2"));
    }

    @Test
    void everyHandleOfAClosedDatabaseSaysSo() {
        db.space("s").put("a", "1");
        db.space("s").put("b", "2");
        Commit commit = db.commit("one");
        Branch branch = db.main();
        Space space = branch.space("s");
        Snapshot snapshot = db.at("main");
        Snapshot working = branch.snapshot();
        Transaction tx = branch.begin();
        Space mine = tx.space("s");
        mine.put("c", "3");
        Cursor cursor = space.scan(Range.all());
        assertThat(cursor.next()).isTrue();
        db.close();

        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        putCallsOnTheDatabase(calls, commit);
        calls.put("branch.head", branch::head);
        calls.put("branch.snapshot", branch::snapshot);
        calls.put("branch.spaces", branch::spaces);
        calls.put("branch.begin", branch::begin);
        calls.put("branch.run", () -> branch.run(ignored -> {}));
        calls.put("branch.commit", () -> branch.commit("no"));
        calls.put("branch.hasChanges", branch::hasChanges);
        calls.put("branch.changes", () -> branch.changes().iterator().hasNext());
        calls.put("branch.discard", branch::discard);
        calls.put("space.put", () -> space.put("d", "4"));
        calls.put("space.delete", () -> space.delete("a"));
        calls.put("space.apply", () -> space.apply(new Batch().put(utf8("d"), utf8("4"))));
        calls.put("space.get", () -> space.get(utf8("a")));
        calls.put("space.contains", () -> space.contains(utf8("a")));
        calls.put("space.count", space::count);
        calls.put("space.scan", () -> space.scan(Range.all()));
        calls.put("snapshot.get", () -> snapshot.space("s").get(utf8("a")));
        calls.put("snapshot.count", () -> working.space("s").count());
        calls.put("tx.space.get", () -> mine.get(utf8("a")));
        calls.put("tx.commit", tx::commit);
        calls.put("cursor.next", cursor::next);
        calls.forEach((name, call) -> {
            try {
                refused(DatabaseException.Closed.class, ErrorCode.CLOSED, call);
            } catch (AssertionError e) {
                throw new AssertionError(name + " of a closed database", e);
            }
        });
        tx.rollback();
        tx.close();
        cursor.close();
    }

    private void putCallsOnTheDatabase(Map<String, ThrowingCallable> calls, Commit commit) {
        calls.put("branch", () -> db.branch("main").head());
        calls.put("create", () -> db.branch("b", commit));
        calls.put("branches", () -> db.branches());
        calls.put("forceDeleteBranch", () -> db.forceDeleteBranch("b"));
        calls.put("deleteBranch", () -> db.deleteBranch("b"));
        calls.put("current", () -> db.current());
        calls.put("switchTo", () -> db.switchTo("b"));
        calls.put("rename", () -> db.renameBranch("b", "c"));
        calls.put("copy", () -> db.copyBranch("b", "c"));
        calls.put("divergence", () -> db.divergence("main", "b"));
        calls.put("tags", () -> db.tags());
        calls.put("reflog", () -> db.reflog("main"));
        calls.put("undo", () -> db.undo());
        calls.put("verify", () -> db.verify("main", List.of()));
        calls.put("at", () -> db.at("main"));
        calls.put("resolve", () -> db.resolve("main"));
        calls.put("log", () -> db.log("main").iterator().hasNext());
        calls.put("diff", () -> db.diff("main", "main").iterator().hasNext());
        calls.put("merge", () -> db.merge("main", Merge.into("main")));
        calls.put("checkpoint", () -> db.checkpoint());
        calls.put("gc", () -> db.gc());
        calls.put("check", () -> db.check());
        calls.put("stats", () -> db.stats());
    }

    @Test
    void everythingIsThereAfterOpeningAgain() {
        assumeTrue(subject.isPersistent());
        commit(db.main(), "a", "1");
        Branch side = db.branch("side", "main");
        commit(side, "b", "2");
        side.space("s").put("c", "uncommitted");
        side.space("t").put("d", "uncommitted");
        db.space("s").put(utf8("big"), new byte[100_000]);
        Commit head = side.head();
        for (int round = 0; round < 3; round++) {
            reopen();
            assertThat(db.branches()).extracting(BranchInfo::name).containsExactly("main", "side");
            assertThat(db.branch("side").head()).isEqualTo(head);
            assertThat(db.branch("side").hasChanges()).isTrue();
            assertThat(everything(db.branch("side").snapshot()).toString())
                    .isEqualTo("{s=[a=1, b=2, c=uncommitted], t=[d=uncommitted]}");
            assertThat(rows(db.at("side").space("s"))).containsExactly("a=1", "b=2");
            assertThat(db.space("s").get(utf8("big")).orElseThrow()).isEqualTo(new byte[100_000]);
            assertThat(db.log("side")).hasSize(3);
            assertThat(db.check().problems()).isEmpty();
            if (round == 1) {
                db.checkpoint();
                db.gc();
            }
        }
        db.branch("side").discard();
        db.forceDeleteBranch("side");
        reopen();
        assertThat(db.branches()).hasSize(1);
        assertThat(db.space("s").count()).isEqualTo(2);
    }

    @Test
    void openTransactionsEndWithTheDatabase() {
        assumeTrue(subject.isPersistent());
        db.space("s").put("a", "1");
        Transaction open = db.main().begin();
        open.space("s").put("b", "2");
        reopen();
        assertThat(rows(db.space("s"))).containsExactly("a=1");
        open.close();
        assertThat(rows(db.space("s"))).containsExactly("a=1");
    }

    @Test
    void anyOptionsOpenAnyDatabase() {
        assumeTrue(subject.isPersistent());
        List<Options> all = List.of(
                OPTIONS.with(Durability.SYNC).with(Compression.NONE),
                OPTIONS.with(Durability.interval(Duration.ofMillis(5))).with(new Compression.Zstd(9)),
                OPTIONS.with(Durability.NONE).withMemoryBytes(Options.MEMORY_BYTES_MIN),
                OPTIONS.mustExist().with(Durability.SYNC));
        for (int round = 0; round < 2 * all.size(); round++) {
            db.close();
            db = subject.open(all.get(round % all.size()));
            assertThat(db.space("s").count()).isEqualTo(round);
            db.space("s").put("round" + round, "x".repeat(2_000));
            db.commit("round " + round);
        }
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void checkWalksEverythingAndFindsItSound() {
        for (int i = 0; i < 10; i++) {
            commit(db.main(), "k" + i, "x".repeat(3_000));
        }
        db.checkpoint();
        CheckReport report = db.check();
        assertThat(report.problems()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.commits()).isEqualTo(11);
        assertThat(report.chunks()).isGreaterThan(20);
        assertThat(report.bytes()).isGreaterThan(report.chunks());
    }

    @Test
    void checkSaysHowFarItIs() {
        commit(db.main(), "k", "v");
        db.checkpoint();
        Map<String, Long> furthest = new ConcurrentHashMap<>();
        CheckReport report = db.check((stage, unit, done, total) -> {
            assertThat(stage).isNotBlank();
            assertThat(done).isBetween(1L, total);
            furthest.merge(unit, done, Math::max);
        });
        assertThat(report.isSound()).isTrue();
        assertThat(furthest).containsEntry("commits", report.commits()).containsKey("bytes");
    }

    @Test
    void gcKeepsWhatIsReachable() {
        for (int round = 0; round < 10; round++) {
            Branch scratch = db.branch("scratch" + round, "main");
            int mine = round;
            scratch.run(tx -> {
                for (int i = 0; i < 300; i++) {
                    tx.space("s").put("k" + i, mine + "x".repeat(100) + i);
                }
            });
            scratch.commit("scratch");
        }
        Snapshot reading = db.branch("scratch3").snapshot();
        String before = everything(reading).toString();
        commit(db.main(), "kept", "1");
        db.checkpoint();
        for (int round = 0; round < 10; round++) {
            db.forceDeleteBranch("scratch" + round);
        }
        db.checkpoint();
        assertThat(db.gc().freedBytes()).isNotNegative();
        assertThat(everything(reading).toString()).as("a snapshot held open").isEqualTo(before);
        assertThat(rows(db.space("s"))).containsExactly("kept=1");
        assertThat(db.check().problems()).isEmpty();
        commit(db.main(), "more", "2");
        assertThat(rows(db.at("main").space("s"))).containsExactly("kept=1", "more=2");
    }

    @Test
    void upkeepFromSeveralThreadsIsInNobodysWay() {
        Team.of(5, member -> {
            for (int round = 0; round < 40; round++) {
                switch (member) {
                    case 0 -> db.checkpoint();
                    case 1 -> assertThat(db.gc().freedBytes()).isNotNegative();
                    case 2 -> commit(db.main(), "k" + round, "x".repeat(4_000) + round);
                    case 3 -> {
                        commit(db.branch("passing", "main"), "passing", "" + round);
                        db.forceDeleteBranch("passing");
                    }
                    default -> {
                        assertThat(db.check().problems()).isEmpty();
                        assertThat(db.stats().disk().total()).isNotNegative();
                    }
                }
            }
        });
        assertThat(db.space("s").count()).isEqualTo(40);
        assertThat(db.check().problems()).isEmpty();
    }

    @Test
    void interruptsHarmNothing() {
        AtomicBoolean done = new AtomicBoolean();
        @Nullable Thread[] workers = new @Nullable Thread[3];
        Team.of(4, member -> {
            if (member == 3) {
                for (int i = 0; !done.get(); i++) {
                    Thread worker = workers[i % 3];
                    if (worker != null) {
                        worker.interrupt();
                    }
                    Thread.onSpinWait();
                }
                return;
            }
            workers[member] = Thread.currentThread();
            try {
                writeWhileInterrupted(member);
            } finally {
                workers[member] = null;
                if (member == 0) {
                    done.set(true);
                }
            }
        });
        boolean flagged = Thread.interrupted();
        assertThat(flagged).as("nobody interrupted this thread").isFalse();
        db.commit("still usable");
        assertThat(db.check().problems()).isEmpty();
    }

    private void writeWhileInterrupted(int member) {
        for (int round = 0; round < 200; round++) {
            String key = member + "-" + round;
            try {
                db.space("s").put(key, "x");
                assertThat(db.space("s").text(key)).contains("x");
            } catch (DatabaseException.Interrupted e) {
                assertThat(Thread.interrupted()).isTrue();
            }
            boolean cleared = Thread.interrupted();
            assertThat(cleared).isIn(true, false);
        }
    }
}
