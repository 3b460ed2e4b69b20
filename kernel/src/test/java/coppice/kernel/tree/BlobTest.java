package coppice.kernel.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.CountingChunks;
import coppice.kernel.FormatPage;
import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.Chunks;
import coppice.kernel.store.MemoryChunks;
import coppice.testing.property.Gen;
import coppice.testing.property.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlobTest {
    private static final int MIB = 1 << 20;

    private final CountingChunks chunks = new CountingChunks();

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0,
                1,
                1_024,
                1_025,
                BlobChunker.MIN - 1,
                BlobChunker.MIN,
                BlobChunker.MIN + 1,
                BlobChunker.MAX - 1,
                BlobChunker.MAX,
                BlobChunker.MAX + 1,
                4 * BlobChunker.MAX,
                4 * BlobChunker.MAX + 1,
                9 * MIB
            })
    void readsBackWhatWasWritten(int length) {
        byte[] value = random(length, length);
        Blob blob = Blob.write(chunks, value);
        assertThat(blob.length()).isEqualTo(length);
        assertThat(blob.read(chunks)).isEqualTo(value);
    }

    @Test
    void aValueOfTwoKibibytesIsOneChunk() {
        Blob blob = Blob.write(chunks, random(2_048, 1));
        assertThat(chunks.writtenLengths()).containsExactly(2_048 + BlobNode.DATA_HEADER);
        chunks.reset();
        assertThat(blob.read(chunks)).hasSize(2_048);
        assertThat(chunks.reads()).isEqualTo(1);
    }

    @Test
    void streamingInPiecesOfAnySizeGivesTheSameBlob() {
        byte[] value = random(3 * MIB + 17, 5);
        Blob whole = Blob.write(chunks, value);
        for (int piece : new int[] {1_009, 65_536, 300_007, 5 * MIB}) {
            BlobWriter writer = Blob.writer(new MemoryChunks());
            for (int at = 0; at < value.length; at += piece) {
                writer.write(value, at, Math.min(piece, value.length - at));
            }
            assertThat(writer.finish()).isEqualTo(whole);
        }
    }

    @Test
    void aFinishedWriterRefusesMore() {
        BlobWriter writer = Blob.writer(chunks);
        assertThat(writer.finish()).isEqualTo(Blob.write(chunks, new byte[0]));
        assertThatThrownBy(() -> writer.write(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void chunkLengthsStayInBoundsWithAMeanOfAbout64KiB() {
        Blob.write(chunks, random(32 * MIB, 7));
        List<Integer> data = dataLengths(chunks);
        assertThat(data.subList(0, data.size() - 1))
                .allSatisfy(length -> assertThat(length).isBetween(BlobChunker.MIN, BlobChunker.MAX));
        double mean = data.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(mean).isBetween(60 * 1024.0, 68 * 1024.0);
    }

    @Test
    void textIsCutByItsContentToo() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(3);
        while (text.length() < 8 * MIB) {
            text.append("{\"id\":").append(random.nextInt(1_000_000)).append(",\"name\":\"row\",\"tags\":[]}\n");
        }
        Blob.write(chunks, text.toString().getBytes(StandardCharsets.US_ASCII));
        List<Integer> data = dataLengths(chunks);
        assertThat(data.stream().mapToInt(Integer::intValue).average().orElseThrow())
                .isBetween(48 * 1024.0, 80 * 1024.0);
        long forced = data.stream().filter(length -> length == BlobChunker.MAX).count();
        assertThat(forced).isLessThanOrEqualTo(data.size() / 50);
    }

    @Test
    void aRunOfOneByteValueIsCutIntoEqualChunks() {
        for (int value = 0; value < 256; value++) {
            byte[] run = new byte[4 * MIB];
            Arrays.fill(run, (byte) value);
            chunks.reset();
            Blob.write(chunks, run);
            assertThat(dataLengths(chunks)).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void anEditOfOneByteStoresAFewDataChunksAndTheirIndexPath() {
        byte[] value = random(64 * MIB, 11);
        Blob before = Blob.write(chunks, value);
        int height = height(chunks, before);
        assertThat(height).isGreaterThanOrEqualTo(3);
        Random random = new Random(13);
        int data = 0;
        int edits = 5;
        for (int edit = 0; edit < edits; edit++) {
            value[random.nextInt(value.length)] ^= 1;
            chunks.reset();
            Blob.write(chunks, value);
            assertThat(dataLengths(chunks)).hasSizeLessThanOrEqualTo(4);
            assertThat(chunks.written()).isLessThanOrEqualTo(4 + 2L * height);
            data += dataLengths(chunks).size();
        }
        assertThat(data).isLessThanOrEqualTo(2 * edits);
    }

    @Test
    void insertedBytesMoveOnlyTheCutsNearThem() {
        byte[] value = random(16 * MIB, 17);
        Blob.write(chunks, value);
        byte[] longer = new byte[value.length + 3];
        System.arraycopy(value, 0, longer, 0, 5 * MIB);
        System.arraycopy(value, 5 * MIB, longer, 5 * MIB + 3, value.length - 5 * MIB);
        chunks.reset();
        assertThat(Blob.write(chunks, longer).read(chunks)).isEqualTo(longer);
        assertThat(dataLengths(chunks)).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void readsAnyRange() {
        byte[] value = random(5 * MIB, 19);
        BlobReader reader = Blob.write(chunks, value).reader(chunks);
        Property.forAll(Gen.combine(Gen.ints(0, value.length), Gen.ints(0, 3 * BlobChunker.MAX), List::of))
                .check(range -> {
                    int from = range.get(0);
                    int count = Math.min(range.get(1), value.length - from);
                    byte[] part = new byte[count + 2];
                    reader.read(from, part, 1, count);
                    assertThat(Arrays.copyOfRange(part, 1, count + 1))
                            .isEqualTo(Arrays.copyOfRange(value, from, from + count));
                });
    }

    @Test
    void aShortReadCostsOnePathAndGoingOnCostsOneChunk() {
        byte[] value = random(64 * MIB, 23);
        Blob blob = Blob.write(chunks, value);
        int height = height(chunks, blob);
        BlobReader reader = blob.reader(chunks);
        byte[] part = new byte[100];
        chunks.reset();
        reader.read(40L * MIB, part, 0, part.length);
        assertThat(chunks.reads()).isLessThanOrEqualTo(height + 1L);
        chunks.reset();
        reader.read(40L * MIB + 1, part, 0, part.length);
        assertThat(chunks.reads()).isLessThanOrEqualTo(1);
        chunks.reset();
        byte[] all = new byte[value.length];
        blob.reader(chunks).read(0, all, 0, all.length);
        assertThat(chunks.reads()).isEqualTo(allChunks(chunks, blob).size());
    }

    @Test
    void refusesRangesBeyondTheValue() {
        BlobReader reader = Blob.write(chunks, new byte[10]).reader(chunks);
        assertThatThrownBy(() -> reader.read(5, new byte[10], 0, 6)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.read(-1, new byte[10], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> reader.read(0, new byte[3], 0, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aReferenceOfAnotherLengthIsCorrupt() {
        Blob blob = Blob.write(chunks, random(MIB, 29));
        assertThatThrownBy(() -> new Blob(MIB - 1, blob.root()).read(chunks)).isInstanceOf(CorruptException.class);
        Hash node = chunks.write(new byte[] {'T', 1, 0, 0});
        assertThatThrownBy(() -> new Blob(2, node).read(chunks))
                .isInstanceOf(CorruptException.class)
                .hasMessageContaining("a blob chunk (tag B or I)");
    }

    @Test
    void visitsEveryChunkWithoutReadingData() {
        Blob blob = Blob.write(chunks, random(16 * MIB, 31));
        long written = chunks.written();
        long index = written - dataLengths(chunks).size();
        chunks.reset();
        assertThat(allChunks(chunks, blob)).hasSize((int) written);
        assertThat(chunks.reads()).isEqualTo(index);
    }

    @Test
    void theDecoderRefusesEverythingElse() {
        byte[] index = FormatPageBytes.index();
        Property.forAll(Gen.combine(Gen.ints(0, index.length - 1), Gen.ints(1, 255), List::of))
                .runs(2_000)
                .check(flip -> {
                    byte[] damaged = index.clone();
                    damaged[flip.get(0)] ^= flip.get(1).byteValue();
                    decodeOrRefuse(damaged);
                });
        Property.forAll(Gen.bytes(0, 200)).runs(2_000).check(BlobTest::decodeOrRefuse);
    }

    private static void decodeOrRefuse(byte[] bytes) {
        try {
            BlobNode node = BlobNode.decode(bytes, Hash.of(bytes), -1, 300_000);
            for (int child = 0; child < node.count(); child++) {
                assertThat(node.end(child)).isGreaterThan(node.start(child));
                assertThat(node.child(child)).isNotNull();
            }
        } catch (CorruptException refused) {
            assertThat(refused.where()).contains(Hash.of(bytes).toString());
        }
    }

    @Test
    void theGearTableAndTheRootOfAKnownValueNeverChange() {
        long[] gear = BlobChunker.gear();
        assertThat(Long.toHexString(gear[0])).isEqualTo("70364ef3dc805053");
        assertThat(Long.toHexString(gear[255])).isEqualTo("79ab54e590a58006");
        byte[] value = new byte[MIB];
        for (int at = 0; at < value.length; at += Hash.BYTES) {
            Hash.of(new byte[] {(byte) (at >>> 5), (byte) (at >>> 13), (byte) (at >>> 21)})
                    .write(value, at);
        }
        assertThat(Blob.write(chunks, value).root())
                .hasToString("713bd57d8fd156cbd7711e0a99b347e183d1ff600a78ef98f38e1f0683996713");
    }

    @Test
    void theFormatPageTellsTheTruth() throws Exception {
        byte[] data = FormatPage.example("blob.md", "data");
        assertThat(Blob.write(chunks, "hello".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(new Blob(5, Hash.of(data)));
        assertThat(FormatPage.example("blob.md", "index")).isEqualTo(FormatPageBytes.index());
        assertThat(FormatPage.names("blob.md")).containsExactly("data", "index");
    }

    /// The index chunk that the page shows: two data chunks of 262,144 and 37,856 bytes of zeros.
    private static final class FormatPageBytes {
        static byte[] index() {
            MemoryChunks chunks = new MemoryChunks();
            return chunks.read(Blob.write(chunks, new byte[300_000]).root());
        }
    }

    private static List<Integer> dataLengths(CountingChunks chunks) {
        List<Integer> lengths = new ArrayList<>();
        // Index nodes are never as long as the shortest data chunk.
        for (int length : chunks.writtenLengths()) {
            if (length >= BlobChunker.MIN) {
                lengths.add(length - BlobNode.DATA_HEADER);
            }
        }
        return lengths;
    }

    private static Set<Hash> allChunks(Chunks chunks, Blob blob) {
        Set<Hash> seen = new HashSet<>();
        blob.visitChunks(chunks, seen::add);
        return seen;
    }

    private static int height(Chunks chunks, Blob blob) {
        return BlobNode.decode(chunks.read(blob.root()), blob.root(), -1, blob.length())
                        .level()
                + 1;
    }
}
