package coppice.testing.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Batch;
import coppice.api.CommitMessage;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Merge;
import coppice.api.Reset;
import coppice.kernel.platform.StorageException.Kind;
import coppice.testing.simulation.Trap.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// For every operation, its first, second, third ... access to the disk fails, until it gets through. Whatever
/// happens: the operation took effect as a whole or not at all, the error says what the disk said, what was
/// acknowledged stays even through a power cut, and work goes on once the disk is well again.
final class FailureTest {
    private record Operation(String name, Consumer<Database> work) {}

    /// These change nothing and look at everything; not each access of theirs has to fail in every build.
    private static final Set<String> READERS = Set.of("read", "check", "diff");

    private static final int READER_STRIDE = Integer.getInteger("coppice.failures.stride", 7);

    private static final SimulatedDisk CLOSED = new SimulatedDisk();
    private static final SimulatedDisk KILLED = work(CLOSED);

    /// Works on a disk, and returns what it was just before it was closed.
    private static SimulatedDisk work(SimulatedDisk disk) {
        try (Database db = new Station(1).open(disk, Durability.SYNC)) {
            for (int i = 0; i < 80; i++) {
                db.space("s").put("k" + i, "value " + i + "x".repeat(i));
            }
            db.commit("base");
            db.branch("clean", "main");
            db.branch("other", "main").space("s").put("k1", "other");
            db.branch("other").commit("other");
            db.branch("clean").space("s").put("k2", "clean");
            db.branch("clean").commit("clean");
            db.branch("spare", "main").space("s").delete("k3");
            db.checkpoint();
            db.space("s").put("k4", "uncommitted");
            return disk.afterKill();
        }
    }

