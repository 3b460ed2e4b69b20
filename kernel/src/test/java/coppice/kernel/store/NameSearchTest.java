package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Chunks found by the beginning of their names, and where they lie.
class NameSearchTest {
    private final MemoryDisk disk = new MemoryDisk();

    private static List<Hash> expected(List<Hash> sorted, String digits, int limit) {
        return sorted.stream()
                .filter(hash -> hash.toString().startsWith(digits))
                .limit(limit)
                .toList();
    }

    @Test
    void namesAreFoundInMemoryInGrowingPacksAndInSealedOnes() {
        List<byte[]> chunks = Samples.chunks(1, 3_000);
        List<Hash> names = new ArrayList<>();
        try (PackStore store = PackStore.open(disk, Tasks.threads(), "packs", Samples.SMALL, PackState.EMPTY)) {
            for (byte[] chunk : chunks) {
                names.add(store.write(chunk));
                if (names.size() == 2_900) {
                    store.sync();
                }
            }
            Collections.sort(names);
            for (int at = 0; at < names.size(); at += 97) {
                String name = names.get(at).toString();
                for (int length : new int[] {1, 3, 4, 15, 16, 17, 64}) {
                    String digits = name.substring(0, length);
                    assertThat(store.names(digits, 5)).isEqualTo(expected(names, digits, 5));
                }
                assertThat(store.names(name.substring(0, 20) + "0000", 5))
                        .isEqualTo(expected(names, name.substring(0, 20) + "0000", 5));
            }
            for (byte[] chunk : chunks) {
                ChunkPlace place = store.place(Hash.of(chunk)).orElseThrow();
                assertThat(place.groupChunks()).isOne();
                assertThat(place.storedBytes()).isBetween(1, chunk.length);
            }
            assertThat(store.place(Hash.ZERO)).isEmpty();
            store.sync();
            assertThat(chunks.stream().map(chunk -> store.place(Hash.of(chunk)).orElseThrow()))
                    .allSatisfy(place -> assertThat(disk.exists(place.pack())).isTrue());
        }
    }

    /// Blocks of an index begin with the same eight bytes only if somebody made the hashes so.
    @Test
    void equalPrefixesAcrossBlocksAreAllVisited() {
        PlaceTable table = new PlaceTable();
        for (int i = 0; i < 400; i++) {
            table.add(Hash.of(i < 50 ? 3 : 7, i, 0, 0), Place.of(32 + 100L * i, 60));
        }
        DiskFile file = disk.open("index", OpenMode.CREATE);
        IndexWriter.write(file, 7, 1L << 30, table);
        IndexReader index = new IndexReader(file, new ReadCache<>(1), 7, 1L << 30, table.count());
        List<Long> seen = new ArrayList<>();
        index.forEachWithin(7, 7, (prefix, _, _) -> seen.add(prefix));
        assertThat(seen.stream().filter(prefix -> prefix == 7)).hasSize(350);
        List<Long> none = new ArrayList<>();
        index.forEachWithin(8, 9, (prefix, _, _) -> none.add(prefix));
        assertThat(none.stream().filter(prefix -> prefix > 7)).isEmpty();
    }
}
