package coppice.api;

import java.util.Optional;

/// A key that both sides of a merge changed differently.
///
/// @param space the space it is in
/// @param key the key
/// @param base its value in the common ancestor, if any
/// @param ours its value in the branch merged into, if any
/// @param theirs its value in what is merged, if any
public record Conflict(
        String space, byte[] key, Optional<byte[]> base, Optional<byte[]> ours, Optional<byte[]> theirs) {}
