package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.StorageException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PackCrashTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.none()).withSizes(64 << 10, 64, 4 << 10);

    private final FaultyDisk disk = new FaultyDisk();

    /// What a manifest on disk would hold, and the chunks it promises.
    private PackState durable = PackState.EMPTY;

    private Map<Hash, byte[]> promised = Map.of();
    private int merges;
    private int deadSteps;

    private static PackStore open(Disk disk, PackState state) {
        return PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, state);
    }

    private void checkpoint(PackStore store, Map<Hash, byte[]> chunks) {
        PackState state = store.sync();
        durable = state;
        promised = new HashMap<>(chunks);
        store.adopted(state);
    }

    /// Writes, syncs, merges and sweeps, through the life of some dozens of packs.
    private void life() {
        Map<Hash, byte[]> chunks = new HashMap<>();
        try (PackStore store = open(disk, PackState.EMPTY)) {
            for (int round = 0; round < 24; round++) {
                for (byte[] chunk : Samples.chunks(round, 12)) {
                    chunks.put(store.write(chunk), chunk);
                }
                checkpoint(store, chunks);
                merges += store.merge().packsWritten();
                if (round % 8 == 7) {
                    for (int old = 0; old < round - 11; old++) {
                        Samples.chunks(old, 12).forEach(chunk -> chunks.remove(Hash.of(chunk)));
                    }
                    chunks.keySet().removeIf(hash -> hash.prefix() % 3 == 0);
                    sweep(store, chunks);
                }
            }
        }
    }

    private void sweep(PackStore store, Map<Hash, byte[]> chunks) {
        try (Sweep sweep = store.beginSweep()) {
            chunks.keySet().forEach(sweep::mark);
            sweep.decide(Lineage.NONE);
            int before = disk.operations();
            while (sweep.step()) {
                deadSteps += disk.operations() == before ? 1 : 0;
                checkpoint(store, chunks);
                before = disk.operations();
            }
            assertThat(sweep.finish().chunksDropped()).isPositive();
        }
        checkpoint(store, chunks);
    }

    @Test
    void keepsWhatTheManifestPromisesWhereverThePowerGoes() {
        life();
        int changes = disk.operations();
        assertThat(changes).isGreaterThan(100);
        assertThat(merges).isPositive();
        assertThat(deadSteps).as("steps that only drop packs").isPositive();
        for (int cut = 0; cut < changes; cut++) {
            PackCrashTest run = new PackCrashTest();
            run.disk.cutPowerBefore(cut);
            assertThatThrownBy(run::life).isInstanceOf(RuntimeException.class);
            run.checkSurvivors(run.disk.synced(), cut);
            run.checkSurvivors(run.disk.written(), cut);
        }
    }

    private void checkSurvivors(MemoryDisk survivors, int cut) {
        try (PackStore store = open(survivors, durable)) {
            promised.forEach((hash, chunk) -> assertThat(store.read(hash))
                    .as("power cut before change %s", cut)
                    .isEqualTo(chunk));
            assertThat(store.check(e -> {
                        throw e;
                    }))
                    .isEqualTo(store.statistics().chunks());
            Hash fresh = store.write(Samples.random(cut, 1_000));
            PackState state = store.sync();
            try (PackStore again = open(survivors, state)) {
                assertThat(again.read(fresh)).hasSize(1_000);
            }
        }
    }

    @Test
    void goesOnWhenAFullDiskHasSpaceAgain() {
        boolean over = false;
        for (int after = 0; !over; after++) {
            FaultyDisk full = new FaultyDisk();
            try (PackStore store = open(full, PackState.EMPTY)) {
                full.fill(after, 3);
                Map<Hash, byte[]> written = writeThroughFailures(store);
                PackState state = syncThroughFailures(store, written);
                over = !full.fillIsOver();
                try (PackStore again = open(full.synced(), state)) {
                    written.forEach(
                            (hash, chunk) -> assertThat(again.read(hash)).isEqualTo(chunk));
                    assertThat(again.check(e -> {
                                throw e;
                            }))
                            .isEqualTo(again.statistics().chunks());
                }
            }
        }
    }

    private static Map<Hash, byte[]> writeThroughFailures(PackStore store) {
        Map<Hash, byte[]> written = new HashMap<>();
        for (byte[] chunk : Samples.chunks(1, 3_000)) {
            boolean done = false;
            while (!done) {
                try {
                    written.put(store.write(chunk), chunk);
                    done = true;
                } catch (StorageException e) {
                    assertThat(e.kind()).isEqualTo(Kind.NO_SPACE);
                    readsAll(store, written);
                }
            }
        }
        return written;
    }

    private static PackState syncThroughFailures(PackStore store, Map<Hash, byte[]> written) {
        while (true) {
            try {
                return store.sync();
            } catch (StorageException e) {
                assertThat(e.kind()).isEqualTo(Kind.NO_SPACE);
                readsAll(store, written);
            }
        }
    }

    private static void readsAll(PackStore store, Map<Hash, byte[]> written) {
        written.forEach((hash, chunk) -> assertThat(store.read(hash)).isEqualTo(chunk));
    }

    @Test
    void leavesNothingBehindWhenASweepOrMergeFindsTheDiskFull() {
        List<Hash> hashes = new ArrayList<>();
        try (PackStore store = open(disk, PackState.EMPTY)) {
            for (int round = 0; round < 30; round++) {
                Samples.chunks(round, 7).forEach(chunk -> hashes.add(store.write(chunk)));
                store.adopted(store.sync());
            }
            List<String> before = disk.list("packs");
            disk.fill(1, 1);
            assertThatThrownBy(store::merge).isInstanceOf(StorageException.class);
            try (Sweep sweep = store.beginSweep()) {
                disk.fill(1, 1);
                assertThatThrownBy(() -> sweep.run(hash -> hash.prefix() < 0)).isInstanceOf(StorageException.class);
            }
            assertThat(disk.list("packs")).containsAll(before).hasSizeLessThanOrEqualTo(before.size() + 1);
            hashes.forEach(hash -> assertThat(Hash.of(store.read(hash))).isEqualTo(hash));
        }
    }

    @Test
    void onlyReadsAfterAFailedSync() {
        try (PackStore store = open(disk, PackState.EMPTY)) {
            Hash hash = store.write(new byte[] {1, 2, 3});
            disk.failSyncs(true);
            assertThatThrownBy(store::sync).isInstanceOf(StorageException.class).hasMessageContaining("injected");
            disk.failSyncs(false);
            assertThatThrownBy(store::sync)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("earlier sync failed");
            assertThatThrownBy(() -> store.write(new byte[] {4})).isInstanceOf(StorageException.class);
            assertThat(store.read(hash)).containsExactly(1, 2, 3);
        }
    }
}
