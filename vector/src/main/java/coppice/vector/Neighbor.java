package coppice.vector;

/// A vector that was found.
///
/// @param key its own array
/// @param score greater is nearer, see [Similarity]
public record Neighbor(byte[] key, float score) {}
