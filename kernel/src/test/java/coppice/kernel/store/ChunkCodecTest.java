package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import coppice.kernel.store.PackRecord.Codec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChunkCodecTest {
    private static final byte[] TEXT =
            "a forest that is cut back to the ground grows again. ".repeat(40).getBytes(StandardCharsets.US_ASCII);

    private static PackOptions options(Compression compression) {
        return PackOptions.standard().with(compression);
    }

    private static ChunkCodec withoutLibrary(PackOptions options) {
        return ChunkCodec.of(options, () -> {
            throw new UnsatisfiedLinkError("no zstd for this machine");
        });
    }

    private static Records encode(ChunkCodec codec, List<byte[]> chunks) {
        Batch batch = new Batch();
        chunks.forEach(chunk -> batch.add(Hash.of(chunk), chunk));
        return codec.encode(batch);
    }

    private static byte[] decode(ChunkCodec codec, Records records, int i) {
        int start = records.start(i);
        int length = PackRecord.checkHeader("test", start, records.bytes(), start, records.length());
        assertThat(start + length).isEqualTo(records.ends()[i]);
        PackRecord.checkSum("test", start, records.bytes(), start, length);
        return codec.decode("test", start, records.bytes(), start, length);
    }

    @Test
    void readsWithAnySettingWhatAnyOtherWrote() {
        List<byte[]> chunks = Samples.chunks(1, 300);
        List<Compression> settings = List.of(
                Compression.none(),
                Compression.adaptive(),
                Compression.zstd(-100),
                Compression.zstd(-1),
                Compression.zstd(1),
                Compression.zstd(19));
        for (Compression setting : settings) {
            try (ChunkCodec writer = ChunkCodec.of(options(setting));
                    ChunkCodec reader = ChunkCodec.of(options(Compression.none()))) {
                Records records = encode(writer, chunks);
                for (int i = 0; i < chunks.size(); i++) {
                    assertThat(decode(reader, records, i)).isEqualTo(chunks.get(i));
                }
            }
        }
    }

    @Test
    void storesRawWhatDoesNotShrinkByASixteenth() {
        byte[] noise = Samples.random(2, 1_600);
        byte[] nearlyNoise = noise.clone();
        Arrays.fill(nearlyNoise, 0, 90, (byte) 1);
        byte[] compressible = noise.clone();
        Arrays.fill(compressible, 0, 200, (byte) 1);
        try (ChunkCodec codec = ChunkCodec.of(options(Compression.zstd(3)))) {
            Records records = encode(codec, List.of(noise, nearlyNoise, compressible));
            assertThat(PackRecord.codec(records.bytes(), records.start(0))).isEqualTo(Codec.RAW);
            assertThat(PackRecord.codec(records.bytes(), records.start(1))).isEqualTo(Codec.RAW);
            assertThat(PackRecord.codec(records.bytes(), records.start(2))).isEqualTo(Codec.ZSTD);
        }
    }

    @Test
    void adaptsToWhatDensityGains() {
        SplittableRandom random = new SplittableRandom(3);
        byte[] digits = new byte[3_400];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) ('0' + random.nextInt(10));
        }
        List<byte[]> chunks = List.of(digits, TEXT, digits);
        try (ChunkCodec adaptive = ChunkCodec.of(options(Compression.adaptive()));
                ChunkCodec dense = ChunkCodec.of(options(Compression.zstd(1)));
                ChunkCodec fast = ChunkCodec.of(options(Compression.zstd(-1)))) {
            assertThat(encode(adaptive, chunks).length())
                    .isEqualTo(encode(dense, chunks).length())
                    .isLessThan(encode(fast, chunks).length());
        }
    }

    private static List<Codec> codecs(Records records) {
        return IntStream.range(0, records.ends().length)
                .mapToObj(i -> PackRecord.codec(records.bytes(), records.start(i)))
                .toList();
    }

    @Test
    void triesFewAfterManyLongChunksInVain() {
        byte[] zeros = new byte[20_000];
        List<byte[]> chunks = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            chunks.add(Samples.random(i, 20_000));
        }
        chunks.addAll(Collections.nCopies(9, zeros));
        chunks.add(20, TEXT);
        try (ChunkCodec codec = ChunkCodec.of(options(Compression.adaptive()))) {
            List<Codec> codecs = codecs(encode(codec, chunks));
            assertThat(codecs.get(20)).as("a short one is always tried").isEqualTo(Codec.ZSTD);
            assertThat(codecs.subList(0, 20)).containsOnly(Codec.RAW);
            assertThat(codecs.subList(21, 25)).as("not tried").containsOnly(Codec.RAW);
            assertThat(codecs.subList(25, 27))
                    .as("one in eight is, and then all")
                    .containsOnly(Codec.ZSTD);
        }
    }

    @Test
    void saysAtOpenThatTheLibraryIsMissing() {
        assertThatThrownBy(() -> withoutLibrary(options(Compression.adaptive())))
                .isInstanceOf(ZstdUnavailableException.class)
                .hasMessageContaining("Compression is asked for")
                .hasMessageContaining("no zstd for this machine")
                .hasMessageContaining("zstd-jni");
    }

    @Test
    void fallsBackToRawChunksOnlyWhenToldSo() {
        try (ChunkCodec codec = withoutLibrary(options(Compression.adaptive()).withRawWithoutZstd(true))) {
            Records records = encode(codec, List.of(TEXT));
            assertThat(PackRecord.codec(records.bytes(), 0)).isEqualTo(Codec.RAW);
            assertThat(decode(codec, records, 0)).isEqualTo(TEXT);
        }
    }

    @Test
    void needsTheLibraryOnlyForACompressedChunk() {
        try (ChunkCodec writer = ChunkCodec.of(options(Compression.zstd(1)));
                ChunkCodec reader = withoutLibrary(options(Compression.none()))) {
            Records records = encode(writer, List.of(Samples.random(5, 100), TEXT));
            assertThat(decode(reader, records, 0)).hasSize(100);
            assertThatThrownBy(() -> decode(reader, records, 1))
                    .isInstanceOf(ZstdUnavailableException.class)
                    .hasMessageContaining("compressed chunk in test");
        }
    }

    @Test
    void refusesFramesOfAnotherLengthThanTheRecordSays() {
        try (ChunkCodec codec = ChunkCodec.of(options(Compression.zstd(1)))) {
            Records records = encode(codec, List.of(TEXT));
            int stored = records.length() - PackRecord.HEADER;
            for (int raw : new int[] {TEXT.length - 1, TEXT.length + 1, Chunks.MAX_LENGTH}) {
                int length = PackRecord.frame(records.bytes(), 0, Hash.of(TEXT), stored, raw, Codec.ZSTD);
                assertThatThrownBy(() -> codec.decode("test", 0, records.bytes(), 0, length))
                        .isInstanceOf(CorruptException.class)
                        .hasMessageContaining("frame of " + raw);
            }
        }
    }

    @Test
    void refusesLevelsThatZstandardDoesNotHave() {
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(20));
        assertThatIllegalArgumentException().isThrownBy(() -> Compression.zstd(-101));
    }
}
