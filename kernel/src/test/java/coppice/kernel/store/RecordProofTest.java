package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.CorruptException;
import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordProofTest {
    private final ChunkCodec codec = ChunkCodec.of(PackOptions.standard().with(Compression.zstd(1)));
    private final RecordProof proof = new RecordProof();
    private final List<byte[]> heard = new ArrayList<>();

    @AfterEach
    void closeCodec() {
        codec.close();
    }

    private static List<byte[]> versions() {
        List<byte[]> versions = new ArrayList<>();
        byte[] version = Samples.random(1, 3_000);
        for (int i = 0; i < 5; i++) {
            versions.add(version.clone());
            version[700 * i]++;
        }
        return versions;
    }

    private byte[] group(Hash first) {
        return codec.encodeGroup(first, versions());
    }

    private static byte[] alone(Hash name) {
        byte[] chunk = versions().getFirst();
        byte[] record = new byte[PackRecord.HEADER + chunk.length];
        System.arraycopy(chunk, 0, record, PackRecord.HEADER, chunk.length);
        PackRecord.frame(record, 0, name, chunk.length, chunk.length, PackRecord.Codec.RAW);
        return record;
    }

    private void prove(byte[] record) {
        heard.clear();
        proof.prove(codec, "some pack", 32, record, 0, record.length, (hash, bytes, length) -> {
            byte[] chunk = Arrays.copyOf(bytes, length);
            assertThat(Hash.of(chunk)).isEqualTo(hash);
            heard.add(chunk);
        });
    }

    @Test
    void chunksAreToldUnderTheirNames() {
        Hash first = Hash.of(versions().getFirst());
        prove(group(first));
        assertThat(heard).containsExactlyElementsOf(versions());
        prove(alone(first));
        assertThat(heard).containsExactly(versions().getFirst());
    }

    @Test
    void ofARecordThatIsDamagedNothingIsTold() {
        Hash first = Hash.of(versions().getFirst());
        for (byte[] record : List.of(group(first), alone(first))) {
            // Lengths and codec, in front, are checked by whoever finds the record.
            for (int at = 12; at < record.length; at += 7) {
                record[at] ^= 4;
                assertThatThrownBy(() -> prove(record)).isInstanceOf(CorruptException.class);
                assertThat(heard).isEmpty();
                record[at] ^= 4;
            }
        }
    }

    @Test
    void aRecordUnderAnotherNameIsRefused() {
        Hash other = Hash.of(versions().getLast());
        for (byte[] record : List.of(group(other), alone(other))) {
            assertThatThrownBy(() -> prove(record))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining(other.toString());
            assertThat(heard).isEmpty();
        }
    }
}
