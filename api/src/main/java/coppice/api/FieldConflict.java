package coppice.api;

import java.util.Optional;

/// A place inside a JSON document that both sides of a merge changed differently. The values are JSON texts, as
/// they were written.
///
/// @param pointer where: a JSON pointer (RFC 6901), such as `/address/street`
/// @param base what it was in the common ancestor, if it was there
/// @param ours what it is in the branch merged into, if it is there
/// @param theirs what it is in what is merged, if it is there
public record FieldConflict(String pointer, Optional<String> base, Optional<String> ours, Optional<String> theirs) {}
