package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Compression;
import coppice.api.Database;
import coppice.api.DatabaseException;
import coppice.api.Durability;
import coppice.api.ErrorCode;
import coppice.api.Options;
import coppice.engine.Opening;
import coppice.engine.storage.Machine;
import coppice.engine.storage.Sizes;
import coppice.kernel.platform.Clock;
import coppice.kernel.platform.StorageException.Kind;
import coppice.kernel.platform.Tasks;
import coppice.testing.simulation.Trap.Trouble;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Threads write on their branches, commit, merge, check point and compact at the same time, sharing syncs, and the
/// power goes at random changes. Whatever a thread was told is kept is there afterwards, and at most the one
/// transaction more that it was about.
///
/// `-Dcoppice.crash.transactions=N` works longer, `-Dcoppice.seed=N` differently; threads interleave as they like.
final class ConcurrentCrashTest {
    private static final int TRANSACTIONS = Integer.getInteger("coppice.crash.transactions", 250);
    private static final long SEED = Long.getLong("coppice.seed", 5L);
    private static final Sizes SIZES = new Sizes(16 << 10, 64 << 10, 16 << 10);

    /// What a power cut left, and what was acknowledged before.
    private record Wreck(String where, SimulatedDisk left, Map<String, Integer> acknowledged, boolean deeply) {
        Wreck(String where, SimulatedDisk left, Map<String, Integer> acknowledged) {
            this(where, left, acknowledged, true);
        }
    }

    private final Map<String, Integer> acknowledged = new ConcurrentHashMap<>();
    private final List<Wreck> wrecks = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);

    private static Database open(SimulatedDisk disk) {
        Options options = Options.defaults()
                .with(Durability.SYNC)
                .with(Compression.ADAPTIVE)
                .withMemoryBytes(Options.MEMORY_BYTES_MIN);
        Machine machine = new Machine(disk, Tasks.threads(), Clock.system(), new SimulatedEntropy(SEED));
        return Opening.open(machine, "simulated", options, SIZES);
    }

    @Test
    void nothingSharedBetweenThreadsIsLost() throws InterruptedException {
        SimulatedDisk disk = new SimulatedDisk();
        List<Throwable> failures;
        try (Database db = open(disk)) {
            Numbered.prepare(db);
            disk.observe(access -> wreck(disk, access));
            failures = run(db);
            disk.observe(access -> {});
        }
        assertThat(failures).isEmpty();
        assertThat(wrecks).hasSizeGreaterThan(TRANSACTIONS / 10);
        wrecks.forEach(ConcurrentCrashTest::check);
    }

    @Test
    void aFailedSyncNeverTurnsIntoALaterSuccess() throws InterruptedException {
        for (int round = 0; round < 25; round++) {
            SimulatedDisk disk = new SimulatedDisk();
            Database db = open(disk);
            Numbered.prepare(db);
            Trap trap = new Trap(Trouble.SYNC_HICCUP, 20 * round + random.nextInt(20));
            disk.fail(Kind.IO, trap);
            List<Throwable> failures = run(db);
            disk.heal();
            assertThat(failures).hasOnlyElementsOfType(DatabaseException.class);
            for (int future = 0; future < 5; future++) {
                long seed = random.nextLong();
                check(new Wreck(trap + ", tearing " + seed, disk.afterPowerCut(seed), acknowledged));
            }
            try {
                db.close();
            } catch (DatabaseException said) {
                assertThat(said.code()).isEqualTo(ErrorCode.IO_FAILED);
            }
            check(new Wreck(trap + ", closed", disk.afterPowerCut(round), acknowledged));
        }
    }

    /// A record belongs to the checkpoint that begins when it is in the journal and not yet in the branch's state.
    @Test
    void checkpointsBesideWritersForgetNothing() throws InterruptedException {
        for (int round = 0; round < 40; round++) {
            SimulatedDisk disk = new SimulatedDisk();
            try (Database db = open(disk)) {
                Numbered.prepare(db);
                disk.observe(afterEachCheckpoint(access -> wreckShallow(disk, access)));
                List<Thread> writers = start(branch -> writeAndCommit(db, branch));
                while (writers.stream().anyMatch(Thread::isAlive)) {
                    db.checkpoint();
                }
                disk.observe(access -> {});
            }
            assertThat(acknowledged.values()).containsOnly(TRANSACTIONS);
            wrecks.forEach(ConcurrentCrashTest::check);
            wrecks.clear();
        }
    }

    /// Calls the observer when a few records more are in the journal.
    private static Consumer<Access> afterEachCheckpoint(Consumer<Access> observer) {
        AtomicInteger writes = new AtomicInteger();
        return access -> {
            if (access.path().startsWith("MANIFEST")) {
                writes.set(0);
            } else if (access.path().startsWith("journal/") && writes.incrementAndGet() == 8) {
                observer.accept(access);
            }
        };
    }

    private void wreckShallow(SimulatedDisk disk, Access access) {
        Map<String, Integer> known = new LinkedHashMap<>(acknowledged);
        wrecks.add(new Wreck(access.toString(), disk.afterPowerCut(0), known, false));
    }

    private void writeAndCommit(Database db, String branch) {
        for (int number = 1; number <= TRANSACTIONS; number++) {
            Numbered.write(db, branch, number);
            acknowledged.put(branch, number);
            db.branch(branch).commit("folds, as a checkpoint does");
        }
    }

    /// Lets a thread write on each branch until it is done, or has failed again and again.
    private List<Throwable> run(Database db) throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        for (Thread thread : start(branch -> write(db, branch, failures))) {
            thread.join();
        }
        return failures;
    }

    private List<Thread> start(Consumer<String> work) {
        List<Thread> threads = new ArrayList<>();
        Numbered.BRANCHES.forEach(branch -> acknowledged.put(branch, 0));
        for (String branch : Numbered.BRANCHES) {
            threads.add(Thread.ofPlatform().start(() -> work.accept(branch)));
        }
        return threads;
    }

    private void write(Database db, String branch, List<Throwable> failures) {
        int number = 1;
        int patience = 10;
        while (number <= TRANSACTIONS && patience > 0) {
            try {
                Numbered.write(db, branch, number);
                acknowledged.put(branch, number);
                number++;
                Numbered.besides(db, branch, number);
            } catch (RuntimeException | AssertionError failure) {
                failures.add(failure);
                patience--;
            }
        }
    }

    /// Called under the disk's lock. What is acknowledged by now was durable before now.
    private void wreck(SimulatedDisk disk, Access access) {
        if (random.nextInt(8) == 0) {
            Map<String, Integer> known = new LinkedHashMap<>(acknowledged);
            long seed = random.nextLong();
            wrecks.add(new Wreck(access + ", tearing " + seed, disk.afterPowerCut(seed), known));
        }
    }

    private static void check(Wreck wreck) {
        try (Database db = open(wreck.left())) {
            wreck.acknowledged()
                    .forEach((branch, least) ->
                            assertThat(Numbered.last(db, branch)).as(branch).isBetween(least, least + 1));
            if (wreck.deeply()) {
                Dump.requireSound(db);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("power cut at " + wreck.where(), e);
        }
    }
}
