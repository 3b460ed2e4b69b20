package coppice.kernel.store;

/// How the chunks of new packs are compressed. Any setting reads what any other wrote; it never changes a hash.
///
/// A chunk that would not shrink by a sixteenth is stored as it is.
public sealed interface Compression {
    /// Stores chunks as they are. Needs no native library.
    record None() implements Compression {}

    /// Zstandard at one level.
    ///
    /// @param level -100 (fastest) to 19 (smallest), not 0; 1 and below are fast enough for the path of every
    ///     write
    record Zstd(int level) implements Compression {
        /// The fastest level.
        public static final int FASTEST = -100;

        /// The level of the smallest output.
        public static final int SMALLEST = 19;

        public Zstd {
            if (level < FASTEST || level > SMALLEST || level == 0) {
                throw new IllegalArgumentException("Zstandard levels go from " + FASTEST + " to " + SMALLEST
                        + " without 0; not " + level + ". Use None to store chunks as they are.");
            }
        }
    }

    /// Zstandard at level -1 or 1, whichever pays: level 1 also codes single bytes by frequency, which takes
    /// twice the time, makes text nearly half the size again and leaves random bytes as they are. One chunk
    /// in 64 is tried both ways.
    record Adaptive() implements Compression {}

    /// Stores chunks as they are.
    static Compression none() {
        return new None();
    }

    /// Zstandard at one level.
    static Compression zstd(int level) {
        return new Zstd(level);
    }

    /// The default: fast where speed costs no space, dense where density pays.
    static Compression adaptive() {
        return new Adaptive();
    }
}
