package coppice.engine.terms;

import coppice.api.Compression;

/// How packs are compressed: the API's choice in the words of the kernel.
public final class PackCompression {
    private PackCompression() {}

    /// The choice in the words of the kernel.
    public static coppice.kernel.store.Compression of(Compression choice) {
        return switch (choice) {
            case Compression.None _ -> coppice.kernel.store.Compression.none();
            case Compression.Zstd(int level) -> coppice.kernel.store.Compression.zstd(level);
            case Compression.Adaptive _ -> coppice.kernel.store.Compression.adaptive();
        };
    }
}
