package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Durability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.Function;

/// Does steps on a database, and has somebody look at what is left when the power goes, or the process is killed,
/// in the midst of every change that they make on the disk.
final class Wrecks {
    /// One thing to do.
    record Step(String name, Consumer<Database> work) {}

    /// Looks at what a crash in a step left.
    @FunctionalInterface
    interface Check {
        /// Looks.
        ///
        /// @param before what was shown before the step
        /// @param after what was shown after it
        void accept(Database db, Map<String, String> before, Map<String, String> after);
    }

    private record Wreck(String where, SimulatedDisk left) {}

    private final long seed;
    private final Function<Database, Map<String, String>> shown;
    private final SplittableRandom random;
    private final int most;
    private Optional<Station> station = Optional.empty();
    private int count;

    /// @param shown all of a database that counts
    Wrecks(long seed, Function<Database, Map<String, String>> shown) {
        this(seed, shown, Integer.MAX_VALUE);
    }

    /// @param most how many of the crashes in a step are looked at, chosen by chance: for looks that take long
    Wrecks(long seed, Function<Database, Map<String, String>> shown, int most) {
        this.seed = seed;
        this.shown = shown;
        this.random = new SplittableRandom(seed);
        this.most = most;
    }

    /// Time goes by, and what runs in the background does.
    Step pass(Duration time) {
        return new Step("pass " + time, _ -> station.orElseThrow().tasks.pass(time));
    }

    /// Looks for the state before a step or the one after it, and for nothing between.
    void requireOldOrNew(Consumer<Database> beginning, List<Step> steps) {
        everywhere(
                beginning,
                steps,
                (db, before, after) -> assertThat(shown.apply(db)).isIn(before, after));
    }

    /// Does the steps and checks what every crash in one of them leaves. There are three at least for each, on the
    /// average.
    void everywhere(Consumer<Database> beginning, List<Step> steps, Check check) {
        SimulatedDisk disk = new SimulatedDisk();
        Station own = new Station(seed);
        station = Optional.of(own);
        try (Database db = own.open(disk, Durability.SYNC)) {
            beginning.accept(db);
            for (Step step : steps) {
                Map<String, String> before = shown.apply(db);
                List<Wreck> found = new ArrayList<>();
                disk.observe(access -> {
                    found.add(new Wreck(step.name() + ", power at " + access, disk.afterPowerCut(random.nextLong())));
                    found.add(new Wreck(step.name() + ", killed at " + access, disk.afterKill()));
                });
                step.work().accept(db);
                disk.observe(access -> {});
                found.add(new Wreck(step.name() + ", killed after it", disk.afterKill()));
                Map<String, String> after = shown.apply(db);
                chosen(found).forEach(wreck -> check(wreck, before, after, check));
            }
        }
        assertThat(count).isGreaterThanOrEqualTo(3 * steps.size());
    }

    /// The last one, after the step, is always among them.
    private List<Wreck> chosen(List<Wreck> found) {
        List<Wreck> chosen = new ArrayList<>(found);
        while (chosen.size() > most) {
            chosen.remove(random.nextInt(chosen.size() - 1));
        }
        return chosen;
    }

    private void check(Wreck wreck, Map<String, String> before, Map<String, String> after, Check check) {
        count++;
        try (Database db = new Station(count).open(wreck.left(), Durability.SYNC)) {
            check.accept(db, before, after);
            Dump.requireSound(db);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed + ", crash in " + wreck.where(), e);
        }
    }
}
