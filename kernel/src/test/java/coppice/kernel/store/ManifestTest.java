package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.ByteReader;
import coppice.kernel.bytes.ByteWriter;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Crc;
import coppice.kernel.bytes.FormatVersionException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.MemoryDisk;
import coppice.kernel.platform.StorageException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final Manifest MANIFEST = new Manifest(
            new UUID(0x0123456789abcdefL, 0xfedcba9876543210L),
            42,
            1_000,
            -1,
            Hash.of(new byte[] {1}),
            Compression.zstd(-3),
            new PackState(
                    9,
                    List.of(
                            new PackState.Entry(3, 5_000, 7_000, 20, true, 2, true),
                            new PackState.Entry(8, 200, 300, 2, false))));

    @Test
    void readsBackWhatWasWritten() {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("db");
        for (String directory : List.of("", "db")) {
            assertThat(Manifest.exists(disk, directory)).isFalse();
            assertThatThrownBy(() -> Manifest.read(disk, directory)).isInstanceOf(StorageException.class);
            MANIFEST.write(disk, directory);
            assertThat(Manifest.exists(disk, directory)).isTrue();
            assertThat(Manifest.read(disk, directory)).isEqualTo(MANIFEST);
            Manifest next = new Manifest(
                    MANIFEST.databaseId(), 43, 2_000, 2_500, Hash.ZERO, Compression.none(), PackState.EMPTY);
            next.write(disk, directory);
            assertThat(Manifest.read(disk, directory)).isEqualTo(next);
            assertThat(next.cleanlyClosed()).isTrue();
        }
        assertThat(disk.list("")).containsExactly("MANIFEST", "db/");
    }

    @Test
    void noticesEveryTurnedBitAndEveryMissingByte() {
        byte[] bytes = MANIFEST.encode();
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> Manifest.decode("MANIFEST", damaged))
                    .as("bit %s", bit)
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("MANIFEST");
        }
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> Manifest.decode("MANIFEST", cut)).isInstanceOf(CorruptException.class);
        }
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> Manifest.decode("MANIFEST", longer)).isInstanceOf(CorruptException.class);
    }

    @Test
    void refusesANewerVersionPolitely() {
        byte[] bytes = MANIFEST.encode();
        Bytes.putI32(bytes, 8, Manifest.VERSION + 1);
        Bytes.putI32(bytes, bytes.length - 4, Crc.of(bytes, 0, bytes.length - 4));
        assertThatThrownBy(() -> Manifest.decode("MANIFEST", bytes))
                .isInstanceOfSatisfying(FormatVersionException.class, e -> {
                    assertThat(e.found()).isEqualTo(Manifest.VERSION + 1);
                    assertThat(e.supported()).isEqualTo(Manifest.VERSION);
                })
                .hasMessageContaining("newer");
    }

    @Test
    void refusesStatesThatCannotBe() {
        PackState.Entry pack = new PackState.Entry(3, 5_000, 7_000, 20, true);
        assertThatIllegalArgumentException().isThrownBy(() -> new PackState(3, List.of(pack)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PackState(9, List.of(pack, pack)));
        assertThatIllegalArgumentException().isThrownBy(() -> new PackState.Entry(0, 5_000, 7_000, 20, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new PackState.Entry(1, 50, 7_000, 20, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new PackState.Entry(1, 5_000, 7_000, 0, true));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Manifest(MANIFEST.databaseId(), 0, 0, -1, Hash.ZERO, Compression.none(), PackState.EMPTY));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Manifest(MANIFEST.databaseId(), 1, 10, 9, Hash.ZERO, Compression.none(), PackState.EMPTY));
    }

    @Test
    void believesNoCountOfPacks() {
        ByteWriter out = new ByteWriter().i64(9).u32(0xffff_fff0L).zeros(320);
        assertThatThrownBy(() -> PackState.read(new ByteReader("MANIFEST", out.toBytes())))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("at most 10 packs");
    }
}
