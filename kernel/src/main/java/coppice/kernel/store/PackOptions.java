package coppice.kernel.store;

/// How packs are written. None of it matters for reading what is there.
///
/// @param compression how chunks are compressed
/// @param rawWithoutZstd where the native compression library cannot be loaded, write raw chunks instead of
///     refusing
/// @param packBytes the largest pack: 64 KiB to 1 TiB, default 256 MiB; those of a small store are smaller, see
///     [#packBytes(long)]
/// @param packChunks a pack with so many chunks is sealed: 16 to 4,194,304, default 262,144. Bounds the heap
///     of the growing pack's index (50 bytes per chunk).
/// @param sealBytes a sync seals the growing pack when it has at least this size, so that no more than this
///     has to be scanned at open: 4 KiB to `packBytes`, default 4 MiB
/// @param wasteLimit a sweep rewrites a pack of which at least this share of bytes is dead: above 0 to 1,
///     default 0.25
/// @param indexBytes how much memory may take what is known of the indexes, a fifth of it a filter over all packs, the
///     rest blocks that were read last: 0 to 1 GiB, default 5 MiB
public record PackOptions(
        Compression compression,
        boolean rawWithoutZstd,
        long packBytes,
        int packChunks,
        long sealBytes,
        double wasteLimit,
        long indexBytes) {
    private static final long LARGEST_PACK = 1L << 40;
    private static final long MOST_INDEX = 1L << 30;
    private static final int MOST_CHUNKS = 1 << 22;

    /// Of everything that is stored a pack is at most this share...
    private static final int SHARE = 32;

    /// ...but it may always be this share of the largest, and so long.
    private static final int SMALLEST_SHARE = 16;

    private static final long SMALLEST_BYTES = 1 << 20;

    /// Of the memory for indexes, so much is for the filter.
    private static final int FILTER_SHARE = 5;

    public PackOptions {
        require(packBytes >= 64 << 10 && packBytes <= LARGEST_PACK, "packBytes is 64 KiB to 1 TiB", packBytes);
        require(packChunks >= 16 && packChunks <= MOST_CHUNKS, "packChunks is 16 to 4,194,304", packChunks);
        require(sealBytes >= 4 << 10 && sealBytes <= packBytes, "sealBytes is 4 KiB to packBytes", sealBytes);
        require(indexBytes >= 0 && indexBytes <= MOST_INDEX, "indexBytes is 0 to 1 GiB", indexBytes);
        require(wasteLimit > 0 && wasteLimit <= 1, "wasteLimit is above 0 and at most 1", wasteLimit);
    }

    private static void require(boolean holds, String rule, Number found) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", not " + found);
        }
    }

    /// Adaptive compression, refusing to open without the native library, and the default sizes.
    public static PackOptions standard() {
        return new PackOptions(Compression.adaptive(), false, 256L << 20, 1 << 18, 4L << 20, 0.25, 5L << 20);
    }

    /// The size at which a pack is sealed in a store of so many bytes. To get rid of what is dead in a pack, what is
    /// live is copied first: both are there for a moment, which should not be much of the whole.
    long packBytes(long storedBytes) {
        long smallest = Math.min(packBytes, Math.max(packBytes / SMALLEST_SHARE, SMALLEST_BYTES));
        return Math.clamp(storedBytes / SHARE, smallest, packBytes);
    }

    /// How much memory the filter over all packs may take.
    long filterBytes() {
        return indexBytes / FILTER_SHARE;
    }

    /// How much memory blocks of indexes may take.
    long blockBytes() {
        return indexBytes - filterBytes();
    }

    /// The same with another compression.
    public PackOptions with(Compression other) {
        return new PackOptions(other, rawWithoutZstd, packBytes, packChunks, sealBytes, wasteLimit, indexBytes);
    }

    /// The same with raw chunks allowed or forbidden where compression is asked for and cannot be had.
    public PackOptions withRawWithoutZstd(boolean allowed) {
        return new PackOptions(compression, allowed, packBytes, packChunks, sealBytes, wasteLimit, indexBytes);
    }

    /// The same with other sizes.
    public PackOptions withSizes(long otherPackBytes, int otherPackChunks, long otherSealBytes) {
        return new PackOptions(
                compression, rawWithoutZstd, otherPackBytes, otherPackChunks, otherSealBytes, wasteLimit, indexBytes);
    }

    /// The same with as much memory for indexes, but no more than they may take.
    public PackOptions withIndexBytes(long otherIndexBytes) {
        return new PackOptions(
                compression,
                rawWithoutZstd,
                packBytes,
                packChunks,
                sealBytes,
                wasteLimit,
                Math.min(otherIndexBytes, MOST_INDEX));
    }
}
