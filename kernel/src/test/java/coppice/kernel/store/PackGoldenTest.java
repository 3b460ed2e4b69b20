package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Packs of format version 2 and indexes of version 3 as they were first written, and the examples in the documents,
/// byte by byte.
class PackGoldenTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WORLD = "world!".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REPEATED = "coppice ".repeat(40).getBytes(StandardCharsets.US_ASCII);
    private static final String PACK = "0000000000000001.pack";
    private static final String INDEX = "0000000000000001.idx";
    private static final PackState RAW_STATE = new PackState(3, List.of(new PackState.Entry(1, 139, 11, 2, true)));

    private static byte[] golden(String name) throws IOException {
        return golden(name.endsWith(".idx") ? "store-3" : "store-2", name);
    }

    private static byte[] golden(String folder, String name) throws IOException {
        try (InputStream in = PackGoldenTest.class.getResourceAsStream("/golden/" + folder + "/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    /// The bytes of the block ```` ```hex name ```` of a document.
    private static byte[] example(String document, String name) throws IOException {
        String text = Files.readString(Path.of("..", "docs", "format", document));
        int start = text.indexOf("```hex " + name + "\n");
        assertThat(start).as("%s in %s", name, document).isNotNegative();
        String block = text.substring(text.indexOf('\n', start), text.indexOf("```", start + 3));
        StringBuilder hex = new StringBuilder();
        block.lines().forEach(line -> hex.append(line.split("\\|", 2)[0].replace(" ", "")));
        return HexFormat.of().parseHex(hex);
    }

    private static PackStore write(MemoryDisk disk, Compression compression, byte[]... chunks) {
        PackOptions options = PackOptions.standard().with(compression);
        PackStore store = PackStore.open(disk, new InlineTasks(), "packs", options, PackState.EMPTY);
        Arrays.stream(chunks).forEach(store::write);
        // Beginning a sweep seals the growing pack.
        store.beginSweep().close();
        return store;
    }

    @Test
    void writesRawPacksAndIndexesByteByByteAsEver() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (PackStore store = write(disk, Compression.none(), HELLO, WORLD)) {
            assertThat(store.sync()).isEqualTo(RAW_STATE);
        }
        assertThat(Damage.content(disk, "packs/" + PACK)).isEqualTo(golden("raw.pack"));
        assertThat(Damage.content(disk, "packs/" + INDEX)).isEqualTo(golden("raw.idx"));
    }

    @Test
    void makesAnIndexOfAnOlderVersionAgain() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("packs");
        put(disk, "packs/" + PACK, golden("raw.pack"));
        put(disk, "packs/" + INDEX, golden("store-2", "raw.idx"));
        PackOptions options = PackOptions.standard();
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", options, RAW_STATE)) {
            assertThat(store.read(Hash.of(WORLD))).isEqualTo(WORLD);
        }
        assertThat(Damage.content(disk, "packs/" + INDEX)).isEqualTo(golden("raw.idx"));
    }

    @Test
    void readsPacksThatAreCompressed() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("packs");
        byte[] pack = golden("zstd.pack");
        put(disk, "packs/" + PACK, pack);
        put(disk, "packs/" + INDEX, golden("zstd.idx"));
        PackState state = new PackState(2, List.of(new PackState.Entry(1, pack.length, 325, 2, true)));
        PackOptions options = PackOptions.standard().with(Compression.none());
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", options, state)) {
            assertThat(store.read(Hash.of(HELLO))).isEqualTo(HELLO);
            assertThat(store.read(Hash.of(REPEATED))).isEqualTo(REPEATED);
            assertThat(store.check(e -> {
                        throw e;
                    }))
                    .isEqualTo(2);
        }
        assertThat(PackRecord.codec(pack, 32 + 53)).isEqualTo(PackRecord.Codec.ZSTD);
    }

    @Test
    void readsAGroupOfVersionsAsTheDocumentShowsIt() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("packs");
        byte[] pack = golden("group.pack");
        assertThat(example("pack.md", "group")).isEqualTo(Arrays.copyOfRange(pack, 32, pack.length));
        put(disk, "packs/0000000000000003.pack", pack);
        put(disk, "packs/0000000000000003.idx", golden("group.idx"));
        PackState state = new PackState(4, List.of(new PackState.Entry(3, pack.length, 987, 3, true, 2, false)));
        PackOptions options = PackOptions.standard().with(Compression.none());
        try (PackStore store = PackStore.open(disk, new InlineTasks(), "packs", options, state)) {
            for (int version = 0; version < 3; version++) {
                byte[] chunk = ("coppice ".repeat(40) + "version " + version).getBytes(StandardCharsets.US_ASCII);
                assertThat(store.read(Hash.of(chunk))).isEqualTo(chunk);
            }
            assertThat(store.check(e -> {
                        throw e;
                    }))
                    .isEqualTo(3);
        }
    }

    private static void put(MemoryDisk disk, String path, byte[] content) {
        try (DiskFile file = disk.open(path, OpenMode.CREATE)) {
            file.write(0, content, 0, content.length);
        }
    }

    @Test
    void documentsThePack() throws IOException {
        assertThat(example("pack.md", "pack")).isEqualTo(golden("raw.pack"));
    }

    @Test
    void documentsTheIndex() throws IOException {
        byte[] index = golden("raw.idx");
        byte[] example = example("pack.md", "index");
        assertThat(example).isEqualTo(Arrays.copyOf(index, example.length));
        assertThat(Arrays.copyOfRange(index, example.length, index.length)).containsOnly(0);
        assertThat(index).hasSize((int) IndexFormat.fileBytes(2));
    }

    @Test
    void documentsTheManifest() throws IOException {
        Manifest manifest = new Manifest(
                UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                7,
                4096,
                -1,
                Hash.of(HELLO),
                Compression.adaptive(),
                RAW_STATE);
        assertThat(manifest.encode()).isEqualTo(golden("manifest.bin"));
        assertThat(Manifest.decode("golden", golden("manifest.bin"))).isEqualTo(manifest);
        assertThat(example("manifest.md", "manifest")).isEqualTo(golden("manifest.bin"));
        ByteReader state = new ByteReader("example", example("manifest.md", "manifest"));
        state.skip(92);
        assertThat(PackState.read(state)).isEqualTo(RAW_STATE);
    }
}
