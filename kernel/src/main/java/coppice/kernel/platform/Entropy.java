package coppice.kernel.platform;

/// Randomness, as handed in from outside. Thread-safe.
public interface Entropy {
    /// Fills the array with random bytes.
    void fill(byte[] bytes);

    /// 64 random bits.
    long nextLong();

    /// Unpredictable randomness from the operating system.
    static Entropy secure() {
        return SecureEntropy.INSTANCE;
    }
}
