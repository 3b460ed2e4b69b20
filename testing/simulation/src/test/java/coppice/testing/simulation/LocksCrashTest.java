package coppice.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.Database;
import coppice.api.Durability;
import coppice.api.structure.Lease;
import coppice.api.structure.LockOptions;
import coppice.kernel.platform.StorageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is left of locks when the power goes or the process is killed.
final class LocksCrashTest {
    private static final LockOptions KEPT =
            LockOptions.defaults().withTtl(Duration.ofDays(1)).kept();

    /// A number that came back would let one through who has lost his lease.
    @ParameterizedTest
    @ValueSource(strings = {"sync", "interval", "none"})
    void tokensRiseWhateverTheDurability(String durability) {
        Durability chosen = switch (durability) {
            case "sync" -> Durability.SYNC;
            case "interval" -> Durability.interval(Duration.ofSeconds(10));
            default -> Durability.NONE;
        };
        SimulatedDisk disk = new SimulatedDisk();
        long last = 0;
        for (int round = 0; round < 6; round++) {
            Database db = new Station(round).open(disk, chosen);
            for (int i = 0; i < 3; i++) {
                try (Lease lease = db.lock("a").acquire()) {
                    assertThat(lease.token()).isGreaterThan(last);
                    last = lease.token();
                }
            }
            disk = round % 2 == 0 ? disk.afterPowerCut(round) : disk.afterKill();
        }
    }

    @Test
    void whatIsOverIsOverThoughTheDiskIsFull() {
        SimulatedDisk disk = new SimulatedDisk();
        try (Database db = new Station(1).open(disk, Durability.SYNC)) {
            db.lock("a").with(KEPT).acquire();
        }
        Station later = new Station(2);
        later.clock.pass(Duration.ofDays(2));
        disk.fail(StorageException.Kind.NO_SPACE, access -> access.kind() == Access.Kind.WRITE);
        Database db = later.open(disk, Durability.SYNC);
        assertThat(db.locks().all()).isEmpty();
        disk.heal();
        try (db) {
            assertThat(db.lock("a").tryAcquire()).isPresent();
        }
    }

    @Test
    void aLeaseThatIsKeptIsThereOrNeverWas() {
        SimulatedDisk disk = new SimulatedDisk();
        long token;
        try (Database db = new Station(1).open(disk, Durability.SYNC)) {
            db.lock("a").acquire().close();
            disk.observe(access -> {
                SimulatedDisk left = disk.afterPowerCut(7);
                try (Database after = new Station(2).open(left, Durability.SYNC)) {
                    after.lock("a")
                            .status()
                            .held()
                            .ifPresent(held -> assertThat(after.lock("a").resume(held.token()))
                                    .isPresent());
                }
            });
            token = db.lock("a").with(KEPT).acquire().token();
            disk.observe(access -> {});
            try (Database after = new Station(3).open(disk.afterPowerCut(8), Durability.SYNC)) {
                assertThat(after.lock("a").tryAcquire()).isEmpty();
                after.lock("a").resume(token).orElseThrow().close();
                assertThat(after.lock("a").tryAcquire()).isPresent();
            }
        }
    }
}
