package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Many chunks of many lengths in several packs, checked by several threads.
class PackCheckTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(64 << 20, 4_096, 2 << 20);
    private static final String FIRST = "packs/0000000000000001.pack";

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Hash, byte[]> chunks = new TreeMap<>();
    private final Map<Hash, byte[]> sound = new ConcurrentSkipListMap<>();
    private final List<PackDamage> damages = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong bytes = new AtomicLong();
    private PackState state = PackState.EMPTY;

    private final PackVisitor visitor = new PackVisitor() {
        @Override
        public void sound(Hash hash, byte[] bytes, int length) {
            sound.put(hash, Arrays.copyOf(bytes, length));
        }

        @Override
        public void damaged(PackDamage damage) {
            damages.add(damage);
        }

        @Override
        public void read(long count) {
            bytes.addAndGet(count);
        }
    };

    private PackStore open() {
        return PackStore.open(disk, Tasks.threads(), "packs", OPTIONS, state);
    }

    @BeforeEach
    void fill() {
        try (PackStore store = open()) {
            for (int i = 0; i < 600; i++) {
                byte[] chunk = Samples.random(i, i % 250 == 249 ? Chunks.MAX_LENGTH - i : 1 + i * 13);
                chunks.put(store.write(chunk), chunk);
            }
            store.beginSweep().close();
            state = store.sync();
        }
        assertThat(state.packs()).hasSizeGreaterThan(1);
    }

    private long check(int workers) {
        sound.clear();
        damages.clear();
        bytes.set(0);
        try (PackStore store = open()) {
            return store.check(workers, visitor);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void everySoundChunkIsToldOnceWithItsBytes(int workers) {
        assertThat(check(workers)).isEqualTo(chunks.size());
        assertThat(damages).isEmpty();
        assertThat(sound.keySet()).isEqualTo(chunks.keySet());
        sound.forEach((hash, chunk) -> assertThat(chunk).isEqualTo(chunks.get(hash)));
        long packed = state.packs().stream()
                .mapToLong(pack -> pack.length() - PackHeader.LENGTH)
                .sum();
        assertThat(bytes).hasValue(packed);
    }

    @Test
    void aDamagedChunkIsNamedAndTheOthersAreRead() {
        Damage.flipBit(disk, FIRST, 8 * 500);
        assertThat(check(2)).isEqualTo(chunks.size() - 1);
        assertThat(damages).singleElement().satisfies(damage -> {
            assertThat(damage.kind()).isEqualTo(PackDamage.Kind.CHUNK);
            assertThat(sound).doesNotContainKey(damage.chunk());
            assertThat(chunks).containsKey(damage.chunk());
            assertThat(damage.what().where()).isEqualTo(FIRST);
        });
    }

    @Test
    void behindAnAreaOfZerosItGoesOnWhereTheIndexKnowsARecord() {
        try (DiskFile file = disk.open(FIRST, OpenMode.WRITE)) {
            file.write(300_000, new byte[100_000], 0, 100_000);
        }
        long found = check(2);
        assertThat(damages).isNotEmpty().allSatisfy(damage -> {
            assertThat(damage.what().where()).isEqualTo(FIRST);
            assertThat(damage.kind()).isNotEqualTo(PackDamage.Kind.INDEX);
        });
        assertThat(found).isEqualTo(sound.size()).isGreaterThan(chunks.size() / 2);
        // Each lost chunk is told of, once: one may have lost its tail only, the others their headers.
        assertThat(damages).hasSize((int) (chunks.size() - found)).hasSizeGreaterThan(10);
    }

    @Test
    void anIndexThatLeadsElsewhereIsFoundThoughItsChecksumsHold() {
        swapTwoPlaces();
        assertThat(check(2)).isEqualTo(chunks.size());
        assertThat(damages).extracting(PackDamage::kind).containsExactly(PackDamage.Kind.INDEX);
    }

    private void swapTwoPlaces() {
        PackState.Entry pack = state.packs().getFirst();
        List<Hash> hashes = new ArrayList<>();
        List<Long> places = new ArrayList<>();
        try (DiskFile file = disk.open(FIRST, OpenMode.READ);
                ChunkCodec codec = ChunkCodec.of(PackOptions.standard())) {
            PackScan.scan(file, pack.length(), codec, (hash, place, _) -> {
                hashes.add(hash);
                places.add(place);
            });
        }
        Collections.swap(places, 3, 7);
        PlaceTable table = new PlaceTable();
        for (int i = 0; i < hashes.size(); i++) {
            table.add(hashes.get(i), places.get(i));
        }
        String index = FIRST.replace(".pack", ".idx");
        disk.delete(index);
        try (DiskFile file = disk.open(index, OpenMode.CREATE)) {
            IndexWriter.write(file, pack.id(), pack.length(), table);
        }
    }
}
