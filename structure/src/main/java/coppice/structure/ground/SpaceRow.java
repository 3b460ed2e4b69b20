package coppice.structure.ground;

import org.jspecify.annotations.Nullable;

/// A row of a space, to be put or removed.
///
/// @param value null when there is to be no row of this key
public record SpaceRow(String space, byte[] key, byte @Nullable [] value) {}