    private static List<Operation> operations() {
        List<Entry> sorted = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            sorted.add(new Entry("r%04d".formatted(i).getBytes(UTF_8), new byte[100]));
        }
        Batch batch = new Batch().put("a".getBytes(UTF_8), "1".getBytes(UTF_8)).delete("k5".getBytes(UTF_8));
        return List.of(
                new Operation("put", db -> db.space("s").put("a", "1")),
                new Operation("put a long value", db -> db.space("s").put("a".getBytes(UTF_8), new byte[50_000])),
                new Operation("apply", db -> db.space("s").apply(batch)),
                new Operation(
                        "run",
                        db -> db.main()
                                .run(tx -> tx.space("t")
                                        .put("a", tx.space("s").text("k1").orElse("")))),
                new Operation("commit", db -> db.commit("made while things fail")),
                new Operation(
                        "commit at once",
                        db -> db.main()
                                .commit("made at once", tx -> tx.space("s").put("a", "2"))),
                new Operation("create", db -> db.branch("new", "other")),
                new Operation("delete", db -> db.forceDeleteBranch("spare")),
                new Operation("rename", db -> db.renameBranch("spare", "renamed")),
                new Operation("copy", db -> db.copyBranch("spare", "copied")),
                new Operation("switch", db -> db.switchTo("other")),
                new Operation("tag", db -> db.tags().create("v1", "other")),
                new Operation("reset softly", db -> db.main().reset("main~1", Reset.SOFT)),
                new Operation("reset", db -> db.main().reset("main~1", Reset.HARD)),
                new Operation("amend", db -> db.main().amend(CommitMessage.of("amended while things fail"))),
                new Operation("merge", db -> db.merge("other", Merge.into("clean"))),
                new Operation("discard", db -> db.main().discard()),
                new Operation("load", db -> db.main().load("loaded", sorted.iterator())),
                new Operation("checkpoint", Database::checkpoint),
                new Operation("gc", Database::gc),
                new Operation("diff", db -> db.diff("main~1", "other").forEach(change -> {})),
                new Operation("changes", db -> db.main().changes().forEach(change -> {})),
                new Operation("log", db -> db.log("other").forEach(commit -> {})),
                new Operation("look", db -> db.at("other").space("s").select(40)),
                new Operation("read", Dump::of),
                new Operation("check", Dump::requireSound),
                new Operation("close", Database::close));
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void everyOperationSurvivesEveryFailure(Trouble trouble) {
        Map<String, String> before = stateAfter(db -> {});
        for (Operation operation : operations()) {
            Map<String, String> after = stateAfter(operation.work());
            int n = 1;
            while (failsAt(operation, new Trap(trouble, n), trouble, before, after)) {
                n += READERS.contains(operation.name()) ? READER_STRIDE : 1;
                assertThat(n).as("%s ends", operation.name()).isLessThan(2_000);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void openingSurvivesEveryFailure(Trouble trouble) {
        for (SimulatedDisk before : List.of(CLOSED, KILLED)) {
            int n = 1;
            while (openingFailsAt(before.afterKill(), new Trap(trouble, n), trouble)) {
                n++;
            }
        }
    }

    private static boolean openingFailsAt(SimulatedDisk disk, Trap trap, Trouble trouble) {
        try {
            disk.fail(trouble.kind, trap);
            Optional<DatabaseException> failure =
                    attempt(() -> new Station(2).open(disk, Durability.SYNC).close());
            disk.heal();
            failure.ifPresent(thrown -> requireTelling(thrown, trouble));
            requireLasting(disk, List.of(stateAfter(db -> {})), false);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("open, " + trap, e);
        }
        return trap.hasFired();
    }

    @Test
    @Timeout(60)
    void aCollectionThatFailedHoldsNobodyUp() throws InterruptedException {
        int failed = 0;
        for (int access = 0; access < 20; access++) {
            SimulatedDisk disk = KILLED.afterKill();
            try (Database db = new Station(1).open(disk, Durability.SYNC)) {
                disk.fail(Kind.IO, new Trap(Trouble.SYNC_HICCUP, access));
                failed += failing(db) ? 1 : 0;
                disk.heal();
                failing(db); // as nobody knows any more what is on disk
                Thread other = Thread.ofPlatform().start(() -> failing(db));
                other.join();
            } catch (DatabaseException said) {
                assertThat(said.code()).isEqualTo(ErrorCode.IO_FAILED);
            }
        }
        assertThat(failed).isPositive();
    }

    private static boolean failing(Database db) {
        try {
            db.gc();
            return false;
        } catch (DatabaseException said) {
            return true;
        }
    }

    @Test
    void whatAStoppedJournalRefusesItRefusesAsTheApiSays() {
        for (Operation operation : operations()) {
            SimulatedDisk disk = CLOSED.afterKill();
            Database db = new Station(2).open(disk, Durability.SYNC);
            disk.fail(Trouble.BROKEN.kind, new Trap(Trouble.SYNC_HICCUP, 1));
            assertThat(attempt(() -> db.space("later").put("k", "v"))).isPresent();
            disk.heal();
            attempt(() -> operation.work().accept(db));
            attempt(() -> db.main().run(tx -> tx.space("later").put("k", "w")));
            attempt(db::close);
            requireLasting(disk, List.of(stateAfter(base -> {})), false);
        }
    }

    private static Map<String, String> stateAfter(Consumer<Database> work) {
        SimulatedDisk disk = CLOSED.afterKill();
        try (Database db = new Station(2).open(disk, Durability.SYNC)) {
            work.accept(db);
        }
        try (Database db = new Station(2).open(disk, Durability.SYNC)) {
            return Dump.of(db);
        }
    }

    /// Returns whether the trap was reached.
    private static boolean failsAt(
            Operation operation, Trap trap, Trouble trouble, Map<String, String> before, Map<String, String> after) {
        SimulatedDisk disk = CLOSED.afterKill();
        try {
            Database db = new Station(2).open(disk, Durability.SYNC);
            disk.fail(trouble.kind, trap);
            Optional<DatabaseException> failure = attempt(() -> operation.work().accept(db));
            disk.heal();
            failure.ifPresent(thrown -> requireTelling(thrown, trouble));
            List<Map<String, String>> possible = failure.isPresent() ? List.of(before, after) : List.of(after);
            requireState(
                    db, possible, trouble == Trouble.FULL && !operation.name().equals("close"));
            boolean goesOn = attempt(() -> db.space("later").put("k", "v")).isEmpty();
            attempt(db::close);
            requireLasting(disk, possible, goesOn);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(operation.name() + ", " + trap, e);
        }
        return trap.hasFired();
    }

    private static Optional<DatabaseException> attempt(Runnable work) {
        try {
            work.run();
            return Optional.empty();
        } catch (DatabaseException failure) {
            return Optional.of(failure);
        }
    }

    private static void requireTelling(DatabaseException failure, Trouble trouble) {
        ErrorCode expected = switch (trouble) {
            case HICCUP, BROKEN, SYNC_HICCUP -> ErrorCode.IO_FAILED;
            case FULL -> ErrorCode.DISK_FULL;
            case READ_ONLY -> ErrorCode.READ_ONLY;
        };
        assertThat(failure.code()).as("%s", failure).isEqualTo(expected);
        assertThat(failure.getMessage()).isNotBlank();
    }

    /// The database still shows a whole state, or says that it was closed by what happened.
    private static void requireState(Database db, List<Map<String, String>> possible, boolean readable) {
        try {
            assertThat(possible).contains(Dump.of(db));
        } catch (DatabaseException refusal) {
            assertThat(refusal.code()).isIn(ErrorCode.CLOSED, ErrorCode.IO_FAILED);
            assertThat(readable).as("a full disk can be read").isFalse();
        }
    }

    /// Opening again finds a whole state and everything acknowledged, and works.
    private static void requireLasting(SimulatedDisk disk, List<Map<String, String>> possible, boolean goesOn) {
        for (long seed = 0; seed < 3; seed++) {
            SimulatedDisk left = disk.afterPowerCut(seed);
            try (Database db = new Station(3).open(left, Durability.SYNC)) {
                if (goesOn) {
                    assertThat(db.space("later").text("k")).as("acknowledged").contains("v");
                }
                db.space("later").delete("k");
                assertThat(possible).as("opened again").contains(Dump.of(db));
                Dump.requireSound(db);
                db.commit("goes on");
            }
        }
    }
}
