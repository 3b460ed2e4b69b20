package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import coppice.kernel.platform.Task;
import coppice.kernel.platform.Tasks;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PackCopyTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(1 << 20, 2_000, 64 << 10);

    private static final PackCopy.Listener DEAF = new PackCopy.Listener() {
        @Override
        public void sound(Hash hash, byte[] bytes, int length) {}

        @Override
        public void copied(long more, long bytes) {}
    };

    private final MemoryDisk there = new MemoryDisk();
    private final MemoryDisk here = new MemoryDisk();
    private final Map<Hash, byte[]> chunks = new HashMap<>();
    private final Map<Hash, byte[]> heard = new ConcurrentHashMap<>();
    private final AtomicLong copied = new AtomicLong();
    private final AtomicLong copiedBytes = new AtomicLong();
    private long chunksMax = Long.MAX_VALUE;
    private PackStore from = open(there, PackState.EMPTY);
    private final PackStore to = open(here, PackState.EMPTY);

    private static PackStore open(MemoryDisk disk, PackState state) {
        return PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, state);
    }

    @AfterEach
    void close() {
        from.close();
        to.close();
    }

    private void write(int seed, int count) {
        for (byte[] chunk : Samples.chunks(seed, count)) {
            chunks.put(from.write(chunk), chunk);
        }
        byte[] long1 = Samples.random(seed, Chunks.MAX_LENGTH);
        chunks.put(from.write(long1), long1);
        from.adopted(from.sync());
    }

    private boolean copy(int workers, Runnable between) {
        heard.clear();
        copied.set(0);
        copiedBytes.set(0);
        PackCopy.Copied all = PackCopy.run(
                from,
                to,
                chunksMax,
                workers,
                new PackCopy.Listener() {
                    @Override
                    public void sound(Hash hash, byte[] bytes, int length) {
                        heard.put(hash, Arrays.copyOf(bytes, length));
                    }

                    @Override
                    public void copied(long more, long bytes) {
                        copied.addAndGet(more);
                        copiedBytes.addAndGet(bytes);
                    }
                },
                between);
        all.syncing().join();
        return all.isSound();
    }

    private boolean copy() {
        return copy(3, () -> {});
    }

    private void heardAll() {
        assertThat(heard.keySet()).isEqualTo(chunks.keySet());
        heard.forEach((hash, chunk) -> assertThat(chunk).isEqualTo(chunks.get(hash)));
    }

    private void hasAll(PackStore store) {
        chunks.forEach((hash, chunk) -> assertThat(store.read(hash)).isEqualTo(chunk));
    }

    private long check(PackStore store) {
        return store.check(damage -> {
            throw damage;
        });
    }

    @Test
    void packsAreCopiedAsTheyAreAndAllIsHeardOf() {
        write(1, 9_000);
        assertThat(copy()).isTrue();
        heardAll();
        assertThat(copied).hasValue(chunks.size());
        assertThat(copiedBytes)
                .hasValue(chunks.values().stream()
                        .mapToLong(chunk -> chunk.length)
                        .sum());
        assertThat(to.statistics().chunks()).isEqualTo(from.statistics().chunks());
        assertThat(to.statistics().storedBytes()).isEqualTo(from.statistics().storedBytes());
        assertThat(to.statistics().rawBytes()).isEqualTo(from.statistics().rawBytes());
        hasAll(to);
        PackState state = to.sync();
        to.adopted(state);
        try (PackStore again = open(Damage.copy(here, "packs"), state)) {
            hasAll(again);
            assertThat(check(again)).isEqualTo(chunks.size());
        }
    }

    @Test
    void groupsStayGroups() {
        chunks.putAll(Samples.grouped(from, 100));
        assertThat(copy()).isTrue();
        heardAll();
        assertThat(to.statistics().storedBytes()).isEqualTo(from.statistics().storedBytes());
        hasAll(to);
    }

    @Test
    void whatWasCopiedBeforeIsHeardOfAndNotCopiedAgain() {
        write(1, 3_000);
        assertThat(copy()).isTrue();
        write(2, 500);
        byte[] own = {1, 2, 3};
        to.write(own);
        to.adopted(to.sync());
        assertThat(copy()).isTrue();
        assertThat(copied).hasValue(501);
        assertThat(heard.remove(Hash.of(own))).isEqualTo(own);
        heardAll();
        hasAll(to);
    }

    @Test
    void ofADamagedPackNothingIsKeptAndThatIsSaid() {
        write(1, 9_000);
        PackState state = from.sync();
        from.close();
        for (long at : new long[] {100, 300_000, state.packs().getFirst().length() - 20}) {
            MemoryDisk damaged = Damage.copy(there, "packs");
            Damage.flipBit(damaged, "packs/0000000000000001.pack", 8L * at);
            from = open(damaged, state);
            try (PackStore other = open(new MemoryDisk(), PackState.EMPTY)) {
                PackCopy.Copied all = PackCopy.run(from, other, Long.MAX_VALUE, 2, DEAF, () -> {});
                all.syncing().join();
                assertThat(all.isSound()).isFalse();
                assertThat(check(other))
                        .isEqualTo(chunks.size() - state.packs().getFirst().chunks());
            }
            from.close();
        }
        from = open(there, state);
    }

    @Test
    void noMorePacksAreReadThanMayBe() {
        write(1, 9_000);
        chunksMax = 1L + from.sync().packs().getFirst().chunks();
        assertThat(copy()).isTrue();
        assertThat(to.statistics().packs()).isEqualTo(2);
        assertThat(heard).hasSize((int) to.statistics().chunks());
        chunksMax = Long.MAX_VALUE;
        assertThat(copy()).isTrue();
        heardAll();
        hasAll(to);
    }

    @Test
    void whatIsCopiedIsSyncedMeanwhileAndAfterAFailedSyncNothingIsWritten() {
        for (int seed = 0; seed < 20; seed++) {
            from.write(Samples.random(seed, Chunks.MAX_LENGTH));
        }
        from.adopted(from.sync());
        FaultyDisk disk = new FaultyDisk();
        try (PackStore other = PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, PackState.EMPTY)) {
            PackCopy.Copied all = PackCopy.run(from, other, Long.MAX_VALUE, 2, DEAF, () -> {});
            all.syncing().join();
            assertThat(all.syncing().failure()).isEmpty();
            disk.failSyncs(true);
            assertThat(other.sync().packs()).as("nothing is left to sync").isNotEmpty();
        }
        disk = new FaultyDisk();
        try (PackStore other = PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, PackState.EMPTY)) {
            disk.failSyncs(true);
            assertThatThrownBy(() -> {
                        Task syncing = PackCopy.run(from, other, Long.MAX_VALUE, 2, DEAF, () -> {})
                                .syncing();
                        syncing.join();
                        throw syncing.failure().orElseThrow();
                    })
                    .isInstanceOf(StorageException.class);
            disk.failSyncs(false);
            assertThatThrownBy(other::sync)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("an earlier sync failed");
        }
    }

    @Test
    void whoThrowsEndsItAndWhatIsIncompleteGoes() {
        write(1, 9_000);
        int files = there.list("packs").size();
        AtomicInteger left = new AtomicInteger(2);
        assertThatThrownBy(() -> copy(1, () -> {
                    if (left.getAndDecrement() == 0) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("enough");
        PackState state = to.sync();
        to.adopted(state);
        assertThat(state.packs().size()).isLessThan(from.sync().packs().size());
        assertThat(here.list("packs")).hasSize(2 * state.packs().size());
        assertThat(copy()).isTrue();
        heardAll();
        hasAll(to);
        assertThat(here.list("packs").size()).isLessThanOrEqualTo(files + 1);
    }
}
