package coppice.api;

import java.util.List;
import java.util.Optional;

/// A key that both sides of a merge changed differently.
///
/// @param space the space it is in
/// @param key the key
/// @param base its value in the common ancestor, if any; none too when there are several best common ancestors
///     (merges crossed) that disagree on it
/// @param ours its value in the branch merged into, if any
/// @param theirs its value in what is merged, if any
/// @param fields the places that both sides changed differently, when all three are JSON documents that were merged
///     by field; else empty
public record Conflict(
        String space,
        byte[] key,
        Optional<byte[]> base,
        Optional<byte[]> ours,
        Optional<byte[]> theirs,
        List<FieldConflict> fields) {
    public Conflict {
        fields = List.copyOf(fields);
    }

    /// A conflict of values without fields.
    public Conflict(String space, byte[] key, Optional<byte[]> base, Optional<byte[]> ours, Optional<byte[]> theirs) {
        this(space, key, base, ours, theirs, List.of());
    }
}
