package coppice.json;

import java.util.Optional;

/// A place inside a document that both sides changed differently. The values are JSON texts, as they were written.
///
/// @param pointer where, as a JSON pointer (RFC 6901); an item of an array has its index in the base, or, when it is
///     not there, in ours
/// @param base what it was, if it was there
/// @param ours what one side has, if it is there
/// @param theirs what the other side has, if it is there
public record FieldConflict(String pointer, Optional<String> base, Optional<String> ours, Optional<String> theirs) {}
