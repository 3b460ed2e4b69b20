package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.Hook;
import coppice.api.Hooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The power goes, or the process is killed, in the midst of a transaction that is to be a version while a hook that is
/// asked about it writes to the same branch: the version is then of something else than the working state.
final class HookCrashTest {
    private static final long SEED = Long.getLong("coppice.seed", 20_261_128L);

    private final List<SimulatedDisk> wrecks = new ArrayList<>();
    private final List<Map<String, String>> states = new ArrayList<>();

    @Test
    void aVersionIsThereWithItsTransactionOrNeitherIs() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = new Station(SEED).open(disk, Durability.SYNC)) {
            db.main().commit("first", tx -> tx.space("s").put("a", "1"));
            states.add(Dump.of(db));
            db.add(Hooks.none().preCommit("writes", event -> {
                db.space("s").put("of the hook", "1");
                states.add(Dump.of(db));
                return Hook.accept();
            }));
            disk.observe(access -> {
                wrecks.add(disk.afterPowerCut(SEED + wrecks.size()));
                wrecks.add(disk.afterKill());
            });
            db.main().commit("second", tx -> tx.space("s").put("a", "2"));
            disk.observe(access -> {});
            wrecks.add(disk.afterKill());
            states.add(Dump.of(db));
        }
        assertThat(states).hasSize(3).doesNotHaveDuplicates();
        assertThat(wrecks).hasSizeGreaterThan(10);
        assertThat(reopened(wrecks.getLast())).isEqualTo(states.getLast());
        for (SimulatedDisk wreck : wrecks) {
            assertThat(states).contains(reopened(wreck));
        }
    }

    private static Map<String, String> reopened(SimulatedDisk wreck) {
        try (Database db = new Station(SEED).open(wreck, Durability.SYNC)) {
            Dump.requireSound(db);
            return Dump.of(db);
        }
    }
}
