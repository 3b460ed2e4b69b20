package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.api.Database;
import coppice.api.Durability;
import coppice.testing.simulation.Life.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The power goes in the midst of every change that random work makes on the disk. What is found afterwards is
/// always a state between two steps: after the last one acknowledged or the one under way when everything
/// acknowledged is kept, else an earlier one.
///
/// `-Dcoppice.crash.steps=N` works longer, `-Dcoppice.seed=N` differently.
final class CrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_121L);
    private static final int STEPS = Integer.getInteger("coppice.crash.steps", 60);

    private static final int FUTURES = 2;

    /// Where the power went, and what it left.
    private record Wreck(String where, long seed, SimulatedDisk left) {
        boolean killed() {
            return where.endsWith("killed");
        }
    }

    private final List<Map<String, String>> states = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(SEED);
    private int wrecks;

    @Test
    void aDatabaseThatWasBeingCreatedCanBeCreatedAgain() {
        SimulatedDisk disk = new SimulatedDisk();
        List<Wreck> found = new ArrayList<>();
        observe(disk, "creation", found);
        new Station(SEED).open(disk, Durability.SYNC).close();
        assertThat(found).hasSizeGreaterThan(20);
        for (Wreck wreck : found) {
            try (Database db = new Station(SEED + 1).open(wreck.left(), Durability.SYNC)) {
                assertThat(db.branches()).as(wreck.where()).hasSize(1);
                assertThat(db.main().spaces()).isEmpty();
                Dump.requireSound(db);
            }
        }
    }

    @Test
    void aDiskThatLiesAboutSyncsIsFoundOut() {
        SimulatedDisk liar = new SimulatedDisk();
        liar.lieAboutSyncs();
        assertThatThrownBy(() -> crashEverywhere(SEED, liar, Durability.SYNC)).isInstanceOf(AssertionError.class);
    }

    @Test
    void syncedWorkIsThereWhereverThePowerGoes() {
        crashEverywhere(SEED, new SimulatedDisk(), Durability.SYNC);
        assertThat(wrecks).isGreaterThan(STEPS);
    }

    @Test
    void unsyncedWorkIsLostFromTheEndOnly() {
        crashEverywhere(SEED + 1, new SimulatedDisk(), Durability.NONE);
        crashEverywhere(SEED + 2, new SimulatedDisk(), Durability.interval(Duration.ofMillis(10)));
        assertThat(wrecks).isGreaterThan(STEPS / 2);
    }

    private void crashEverywhere(long seed, SimulatedDisk disk, Durability durability) {
        states.clear();
        Life life = new Life(seed);
        Station station = new Station(seed);
        Database db = station.open(disk, durability);
        states.add(Dump.of(db));
        for (int number = 1; number <= STEPS; number++) {
            List<Wreck> found = new ArrayList<>();
            Step step = life.next(db);
            String where = "seed " + seed + ", step " + number + " (" + step + ")";
            observe(disk, where, found);
            if (random.nextInt(12) == 0) {
                db.close();
                db = station.open(disk, durability);
            } else {
                step.work().accept(db);
                station.tasks.pass(Duration.ofMillis(random.nextInt(30)));
            }
            disk.observe(access -> {});
            states.add(Dump.of(db));
            found.add(new Wreck(where + ", killed after it", 0, disk.afterKill()));
            for (Wreck wreck : found) {
                check(wreck, number, durability);
            }
        }
        db.close();
    }

    private void observe(SimulatedDisk disk, String where, List<Wreck> found) {
        disk.observe(access -> {
            for (int i = 0; i < FUTURES; i++) {
                long seed = random.nextLong();
                String place = where + ", " + access + ", tearing " + seed;
                found.add(new Wreck(place, seed, disk.afterPowerCut(seed)));
            }
            // What the next process finds in the system's cache, it shows; so it must make sure that it stays.
            found.add(new Wreck(where + ", " + access + ", killed", random.nextLong(), disk.afterKill()));
        });
    }

    /// Recovers, compares, and goes on working.
    private void check(Wreck wreck, int step, Durability durability) {
        wrecks++;
        try {
            boolean synced = durability instanceof Durability.Sync;
            List<Map<String, String>> possible =
                    synced ? states.subList(step - 1, step + 1) : states.subList(0, step + 1);
            SimulatedDisk disk = wreck.left();
            if (wrecks % 15 == 0 || (wreck.killed() && wrecks % 2 == 0)) {
                crashInRecovery(disk, possible, durability);
            }
            Map<String, String> found;
            try (Database db = new Station(wrecks).open(disk, durability)) {
                found = Dump.of(db);
                assertThat(possible).contains(found);
                requireLasting(disk, found, durability);
                db.main().space("after").put("the crash", wreck.where());
                db.commit("after the crash");
                Dump.requireSound(db);
                found = Dump.of(db);
            }
            try (Database db = new Station(wrecks).open(disk.afterPowerCut(wreck.seed()), durability)) {
                assertThat(Dump.of(db)).as("after going on and closing").isEqualTo(found);
            }
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("power cut at " + wreck.where(), e);
        }
    }

    /// What recovery showed stays, even when the power goes at once again.
    private void requireLasting(SimulatedDisk disk, Map<String, String> found, Durability durability) {
        try (Database again = new Station(1).open(disk.afterPowerCut(random.nextLong()), durability)) {
            assertThat(Dump.of(again)).as("the power went again after recovery").isEqualTo(found);
        }
    }

    private void crashInRecovery(SimulatedDisk left, List<Map<String, String>> possible, Durability durability) {
        SimulatedDisk disk = left.afterKill();
        List<SimulatedDisk> again = new ArrayList<>();
        disk.observe(access -> again.add(disk.afterPowerCut(random.nextLong())));
        new Station(1).open(disk, durability).close();
        for (SimulatedDisk second : again) {
            try (Database db = new Station(1).open(second, durability)) {
                assertThat(possible).as("after a crash in recovery").contains(Dump.of(db));
                Dump.requireSound(db);
            }
        }
    }
}
