package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.kernel.bytes.Hash;
import coppice.kernel.platform.Tasks;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritePipelineTest {
    private final Set<Hash> stored = new HashSet<>();
    private final List<Hash> appended = new ArrayList<>();
    private final ChunkCodec codec = ChunkCodec.of(PackOptions.standard().with(Compression.none()));
    private final WritePipeline pipeline =
            new WritePipeline(codec, Tasks.threads(), (_, hashes) -> appended.addAll(hashes), this::among);

    @AfterEach
    void close() {
        pipeline.close();
        codec.close();
    }

    private BitSet among(List<Hash> hashes) {
        BitSet among = new BitSet();
        for (int i = 0; i < hashes.size(); i++) {
            among.set(i, stored.contains(hashes.get(i)));
        }
        return among;
    }

    private Hash add(String text, boolean isNeeded) {
        byte[] chunk = text.getBytes(StandardCharsets.UTF_8);
        Hash hash = Hash.of(chunk);
        pipeline.add(hash, chunk, null, isNeeded);
        return hash;
    }

    @Test
    void whatIsStoredIsLeftOut() {
        Hash one = add("one", false);
        Hash two = add("two", false);
        Hash three = add("three", false);
        stored.add(two);
        assertThat(pipeline.waiting(two)).isNotNull();
        pipeline.drain();
        assertThat(appended).containsExactly(one, three);
        assertThat(pipeline.waiting()).isZero();
    }

    @Test
    void nothingIsAppendedWhenAllIsStored() {
        stored.add(add("one", false));
        pipeline.drain();
        assertThat(appended).isEmpty();
        assertThat(pipeline.waiting()).isZero();
    }

    @Test
    void whatIsNeededIsWrittenAlthoughItIsStored() {
        Hash one = add("one", true);
        stored.add(one);
        pipeline.drain();
        assertThat(appended).containsExactly(one);
    }

    @Test
    void whatTurnsOutToBeNeededWhileItWaitsIsWrittenOnce() {
        Hash one = add("one", false);
        stored.add(one);
        assertThat(add("one", true)).isEqualTo(one);
        pipeline.drain();
        assertThat(appended).containsExactly(one);
        add("one", false);
        pipeline.drain();
        assertThat(appended).containsExactly(one);
    }
}
