package coppice.kernel.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Chunks and options for the tests of this package.
final class Samples {
    /// Packs small enough that a test sees many of them.
    static final PackOptions SMALL = PackOptions.standard().withSizes(512 << 10, 2_000, 64 << 10);

    private Samples() {}

    /// Distinct chunks of 1 to about 4,000 bytes, between incompressible and very compressible. The same for
    /// the same seed.
    static List<byte[]> chunks(long seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<byte[]> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            byte[] chunk = new byte[16 + random.nextInt(random.nextInt(8) == 0 ? 4_000 : 400)];
            random.nextBytes(chunk);
            if (random.nextBoolean()) {
                Arrays.fill(chunk, 16, chunk.length, (byte) i);
            }
            chunks.add(chunk);
        }
        return chunks;
    }

    /// Incompressible bytes.
    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
