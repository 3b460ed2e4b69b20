package coppice.structure.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A content is the same whether a second thread works ahead or not, and is read by one thread alone.
@Timeout(60)
class ContentTest {
    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }

    /// Gives few bytes at a time, to one thread, and fails where others would go on.
    private static final class Slow extends FilterInputStream {
        private final Thread owner = Thread.currentThread();
        private final SplittableRandom random = new SplittableRandom(1);
        private final long failsAt;
        private long given;

        Slow(byte[] content, long failsAt) {
            super(new ByteArrayInputStream(content));
            this.failsAt = failsAt;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            assertThat(Thread.currentThread()).isSameAs(owner);
            if (given >= failsAt) {
                throw new IOException("gone");
            }
            int read = super.read(bytes, offset, Math.min(length, 1 + random.nextInt(100_000)));
            given += Math.max(0, read);
            return read;
        }
    }

    private record Seen(List<ByteBuffer> parts, long size, String sum) {}

    /// @param before how many parts are asked for before a second thread works ahead
    private static Seen seen(InputStream in, int before) throws IOException {
        try (Content content = new Content(in)) {
            List<ByteBuffer> parts = new ArrayList<>();
            for (Optional<byte[]> part = content.next(); part.isPresent(); part = content.next()) {
                parts.add(ByteBuffer.wrap(part.get()));
                if (parts.size() == before) {
                    content.workAhead();
                }
            }
            return new Seen(parts, content.size(), content.sum());
        }
    }

    @Test
    void workingAheadChangesNothing() throws IOException {
        for (int length : new int[] {1, 300_000, 1 << 20, 3_000_000, 12_345_678}) {
            Seen plain = seen(new ByteArrayInputStream(random(length)), Integer.MAX_VALUE);
            assertThat(plain.size()).isEqualTo(length);
            for (int before : new int[] {1, 2, 5}) {
                Seen ahead = seen(new Slow(random(length), Long.MAX_VALUE), before);
                assertThat(ahead.equals(plain))
                        .as("%s bytes, %s", length, before)
                        .isTrue();
            }
        }
    }

    @Test
    void aStreamThatFailsSaysSoAndTheSecondThreadEnds() throws InterruptedException {
        assertThatThrownBy(() -> seen(new Slow(random(9_000_000), 7_000_000), 1))
                .isInstanceOf(IOException.class)
                .hasMessage("gone");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(Content.THREAD)) {
                thread.join();
            }
        }
    }

    @Test
    void anInterruptWaitsForTheOneWhoAsksForIt() throws IOException {
        Thread.currentThread().interrupt();
        Seen seen = seen(new ByteArrayInputStream(random(9_000_000)), 1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen.size()).isEqualTo(9_000_000);
    }
}
