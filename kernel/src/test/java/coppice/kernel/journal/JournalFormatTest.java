package coppice.kernel.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.FormatPage;
import coppice.kernel.bytes.Bytes;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.platform.Disk.OpenMode;
import coppice.kernel.platform.DiskFile;
import coppice.kernel.platform.MemoryDisk;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the code to `docs/format/journal.md`.
class JournalFormatTest {
    private static final long BASE = 0x12340;
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @Test
    void theHeaderIsWrittenAndReadAsThePageSays() throws IOException {
        byte[] page = FormatPage.example("journal.md", "header");
        SegmentHeader header = new SegmentHeader(16 << 20, BASE, Log.DATABASE);
        assertThat(header.encode()).isEqualTo(page);
        assertThat(SegmentHeader.decode("page", page)).isEqualTo(header);
    }

    @Test
    void theRecordIsWrittenAsThePageSays() throws IOException {
        RecordFormat format = new RecordFormat(Log.DATABASE);
        byte[] record = new byte[RecordFormat.size(HELLO.length)];
        RecordFormat.write(record, 0, format.begin(HELLO, 0, 5), (byte) 1, BASE, 0x12300, HELLO, 0, 5);
        assertThat(record).isEqualTo(FormatPage.example("journal.md", "record"));
    }

    @Test
    void theClosingMarkIsWrittenAndReadAsThePageSays() throws IOException {
        RecordFormat format = new RecordFormat(Log.DATABASE);
        byte[] page = FormatPage.example("journal.md", "mark");
        assertThat(format.closingMark(BASE + 32)).isEqualTo(page);
        assertThat(format.isClosingMark(page, 0, BASE + 32)).isTrue();
        assertThat(format.isClosingMark(page, 0, BASE + 40)).isFalse();
        for (int bit = 0; bit < 8 * page.length; bit++) {
            byte[] broken = page.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(format.isClosingMark(broken, 0, BASE + 32))
                    .as("bit %s", bit)
                    .isFalse();
        }
    }

    @Test
    void aSegmentPutTogetherFromThePageIsReplayed() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("journal");
        byte[] segment = Arrays.copyOf(FormatPage.example("journal.md", "header"), 16 << 20);
        byte[] record = FormatPage.example("journal.md", "record");
        System.arraycopy(record, 0, segment, SegmentHeader.BYTES, record.length);
        try (DiskFile file = disk.open("journal/0000000000012340.log", OpenMode.CREATE)) {
            file.write(0, segment, 0, segment.length);
        }
        List<String> replayed = new ArrayList<>();
        Log.open(disk, JournalOptions.of(Log.DATABASE), BASE, replayed).close();
        assertThat(replayed).containsExactly("1:hello@" + (BASE + record.length));
    }

    @Test
    void aJournalOfVersionOneStaysReadable() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        disk.createDirectories("journal");
        byte[] golden = golden();
        try (DiskFile file = disk.open("journal/0000000000000000.log", OpenMode.CREATE)) {
            file.write(0, golden, 0, golden.length);
        }
        List<String> replayed = new ArrayList<>();
        Log.open(disk, Log.options(), replayed).close();
        assertThat(replayed)
                .containsExactly("0:@32", "7:a@64", "7:" + "b".repeat(7) + "@96", "-1:" + "c".repeat(100) + "@224");
    }

    @Test
    void theGoldenJournalIsWrittenTheSameWayToday() throws IOException {
        MemoryDisk disk = new MemoryDisk();
        try (Journal journal = Log.open(disk)) {
            journal.append((byte) 0, Bytes.EMPTY, 0, 0);
            journal.sync();
            Log.append(journal, "a");
            Log.append(journal, Log.letters('b', 7));
            journal.sync();
            journal.append((byte) -1, Log.letters('c', 100).getBytes(StandardCharsets.US_ASCII), 0, 100);
        }
        assertThat(Log.content(disk, "journal/0000000000000000.log")).isEqualTo(golden());
    }

    private static byte[] golden() throws IOException {
        try (var in = JournalFormatTest.class.getResourceAsStream("/golden/journal-v1.log")) {
            assertThat(in).as("the golden file").isNotNull();
            return in.readAllBytes();
        }
    }

    @Test
    void everyFlippedBitOfTheHeaderIsNoticed() throws IOException {
        byte[] page = FormatPage.example("journal.md", "header");
        for (int bit = 0; bit < 8 * page.length; bit++) {
            byte[] broken = page.clone();
            broken[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThatThrownBy(() -> SegmentHeader.decode("page", broken))
                    .as("bit %s", bit)
                    .isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void namesOfSegmentsSortAsTheirPositions() {
        Property.forAll(Gen.combine(Gen.longs(0, Long.MAX_VALUE), Gen.longs(0, Long.MAX_VALUE), List::of))
                .check(pair -> {
                    String first = SegmentHeader.fileName(pair.getFirst());
                    String second = SegmentHeader.fileName(pair.getLast());
                    assertThat(SegmentHeader.isFileName(first)).isTrue();
                    assertThat(SegmentHeader.baseOf(first)).isEqualTo(pair.getFirst());
                    assertThat(Integer.signum(first.compareTo(second)))
                            .isEqualTo(Long.compare(pair.getFirst(), pair.getLast()));
                });
        assertThat(SegmentHeader.isFileName("0.free")).isFalse();
        assertThat(SegmentHeader.isFileName("000000000000000G.log")).isFalse();
    }

    /// Bytes written over the golden journal.
    private record Damage(int at, byte[] bytes) {}

    @Test
    void anyBytesAreReadAsRecordsThatWereWrittenOrAsDamage() throws IOException {
        byte[] golden = golden();
        List<String> written =
                List.of("0:@32", "7:a@64", "7:" + "b".repeat(7) + "@96", "-1:" + "c".repeat(100) + "@224");
        Property.forAll(Gen.combine(Gen.ints(SegmentHeader.BYTES, 400), Gen.bytes(0, 60), Damage::new))
                .runs(2_000)
                .check(damage -> {
                    byte[] content = golden.clone();
                    System.arraycopy(damage.bytes, 0, content, damage.at, damage.bytes.length);
                    MemoryDisk disk = new MemoryDisk();
                    disk.createDirectories("journal");
                    try (DiskFile file = disk.open("journal/0000000000000000.log", OpenMode.CREATE)) {
                        file.write(0, content, 0, content.length);
                    }
                    List<String> replayed = new ArrayList<>();
                    try {
                        Log.open(disk, Log.options(), replayed).close();
                    } catch (CorruptException e) {
                        assertThat(e.where()).isEqualTo("journal/0000000000000000.log");
                        assertThat(e.offset()).isBetween(64L, 4096L);
                    }
                    assertThat(replayed).isEqualTo(written.subList(0, replayed.size()));
                });
    }
}
