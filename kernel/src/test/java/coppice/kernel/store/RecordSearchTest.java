package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A pack of nine records, damaged in the midst.
class RecordSearchTest {
    private static final PackOptions OPTIONS = Samples.SMALL.with(Compression.none());
    private static final int MIDDLE = 4;

    private final MemoryDisk disk = new MemoryDisk();
    private final List<Hash> written = new ArrayList<>();
    private final List<Hash> sound = new ArrayList<>();
    private final List<Long> places = new ArrayList<>();
    private String path = "";
    private byte[] bytes = {};

    @BeforeEach
    void write() {
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, PackState.EMPTY)) {
            for (byte[] chunk : Samples.chunks(1, 9)) {
                written.add(store.write(chunk));
            }
            var _ = store.sync();
        }
        path = "packs/" + disk.list("packs").getFirst();
        bytes = Damage.content(disk, path);
        long at = PackHeader.LENGTH;
        while (at < bytes.length) {
            places.add(at);
            at += PackRecord.checkHeader(path, at, bytes, (int) at, bytes.length);
        }
        assertThat(places).hasSize(9);
    }

    private RecordSearch.Found search(long due) {
        sound.clear();
        try (DiskFile file = disk.open(path, OpenMode.WRITE);
                ChunkCodec codec = ChunkCodec.of(OPTIONS)) {
            file.write(0, bytes, 0, bytes.length);
            return RecordSearch.search(file, bytes.length, due, codec, new PackVisitor() {
                @Override
                public void sound(Hash hash, byte[] bytes, int length) {
                    assertThat(Hash.of(bytes, 0, length)).isEqualTo(hash);
                    sound.add(hash);
                }

                @Override
                public void damaged(PackDamage damage) {}

                @Override
                public void read(long bytes) {}
            });
        }
    }

    private List<Hash> without(int... numbers) {
        List<Hash> rest = new ArrayList<>(written);
        for (int number : numbers) {
            rest.remove(written.get(number));
        }
        return rest;
    }

    private int place(int record) {
        return places.get(record).intValue();
    }

    @Test
    void ofASoundPackAllIsFound() {
        RecordSearch.Found found = search(bytes.length);
        assertThat(sound).isEqualTo(written);
        assertThat(found.table().count()).isEqualTo(9);
        assertThat(found.damages()).isEmpty();
        assertThat(found.end()).isEqualTo(bytes.length);
    }

    @Test
    void aDamagedChunkIsNamedAndTheRestFound() {
        bytes[place(MIDDLE) + PackRecord.HEADER + 3] ^= 1;
        RecordSearch.Found found = search(bytes.length);
        assertThat(sound).isEqualTo(without(MIDDLE));
        assertThat(found.damages()).singleElement().satisfies(damage -> {
            assertThat(damage.kind()).isEqualTo(PackDamage.Kind.CHUNK);
            assertThat(damage.chunk()).isEqualTo(written.get(MIDDLE));
            assertThat(damage.what().offset()).isEqualTo(place(MIDDLE));
        });
    }

    @Test
    void whereNothingSaysHowLongARecordIsTheNextIsSearchedFor() {
        for (int i = -20; i < PackRecord.HEADER; i++) {
            bytes[place(MIDDLE) + i] = 0;
        }
        RecordSearch.Found found = search(bytes.length);
        assertThat(sound).isEqualTo(without(MIDDLE - 1, MIDDLE));
        assertThat(found.damages()).extracting(PackDamage::kind).contains(PackDamage.Kind.RECORDS);
    }

    @Test
    void bytesThatWerePutInBetweenAreSteppedOver() {
        byte[] longer = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, longer, 0, place(MIDDLE));
        System.arraycopy(bytes, place(MIDDLE), longer, place(MIDDLE) + 7, bytes.length - place(MIDDLE));
        bytes = longer;
        RecordSearch.Found found = search(bytes.length);
        assertThat(sound).isEqualTo(written);
        assertThat(found.table().count()).isEqualTo(written.size());
        assertThat(found.damages()).isNotEmpty();
    }

    @Test
    void behindWhatIsDueTheFirstDamageIsTheEnd() {
        bytes[place(MIDDLE) + PackRecord.HEADER + 3] ^= 1;
        RecordSearch.Found found = search(place(MIDDLE));
        assertThat(sound).isEqualTo(written.subList(0, MIDDLE));
        assertThat(found.damages()).isEmpty();
        assertThat(found.end()).isEqualTo(place(MIDDLE));
    }

    @Test
    void aLostEndIsTold() {
        byte[] whole = bytes;
        bytes = Arrays.copyOf(whole, place(8) + 10);
        disk.delete(path);
        disk.open(path, OpenMode.CREATE).close();
        RecordSearch.Found found = search(whole.length);
        assertThat(sound).isEqualTo(without(8));
        assertThat(found.damages()).hasSize(1);
        assertThat(found.end()).isEqualTo(place(8));
    }
}
