package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackSweepTest {
    private static final PackOptions OPTIONS = PackOptions.standard().withSizes(128 << 10, 300, 8 << 10);

    private final MemoryDisk disk = new MemoryDisk();

    private PackStore open(PackState state) {
        return PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, state);
    }

    private static MarkSet marks(Iterable<Hash> hashes) {
        MarkSet marks = new MarkSet();
        hashes.forEach(marks::add);
        return marks;
    }

    private static long bytes(StoreStatistics sizes) {
        return sizes.storedBytes() + sizes.indexBytes();
    }

    @Test
    void dropsDeadChunksAndTheirFiles() {
        try (PackStore store = open(PackState.EMPTY)) {
            List<Hash> hashes = new ArrayList<>();
            Samples.chunks(1, 3_000).forEach(chunk -> hashes.add(store.write(chunk)));
            store.adopted(store.sync());
            long before = bytes(store.statistics());
            List<Hash> live = hashes.subList(0, 300);
            SweepResult result;
            try (Sweep sweep = store.beginSweep()) {
                result = sweep.run(marks(live));
            }
            store.adopted(store.sync());
            assertThat(result.chunksKept()).isEqualTo(300);
            assertThat(result.chunksDropped()).isEqualTo(2_700);
            assertThat(result.bytesReclaimed()).isEqualTo(before - bytes(store.statistics()));
            assertThat(store.statistics().chunks()).isEqualTo(300);
            assertThat(disk.list("packs")).hasSize(2 * store.statistics().packs());
            live.forEach(hash -> assertThat(Hash.of(store.read(hash))).isEqualTo(hash));
            assertThat(store.contains(hashes.get(300))).isFalse();
            assertThatThrownBy(() -> store.read(hashes.get(300))).isInstanceOf(MissingChunkException.class);
        }
    }

    @Test
    void keepsOldFilesUntilAManifestWithoutThemIsOnDisk() {
        PackState first;
        List<Hash> hashes = new ArrayList<>();
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(2, 1_000).forEach(chunk -> hashes.add(store.write(chunk)));
            first = store.sync();
            store.adopted(first);
            try (Sweep sweep = store.beginSweep()) {
                assertThat(sweep.run(_ -> false).chunksKept()).isZero();
            }
            assertThat(store.sync().packs()).isEmpty();
        }
        try (PackStore store = open(first)) {
            hashes.forEach(hash -> assertThat(Hash.of(store.read(hash))).isEqualTo(hash));
        }
    }

    @Test
    void keepsADeadChunkThatAWriterFindsDuringTheSweep() {
        try (PackStore store = open(PackState.EMPTY)) {
            List<byte[]> chunks = Samples.chunks(3, 900);
            chunks.forEach(store::write);
            store.adopted(store.sync());
            Hash written = Hash.of(chunks.get(100));
            Hash asked = Hash.of(chunks.get(500));
            Hash late = Hash.of(chunks.get(700));
            Hash fresh = Hash.of(new byte[] {1});
            try (Sweep sweep = store.beginSweep()) {
                store.write(chunks.get(100));
                assertThat(store.contains(asked)).isTrue();
                store.write(new byte[] {1});
                SweepResult result = sweep.run(hash -> {
                    if (hash.equals(late)) {
                        store.write(chunks.get(700));
                    }
                    return false;
                });
                assertThat(result.chunksDropped()).isEqualTo(900);
            }
            PackState state = store.sync();
            store.adopted(state);
            for (Hash hash : List.of(written, asked, late, fresh)) {
                assertThat(Hash.of(store.read(hash))).isEqualTo(hash);
            }
            assertThat(state.packs().stream().mapToInt(PackState.Entry::chunks).sum())
                    .isEqualTo(4);
        }
    }

    @Test
    void runsOneSweepAtATimeAndEachOnce() {
        try (PackStore store = open(PackState.EMPTY)) {
            store.write(new byte[] {1});
            Sweep sweep = store.beginSweep();
            assertThatIllegalStateException().isThrownBy(store::beginSweep);
            assertThat(store.merge().packsReplaced()).isZero();
            assertThat(sweep.run(_ -> true).chunksDropped()).isZero();
            assertThatIllegalStateException().isThrownBy(() -> sweep.run(_ -> true));
            sweep.close();
            sweep.close();
            store.beginSweep().close();
        }
    }

    @Test
    void writesNothingOnceTheStoreIsClosed() {
        PackStore store = open(PackState.EMPTY);
        Samples.chunks(5, 1_000).forEach(store::write);
        Sweep sweep = store.beginSweep();
        store.close();
        List<String> files = disk.list("packs");
        assertThat(sweep.run(_ -> false).packsReplaced()).isZero();
        assertThatIllegalStateException().isThrownBy(store::merge);
        assertThatIllegalStateException().isThrownBy(store::beginSweep);
        assertThat(disk.list("packs")).isEqualTo(files);
        sweep.close();
    }

    @Test
    void mergesSmallPacksSoThatTheyStayFew() {
        try (PackStore store = open(PackState.EMPTY)) {
            Map<Hash, byte[]> all = new HashMap<>();
            long merged = 0;
            for (int round = 0; round < 200; round++) {
                for (byte[] chunk : Samples.chunks(100 + round, 30)) {
                    all.put(store.write(chunk), chunk);
                }
                store.adopted(store.sync());
                merged += store.merge().chunksKept();
                store.adopted(store.sync());
            }
            long full = store.statistics().storedBytes() / OPTIONS.packBytes();
            assertThat(store.statistics().packs()).isLessThan((int) (3 * full) + 2 * PackMerge.FACTOR);
            assertThat(merged).as("chunks copied, of 6,000").isBetween(4_000L, 13_000L);
            assertThat(disk.list("packs"))
                    .hasSizeLessThanOrEqualTo(2 * store.statistics().packs());
            all.forEach((hash, chunk) -> assertThat(store.read(hash)).isEqualTo(chunk));
        }
    }

    @Test
    void copiesNothingWhereOnlyFewPacksFitIntoOne() {
        try (PackStore store = open(PackState.EMPTY)) {
            List<byte[]> chunks = Samples.chunks(3, 3_000);
            for (int i = 0; i < chunks.size(); i++) {
                store.write(chunks.get(i));
                if (i % 120 == 119) { // of the 300 that a pack holds at most
                    store.adopted(store.sync());
                }
            }
            assertThat(store.statistics().packs()).isGreaterThan(3 * PackMerge.FACTOR);
            assertThat(store.merge().packsReplaced()).isZero();
        }
    }

    @Test
    void joinsInStretchesAndGivesUpWhenItIsTold() {
        PackOptions options = PackOptions.standard().withSizes(4 << 20, 20_000, 4 << 10);
        try (PackStore store = PackStore.open(disk, Tasks.threads(), "packs", options, PackState.EMPTY)) {
            List<Hash> hashes = new ArrayList<>();
            for (int round = 0; round < PackMerge.FACTOR; round++) {
                Samples.chunks(round, 200).forEach(chunk -> hashes.add(store.write(chunk)));
                store.adopted(store.sync());
            }
            int files = disk.list("packs").size();
            int packs = store.statistics().packs();
            assertThatThrownBy(() -> store.merge(_ -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
            assertThat(disk.list("packs")).hasSize(files);
            List<Long> copied = new ArrayList<>();
            long bytes = store.statistics().storedBytes();
            assertThat(store.merge(copied::add).packsReplaced()).isEqualTo(packs);
            assertThat(copied.size()).isBetween((int) (bytes / (40 << 10)), (int) (bytes / (32 << 10)));
            hashes.forEach(hash -> assertThat(Hash.of(store.read(hash))).isEqualTo(hash));
        }
    }

    @Test
    void needsLittleRoomOnTopOfWhatIsThere() {
        PackOptions large = PackOptions.standard().with(Compression.none()).withSizes(16 << 20, 100_000, 4 << 20);
        try (PackStore store = PackStore.open(disk, Tasks.threads(), "packs", large, PackState.EMPTY)) {
            List<Hash> hashes = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                hashes.add(store.write(Samples.random(i, 4_000)));
            }
            store.adopted(store.sync());
            long before = fileBytes();
            long[] most = {before};
            // Half of each pack lives.
            Set<Hash> live = new HashSet<>();
            for (int i = 0; i < hashes.size(); i += 2) {
                live.add(hashes.get(i));
            }
            int steps = 0;
            LongConsumer pace = _ -> most[0] = Math.max(most[0], fileBytes());
            try (Sweep sweep = store.beginSweep(Sweep.OLDEST, 0.25, pace)) {
                live.forEach(sweep::mark);
                sweep.decide(Lineage.NONE);
                for (; sweep.step(); steps++) {
                    pace.accept(0);
                    store.adopted(store.sync());
                }
                sweep.finish();
            }
            assertThat(disk.list("packs")).hasSize(2 * store.statistics().packs());
            assertThat(steps).isGreaterThan(6);
            assertThat(most[0] - before).isLessThan(fileBytes() / 5);
            assertThat(fileBytes()).isBetween((long) (before * 0.45), (long) (before * 0.55));
            live.forEach(hash -> assertThat(store.contains(hash)).isTrue());
        }
    }

    @Test
    void deletesDeadPacksFirstAndOneAfterTheOther() {
        try (PackStore store = open(PackState.EMPTY)) {
            List<Hash> hashes = new ArrayList<>();
            for (byte[] chunk : Samples.chunks(7, 3_000)) {
                hashes.add(store.write(chunk));
            }
            store.adopted(store.sync());
            int packs = store.statistics().packs();
            List<Integer> files = new ArrayList<>();
            List<Long> copied = new ArrayList<>();
            LongConsumer pace = chunks -> {
                files.add(disk.list("packs").size());
                copied.add(chunks);
            };
            try (Sweep sweep = store.beginSweep(Sweep.OLDEST, 0.25, pace)) {
                for (int i = 0; i < 400; i += 2) {
                    sweep.mark(hashes.get(i));
                }
                sweep.decide(Lineage.NONE);
                files.clear();
                copied.clear();
                assertThat(sweep.step()).isTrue();
                assertThat(copied).as("nothing is written for dead packs").isEmpty();
                int dead = packs - store.statistics().packs();
                store.adopted(store.sync());
                assertThat(sweep.step()).isTrue();
                assertThat(dead).isGreaterThan(3);
                assertThat(files.subList(0, dead))
                        .as("files when it may rest, after each pack")
                        .isEqualTo(IntStream.rangeClosed(1, dead)
                                .mapToObj(gone -> 2 * (packs - gone))
                                .toList());
                assertThat(copied.subList(0, dead)).containsOnly(0L);
                store.adopted(store.sync());
            }
            assertThat(disk.list("packs")).hasSize(2 * store.statistics().packs());
        }
    }

    private long fileBytes() {
        return disk.list("packs").stream()
                .mapToLong(name -> {
                    try (DiskFile file = disk.open("packs/" + name, OpenMode.READ)) {
                        return file.size();
                    }
                })
                .sum();
    }

    @Test
    void leavesADamagedPackAloneAndCleansTheOthers() {
        PackState state;
        List<Hash> hashes = new ArrayList<>();
        try (PackStore store = open(PackState.EMPTY)) {
            Samples.chunks(4, 1_500).forEach(chunk -> hashes.add(store.write(chunk)));
            state = store.sync();
        }
        String pack = "packs/" + disk.list("packs").getFirst().replace(".idx", ".pack");
        Damage.flipBit(disk, pack, 8L * 5_000);
        try (PackStore store = open(state);
                Sweep sweep = store.beginSweep()) {
            SweepResult result = sweep.run(hash -> hash.prefix() < 0);
            assertThat(result.damagedPacks()).containsExactly(pack);
            assertThat(result.chunksDropped()).isPositive();
            assertThat(store.statistics().packs()).isGreaterThan(1);
        }
    }

    @Test
    void mergesAroundADamagedPack() {
        PackState state = PackState.EMPTY;
        for (int round = 0; round < 40; round++) {
            try (PackStore store = open(state)) {
                Samples.chunks(200 + round, 30).forEach(store::write);
                state = store.sync();
            }
        }
        String pack = "packs/" + disk.list("packs").get(1);
        Damage.flipBit(disk, pack, 8L * 200);
        try (PackStore store = open(state)) {
            int before = store.statistics().packs();
            SweepResult first = store.merge();
            assertThat(first.damagedPacks()).containsExactly(pack);
            assertThat(first.packsReplaced()).isPositive();
            assertThat(store.statistics().packs()).isLessThan(before);
            assertThat(store.merge().packsWritten()).isZero();
            assertThat(disk.list("packs")).contains(pack.substring(6));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void agreesWithAMapThroughRandomWork(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Hash, byte[]> live = new HashMap<>();
        Map<Hash, byte[]> durable = new HashMap<>();
        List<byte[]> pool = Samples.chunks(seed, 1_200);
        PackState state = PackState.EMPTY;
        PackStore store = open(state);
        for (int step = 0; step < 400; step++) {
            switch (random.nextInt(12)) {
                case 0 -> {
                    state = store.sync();
                    store.adopted(state);
                    durable = new HashMap<>(live);
                }
                case 1 -> store.merge();
                case 2 -> {
                    try (Sweep sweep = store.beginSweep()) {
                        live.keySet().removeIf(_ -> random.nextInt(3) == 0);
                        MarkSet marks = marks(List.copyOf(live.keySet()));
                        for (int i = 0; i < random.nextInt(20); i++) {
                            byte[] chunk = pool.get(random.nextInt(pool.size()));
                            live.put(store.write(chunk), chunk);
                        }
                        sweep.run(marks);
                    }
                }
                case 3 -> {
                    store.close();
                    store = open(state);
                    live = new HashMap<>(durable);
                }
                default -> {
                    for (int i = 0; i < random.nextInt(40); i++) {
                        byte[] chunk = pool.get(random.nextInt(pool.size()));
                        live.put(store.write(chunk), chunk);
                    }
                }
            }
            for (Map.Entry<Hash, byte[]> entry : live.entrySet()) {
                if (random.nextInt(20) == 0) {
                    assertThat(store.read(entry.getKey()))
                            .as("seed %s, step %s", seed, step)
                            .isEqualTo(entry.getValue());
                }
            }
        }
        store.close();
    }
}
