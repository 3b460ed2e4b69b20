package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PackInspectorTest {
    private static final String PACK = "packs/0000000000000001.pack";
    private static final String INDEX = "packs/0000000000000001.idx";

    private final MemoryDisk disk = new MemoryDisk();
    private final byte[] noise = Samples.random(1, 300);
    private final byte[] zeros = new byte[3_000];

    @BeforeEach
    void fill() {
        PackOptions options = PackOptions.standard().with(Compression.zstd(1));
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", options, PackState.EMPTY)) {
            store.write(noise);
            store.write(zeros);
            store.beginSweep().close();
            assertThat(store.sync().packs()).hasSize(1);
        }
    }

    @Test
    void showsTheRecordsOfAPack() {
        List<PackInspector.Entry> entries = new ArrayList<>();
        assertThat(PackInspector.visitPack(disk, PACK, entries::add)).isEqualTo(1);
        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst()).isEqualTo(new PackInspector.Entry(Hash.of(noise), 32, 300, 300, "raw"));
        assertThat(entries.getLast().hash()).isEqualTo(Hash.of(zeros));
        assertThat(entries.getLast().rawLength()).isEqualTo(3_000);
        assertThat(entries.getLast().codec()).isEqualTo("zstd");
    }

    @Test
    void showsTheEntriesOfAnIndex() {
        List<PackInspector.Entry> inPack = new ArrayList<>();
        long _ = PackInspector.visitPack(disk, PACK, inPack::add);
        List<PackInspector.IndexEntry> inIndex = new ArrayList<>();
        assertThat(PackInspector.visitIndex(disk, INDEX, inIndex::add)).isEqualTo(1);
        assertThat(inIndex)
                .containsExactlyInAnyOrderElementsOf(inPack.stream()
                        .map(entry -> new PackInspector.IndexEntry(
                                entry.hash().toString().substring(0, 32), entry.offset(), entry.storedLength()))
                        .toList());
    }

    @Test
    void showsWhatComesBeforeTheDamage() {
        Damage.cut(disk, PACK, 390);
        List<PackInspector.Entry> entries = new ArrayList<>();
        assertThatThrownBy(() -> PackInspector.visitPack(disk, PACK, entries::add))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("byte 380");
        assertThat(entries).hasSize(1);
    }

    @Test
    void refusesFilesOfAnotherKind() {
        assertThatThrownBy(() -> PackInspector.visitPack(disk, INDEX, _ -> {}))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("COPPACK");
        Damage.cut(disk, INDEX, 20);
        assertThatThrownBy(() -> PackInspector.visitIndex(disk, INDEX, _ -> {})).isInstanceOf(CorruptException.class);
    }

    @Test
    void believesNoNumberOfEntries() {
        byte[] header = new byte[PackHeader.LENGTH];
        for (int number : new int[] {-1, 0, 3, 1 << 22, Integer.MAX_VALUE}) {
            PackHeader.write(header, PackHeader.INDEX_MAGIC, 1, number);
            assertThat(Crc.of(header, 0, 28)).isEqualTo(Bytes.i32(header, 28));
            try (DiskFile file = disk.open(INDEX, OpenMode.WRITE)) {
                file.write(0, header, 0, header.length);
            }
            assertThatThrownBy(() -> PackInspector.visitIndex(disk, INDEX, _ -> {}))
                    .as("%s entries", number)
                    .isInstanceOf(CorruptException.class);
        }
    }
}
