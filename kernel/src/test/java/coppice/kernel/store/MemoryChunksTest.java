package coppice.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coppice.kernel.bytes.Hash;
import org.junit.jupiter.api.Test;

class MemoryChunksTest {
    private final MemoryChunks chunks = new MemoryChunks();

    @Test
    void readsBackACopyOfWhatWasWritten() {
        byte[] content = {1, 2, 3};
        Hash hash = chunks.write(content);
        content[0] = 9;
        byte[] first = chunks.read(hash);
        first[1] = 9;
        assertThat(chunks.read(hash)).containsExactly(1, 2, 3);
    }

    @Test
    void keepsOneChunkForEqualContent() {
        chunks.write(new byte[] {1});
        chunks.write(Hash.of(new byte[] {1}), new byte[] {1, 7}, 1);
        assertThat(chunks.count()).isOne();
        assertThat(chunks.bytes()).isOne();
    }

    @Test
    void saysWhichChunkIsMissing() {
        Hash hash = Hash.of(new byte[] {5});
        assertThat(chunks.contains(hash)).isFalse();
        assertThatThrownBy(() -> chunks.read(hash))
                .isInstanceOf(MissingChunkException.class)
                .hasMessageContaining(hash.toString());
    }

    @Test
    void refusesEmptyAndOverlongChunks() {
        assertThatIllegalArgumentException().isThrownBy(() -> chunks.write(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> chunks.write(new byte[Chunks.MAX_LENGTH + 1]));
        assertThatIllegalArgumentException().isThrownBy(() -> chunks.write(Hash.ZERO, new byte[3], 4));
        Hash longest = chunks.write(new byte[Chunks.MAX_LENGTH]);
        assertThat(chunks.read(longest)).hasSize(Chunks.MAX_LENGTH);
    }
}
