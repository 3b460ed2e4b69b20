package coppice.kernel.store;

import coppice.kernel.bytes.Hash;

/// Tells a [Sweep] which chunks to keep. A wrong yes keeps garbage, a wrong no loses data. An answer may turn
/// from no to yes while the sweep runs, never back.
@FunctionalInterface
public interface LiveChunks {
    /// Whether the chunk must be kept.
    boolean isLive(Hash hash);
}
