package coppice.vector;

import org.jspecify.annotations.Nullable;

/// What becomes of a key.
///
/// @param vector its new vector; null for none
public record VectorChange(byte[] key, float @Nullable [] vector) {}
