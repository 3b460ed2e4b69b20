package coppice.kernel.store;

import coppice.kernel.bytes.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

    /// Writes versions of one chunk and puts them into groups.
    ///
    /// @return their names and what is in them, the oldest first
    static SequencedMap<Hash, byte[]> grouped(PackStore store, int versions) {
        SequencedMap<Hash, byte[]> chunks = new LinkedHashMap<>();
        byte[] now = random(2, 4_000);
        for (int i = 0; i < versions; i++) {
            now = now.clone();
            now[i * 7]++;
            chunks.put(store.write(now), now);
        }
        List<Hash> names = List.copyOf(chunks.keySet());
        try (Sweep sweep = store.beginSweep(Sweep.OLDEST, 0.02, _ -> {})) {
            sweep.run(_ -> true, lineage -> {
                for (int i = versions - 1; i > 0; i--) {
                    lineage.replaced(names.get(i - 1), names.get(i));
                }
            });
        }
        store.adopted(store.sync());
        return chunks;
    }

    /// Incompressible bytes.
    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
