package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackIndexTest {
    private static final long PACK_LENGTH = 1L << 41;

    private final MemoryDisk disk = new MemoryDisk();

    private static Map<Hash, Long> entries(long seed, int count, long prefixMask) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Hash, Long> entries = new LinkedHashMap<>();
        while (entries.size() < count) {
            Hash hash = Hash.of(
                    random.nextLong() & prefixMask,
                    random.nextLong() & (prefixMask | 0xff_ffff),
                    random.nextLong(),
                    random.nextLong());
            entries.put(hash, Place.of(32 + random.nextLong(PACK_LENGTH / 2), 49 + random.nextInt(1 << 20)));
        }
        return entries;
    }

    private static PlaceTable table(Map<Hash, Long> entries) {
        PlaceTable table = new PlaceTable();
        entries.forEach((hash, place) -> assertThat(table.add(hash, place)).isTrue());
        return table;
    }

    private IndexReader write(PlaceTable table) {
        DiskFile file = disk.open("index", OpenMode.CREATE);
        IndexWriter.write(file, 7, PACK_LENGTH, table);
        assertThat(file.size()).isEqualTo(IndexFormat.fileBytes(table.count()));
        return new IndexReader(file, new ReadCache<>(1), 7, PACK_LENGTH, table.count());
    }

    private static void check(PackIndex index, Map<Hash, Long> entries, Map<Hash, Long> absent) {
        assertThat(index.count()).isEqualTo(entries.size());
        entries.forEach((hash, place) -> {
            assertThat(index.mayHold(hash)).isTrue();
            assertThat(index.find(hash)).isEqualTo(place);
        });
        absent.keySet().forEach(hash -> assertThat(index.find(hash)).isEqualTo(Place.NONE));
        Map<Hash, Long> visited = new HashMap<>();
        index.forEach((prefix, second, place) -> visited.put(Hash.of(prefix, second, 0, 0), place));
        Map<Hash, Long> halves = new HashMap<>();
        entries.forEach((hash, place) -> halves.put(Hash.of(hash.prefix(), hash.second(), 0, 0), place));
        assertThat(visited).isEqualTo(halves);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 169, 170, 171, 340, 341, 5_000, 70_000})
    void findsEveryEntryAndNothingElse(int count) {
        Map<Hash, Long> entries = entries(count, count, -1);
        Map<Hash, Long> absent = entries(count + 1, 1_000, -1);
        PlaceTable table = table(entries);
        check(table, entries, absent);
        check(write(table), entries, absent);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0xffL << 56, 3L << 60 | 1})
    void findsHashesOfWhichManyBeginAlike(long prefixMask) {
        Map<Hash, Long> entries = entries(5, 1_000, prefixMask);
        Map<Hash, Long> absent = entries(6, 1_000, prefixMask);
        PlaceTable table = table(entries);
        check(table, entries, absent);
        check(write(table), entries, absent);
    }

    @Test
    void keepsTheFirstPlaceOfAHash() {
        PlaceTable table = new PlaceTable();
        Hash hash = Hash.of(new byte[] {1});
        assertThat(table.add(hash, Place.of(32, 60))).isTrue();
        assertThat(table.add(hash, Place.of(92, 60))).isFalse();
        assertThat(table.find(hash)).isEqualTo(Place.of(32, 60));
        assertThat(table.count()).isOne();
    }

    @Test
    void sortsByWholeHashes() {
        PlaceTable table = table(entries(9, 3_000, 3L << 62));
        int[] order = table.sorted();
        assertThat(IntStream.range(1, order.length)
                        .allMatch(i -> table.hash(order[i - 1]).compareTo(table.hash(order[i])) < 0))
                .isTrue();
    }

    @Test
    void filtersOutNearlyAllAbsentChunksAndNoOther() {
        for (int count : new int[] {1, 100, 20_000}) {
            BlockFilter filter = BlockFilter.sized(count);
            Map<Hash, Long> present = entries(1, count, -1);
            present.keySet().forEach(hash -> filter.add(hash.prefix(), hash.second()));
            byte[] bytes = new byte[(int) BlockFilter.bytes(count) + 3];
            filter.write(bytes, 3);
            BlockFilter read = BlockFilter.read(bytes, 3, count);
            assertThat(present.keySet()).allMatch(read::mayHold);
            long wrong = entries(2, 20_000, -1).keySet().stream()
                    .filter(read::mayHold)
                    .count();
            assertThat(wrong)
                    .as("wrong answers of 20,000 with %s chunks", count)
                    .isLessThan(400);
        }
    }

    @Test
    void readsTheTableWhileItGrows() throws InterruptedException {
        Map<Hash, Long> entries = entries(11, 60_000, -1);
        PlaceTable table = new PlaceTable();
        Hash[] hashes = entries.keySet().toArray(Hash[]::new);
        int[] published = {0};
        int[] wrong = {0};
        Thread reader = new Thread(() -> {
            SplittableRandom random = new SplittableRandom(1);
            int upTo = 0;
            while (upTo < hashes.length) {
                synchronized (published) {
                    upTo = published[0];
                }
                for (int i = 0; i < 100 && upTo > 0; i++) {
                    Hash hash = hashes[random.nextInt(upTo)];
                    if (table.find(hash) != entries.get(hash)) {
                        wrong[0]++;
                    }
                }
            }
        });
        reader.start();
        for (int i = 0; i < hashes.length; i++) {
            table.add(hashes[i], entries.get(hashes[i]));
            synchronized (published) {
                published[0] = i + 1;
            }
        }
        reader.join();
        assertThat(wrong[0]).isZero();
    }
}
