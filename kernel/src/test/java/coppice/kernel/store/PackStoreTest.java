package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackStoreTest {
    private final MemoryDisk disk = new MemoryDisk();

    private PackStore open(PackState state) {
        return PackStore.open(disk, Tasks.threads(), "packs", Samples.SMALL, state);
    }

    @Test
    void readsEveryChunkAtOnceAndAfterReopening() {
        List<byte[]> chunks = Samples.chunks(1, 5_000);
        List<Hash> hashes = new ArrayList<>();
        PackState state;
        try (PackStore store = open(PackState.EMPTY)) {
            for (byte[] chunk : chunks) {
                Hash hash = store.write(chunk);
                assertThat(store.read(hash)).isEqualTo(chunk);
                hashes.add(hash);
            }
            state = store.sync();
            assertThat(state.packs()).hasSizeGreaterThan(3);
            assertThat(store.statistics().waitingChunks()).isZero();
        }
        try (PackStore store = open(state)) {
            for (int i = 0; i < chunks.size(); i++) {
                assertThat(store.contains(hashes.get(i))).isTrue();
                assertThat(store.read(hashes.get(i))).isEqualTo(chunks.get(i));
            }
            assertThat(store.sync()).isEqualTo(state);
            assertThat(store.check(e -> {
                        throw e;
                    }))
                    .isEqualTo(store.statistics().chunks());
        }
    }

    @Test
    void knowsNoChunkThatWasNeverWritten() {
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(2, 2_000).forEach(store::write);
            PackState _ = store.sync();
            for (byte[] chunk : Samples.chunks(3, 2_000)) {
                Hash hash = Hash.of(chunk);
                assertThat(store.contains(hash)).isFalse();
                assertThatThrownBy(() -> store.read(hash)).isInstanceOf(MissingChunkException.class);
            }
        }
    }

    @Test
    void storesEqualChunksOnce() {
        try (PackStore store = open(PackState.EMPTY)) {
            List<byte[]> chunks = Samples.chunks(4, 1_000);
            chunks.forEach(store::write);
            chunks.forEach(store::write);
            PackState first = store.sync();
            chunks.forEach(store::write);
            assertThat(store.sync()).isEqualTo(first);
            assertThat(store.statistics().chunks()).isEqualTo(1_000);
        }
    }

    @Test
    void forgetsWhatWasNotSyncedAndDeletesFilesThatAreNotListed() {
        PackState state;
        Hash lost;
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(5, 100).forEach(store::write);
            state = store.sync();
            for (byte[] chunk : Samples.chunks(6, 3_000)) {
                store.write(chunk);
            }
            PackState _ = store.sync();
            lost = Hash.of(Samples.chunks(6, 3_000).get(2_999));
        }
        try (PackStore store = open(state)) {
            assertThat(store.contains(lost)).isFalse();
            assertThat(disk.list("packs")).hasSize(1);
            assertThat(store.sync()).isEqualTo(state);
            Hash again = store.write(Samples.chunks(6, 3_000).get(2_999));
            assertThat(again).isEqualTo(lost);
            assertThat(store.read(lost)).isEqualTo(Samples.chunks(6, 3_000).get(2_999));
        }
    }

    @Test
    void takesChunksOfEveryLengthUpToTheLimit() {
        List<byte[]> chunks = List.of(
                new byte[1],
                new byte[] {7},
                Samples.random(7, 16),
                Samples.random(8, 65_537),
                new byte[Chunks.MAX_LENGTH],
                Samples.random(9, Chunks.MAX_LENGTH));
        PackState state;
        try (PackStore store = open(PackState.EMPTY)) {
            chunks.forEach(store::write);
            state = store.sync();
        }
        try (PackStore store = open(state)) {
            chunks.forEach(chunk -> assertThat(store.read(Hash.of(chunk))).isEqualTo(chunk));
        }
    }

    @Test
    void refusesWorkAfterClose() {
        PackStore store = open(PackState.EMPTY);
        Hash hash = store.write(new byte[] {1});
        PackState _ = store.sync();
        store.close();
        store.close();
        assertThatThrownBy(() -> store.read(hash)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(new byte[] {2})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::sync).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void makesALostIndexAnew() {
        PackState state;
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(10, 3_000).forEach(store::write);
            state = store.sync();
        }
        disk.list("packs").stream().filter(name -> name.endsWith(".idx")).forEach(name -> disk.delete("packs/" + name));
        try (PackStore store = open(state)) {
            Samples.chunks(10, 3_000)
                    .forEach(chunk -> assertThat(store.read(Hash.of(chunk))).isEqualTo(chunk));
        }
        assertThat(disk.list("packs")).anyMatch(name -> name.endsWith(".idx"));
    }
}
