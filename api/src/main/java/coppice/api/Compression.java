package coppice.api;

/// How chunks are stored. It is outside of their hash, so databases with different compression share content.
public sealed interface Compression {
    /// Zstandard, fast where speed costs no space, dense where density pays. The default.
    Compression ADAPTIVE = new Adaptive();

    /// Stored as they are.
    Compression NONE = new None();

    /// Zstandard.
    ///
    /// @param level -7 (fastest) to 19 (smallest), not 0
    record Zstd(int level) implements Compression {
        public Zstd {
            if (level < -7 || level > 19 || level == 0) {
                throw new IllegalArgumentException("zstd level " + level + " is not in -7..-1, 1..19");
            }
        }
    }

    /// See [#ADAPTIVE].
    record Adaptive() implements Compression {}

    /// See [#NONE].
    record None() implements Compression {}
}
