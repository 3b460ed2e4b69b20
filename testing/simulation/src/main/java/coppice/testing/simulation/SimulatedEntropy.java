package coppice.testing.simulation;

import coppice.kernel.platform.Entropy;
import java.util.SplittableRandom;

/// Chance that repeats itself: the same seed gives the same bytes. Thread-safe.
public final class SimulatedEntropy implements Entropy {
    private final SplittableRandom random;

    /// Chance from this seed.
    public SimulatedEntropy(long seed) {
        this.random = new SplittableRandom(seed);
    }

    @Override
    public synchronized void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    @Override
    public synchronized long nextLong() {
        return random.nextLong();
    }
}
