package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.StorageException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyncAheadTest {
    private final FaultyDisk disk = new FaultyDisk();

    private PackStore open(PackState state) {
        return PackStore.open(disk, new InlineTasks(), "packs", Samples.SMALL, state);
    }

    @Test
    void syncsWhenEnoughWasWritten() {
        List<byte[]> chunks = Samples.chunks(1, 3_000);
        PackState state;
        try (PackStore store = open(PackState.EMPTY)) {
            chunks.forEach(store::write);
            SyncAhead ahead = new SyncAhead(store, 100);
            disk.cutPowerBefore(Integer.MAX_VALUE);
            ahead.wrote(99);
            assertThat(disk.operations()).isZero();
            ahead.wrote(1);
            int synced = disk.operations();
            assertThat(synced).isPositive();
            ahead.wrote(99);
            assertThat(disk.operations()).isEqualTo(synced);
            state = store.sync();
        }
        try (PackStore store = open(state)) {
            assertThat(chunks)
                    .allSatisfy(chunk -> assertThat(store.read(Hash.of(chunk))).isEqualTo(chunk));
        }
    }

    @Test
    void aSyncThatFailsIsToldByTheNextWrite() {
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(1, 3_000).forEach(store::write);
            disk.failSyncs(true);
            new SyncAhead(store, 100).wrote(100);
            disk.failSyncs(false);
            assertThatThrownBy(() -> store.write(new byte[] {1}))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("an earlier sync failed");
        }
    }
}
