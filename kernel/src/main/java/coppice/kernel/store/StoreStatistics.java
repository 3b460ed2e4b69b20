package coppice.kernel.store;

/// Sizes of a [PackStore] at one moment.
///
/// @param packs how many pack files there are
/// @param chunks how many chunks they hold, dead ones included
/// @param storedBytes the length of the packs
/// @param indexBytes the length of their index files
/// @param rawBytes the lengths of the chunks before compression
/// @param waitingChunks how many chunks are in memory on their way into a pack
public record StoreStatistics(
        int packs, long chunks, long storedBytes, long indexBytes, long rawBytes, int waitingChunks) {}
