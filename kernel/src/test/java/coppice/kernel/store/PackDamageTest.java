package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store with one sealed and one growing pack, of which every bit is turned and every byte is cut off.
class PackDamageTest {
    private static final PackOptions OPTIONS =
            PackOptions.standard().with(Compression.zstd(1)).withSizes(64 << 10, 64, 4 << 10);

    private final MemoryDisk disk = new MemoryDisk();
    private final Map<Hash, byte[]> chunks = new TreeMap<>();
    private PackState state = PackState.EMPTY;

    private PackStore open() {
        return PackStore.open(disk, new InlineTasks(), "packs", OPTIONS, state);
    }

    @BeforeEach
    void fill() {
        try (PackStore store = open()) {
            for (byte[] chunk : List.of(
                    new byte[900], Samples.random(1, 200), "coppice".repeat(20).getBytes(StandardCharsets.UTF_8))) {
                chunks.put(store.write(chunk), chunk);
            }
            // Beginning a sweep seals the growing pack.
            store.beginSweep().close();
            state = store.sync();
            for (byte[] chunk : List.of(new byte[500], Samples.random(2, 100))) {
                chunks.put(store.write(chunk), chunk);
            }
            state = store.sync();
        }
        assertThat(disk.list("packs"))
                .containsExactly("0000000000000001.idx", "0000000000000001.pack", "0000000000000003.pack");
    }

    /// Opens the store and asks for everything. Returns how often it said that something is damaged.
    private int askForEverything(String damage) {
        int refusals = 0;
        try (PackStore store = open()) {
            for (Map.Entry<Hash, byte[]> chunk : chunks.entrySet()) {
                try {
                    assertThat(store.read(chunk.getKey())).as(damage).isEqualTo(chunk.getValue());
                } catch (CorruptException e) {
                    assertThat(e.where()).startsWith("packs/");
                    refusals++;
                }
            }
        } catch (CorruptException e) {
            assertThat(e.where()).startsWith("packs/");
            refusals++;
        }
        return refusals;
    }

    @Test
    void neverAnswersWronglyWhicheverBitIsTurned() {
        List<String> harmless = new ArrayList<>();
        for (String name : disk.list("packs")) {
            String path = "packs/" + name;
            long bits = 8L * Damage.content(disk, path).length;
            for (long bit = 0; bit < bits; bit++) {
                Damage.flipBit(disk, path, bit);
                String damage = path + " bit " + bit;
                if (askForEverything(damage) == 0) {
                    harmless.add(damage);
                }
                Damage.flipBit(disk, path, bit);
            }
        }
        assertThat(harmless).as("every bit of these small files is looked at").isEmpty();
        assertThat(askForEverything("nothing")).isZero();
    }

    @Test
    void findsEveryDamageWhenItChecks() {
        for (String name : disk.list("packs")) {
            String path = "packs/" + name;
            long bytes = Damage.content(disk, path).length;
            for (long at = 0; at < bytes; at += 7) {
                Damage.flipBit(disk, path, 8 * at + at % 8);
                List<CorruptException> found = new ArrayList<>();
                try (PackStore store = open()) {
                    assertThat(store.check(found::add)).isLessThanOrEqualTo(chunks.size());
                } catch (CorruptException e) {
                    found.add(e);
                }
                assertThat(found).as(path + " byte " + at).isNotEmpty();
                Damage.flipBit(disk, path, 8 * at + at % 8);
            }
        }
    }

    @Test
    void refusesPacksThatAreTooShortAndMakesShortIndexesAnew() {
        MemoryDisk whole = Damage.copy(disk, "packs");
        for (String name : whole.list("packs")) {
            String path = "packs/" + name;
            byte[] content = Damage.content(whole, path);
            for (int length = 0; length < content.length; length += 3) {
                Damage.cut(disk, path, length);
                int refusals = askForEverything(path + " cut at " + length);
                if (name.endsWith(".pack")) {
                    assertThat(refusals).isPositive();
                } else {
                    assertThat(refusals).isZero();
                    assertThat(Damage.content(disk, path)).isEqualTo(content);
                }
                try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
                    file.write(0, content, 0, content.length);
                }
            }
        }
    }

    @Test
    void saysWhichPackIsMissing() {
        disk.delete("packs/0000000000000001.pack");
        assertThatThrownBy(this::open)
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("packs/0000000000000001.pack")
                .hasMessageContaining("no such file");
    }

    @Test
    void opensWithADamagedRecordInTheGrowingPackAndReadsTheOthers() {
        String path = "packs/0000000000000003.pack";
        int payload = PackHeader.LENGTH + PackRecord.HEADER;
        Damage.flipBit(disk, path, 8L * payload + 3);
        int sound = 0;
        try (PackStore store = open()) {
            for (Hash hash : chunks.keySet()) {
                try {
                    byte[] _ = store.read(hash);
                    sound++;
                } catch (CorruptException e) {
                    assertThat(e.where()).isEqualTo(path);
                    assertThat(e.offset()).isEqualTo(PackHeader.LENGTH);
                }
            }
            store.write(new byte[] {1, 2, 3});
            state = store.sync();
        }
        assertThat(sound).isEqualTo(chunks.size() - 1);
        try (PackStore store = open()) {
            assertThat(store.read(Hash.of(new byte[] {1, 2, 3}))).hasSize(3);
        }
    }

    @Test
    void cutsWhatTheManifestDoesNotDescribe() {
        for (String name : disk.list("packs")) {
            byte[] content = Damage.content(disk, "packs/" + name);
            try (DiskFile file = disk.open("packs/" + name, OpenMode.WRITE)) {
                file.write(content.length, new byte[100], 0, 100);
            }
        }
        assertThat(askForEverything("more bytes")).isZero();
        for (PackState.Entry pack : state.packs()) {
            assertThat(Damage.content(disk, "packs/000000000000000" + pack.id() + ".pack"))
                    .hasSize((int) pack.length());
        }
    }

    @Test
    void refusesANewerPackPolitely() {
        for (String name : disk.list("packs")) {
            String path = "packs/" + name;
            byte[] content = Damage.content(disk, path);
            byte[] newer = content.clone();
            int version = Bytes.i32(content, 8);
            Bytes.putI32(newer, 8, version + 1);
            Bytes.putI32(newer, 28, Crc.of(newer, 0, 28));
            overwrite(path, newer);
            assertThatThrownBy(() -> {
                        try (PackStore store = open()) {
                            chunks.keySet().forEach(store::read);
                        }
                    })
                    .isInstanceOf(FormatVersionException.class)
                    .hasMessageContaining(path)
                    .hasMessageContaining("version " + (version + 1))
                    .hasMessageContaining("up to " + version);
            overwrite(path, content);
        }
    }

    private void overwrite(String path, byte[] content) {
        try (DiskFile file = disk.open(path, OpenMode.WRITE)) {
            file.write(0, content, 0, content.length);
        }
    }

    @Test
    void refusesLengthsBeyondTheLimitBeforeAllocating() {
        byte[] record = new byte[PackRecord.HEADER];
        int[][] lengths = {{5, 2_000_000_000}, {-1, -1}, {0, 0}, {10, 9}, {1 << 20, 1 << 20}};
        for (int[] pair : lengths) {
            for (int codec = 0; codec < 3; codec++) {
                Bytes.putI32(record, 0, pair[0]);
                Bytes.putI32(record, 4, pair[1]);
                Bytes.putI32(record, 8, codec);
                assertThatThrownBy(() -> PackRecord.checkHeader("a pack", 32, record, 0, 1 << 20))
                        .isInstanceOf(CorruptException.class);
            }
        }
    }
}
