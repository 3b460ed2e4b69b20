package coppice.api;

/// Figures about an open database.
///
/// @param diskBytes what its files hold on disk, journal included
/// @param packBytes of these, chunks as stored
/// @param chunkBytes the same chunks uncompressed
/// @param chunks how many
/// @param journalBytes journal segments, free ones included
/// @param cacheBytes heap held by cached nodes
/// @param unfoldedBytes heap held by changes not yet folded into trees
/// @param branches how many
public record Statistics(
        long diskBytes,
        long packBytes,
        long chunkBytes,
        long chunks,
        long journalBytes,
        long cacheBytes,
        long unfoldedBytes,
        long branches) {}
