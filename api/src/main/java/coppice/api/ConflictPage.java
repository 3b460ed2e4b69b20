package coppice.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Some conflicts, and where to go on.
///
/// @param conflicts in the order of spaces and keys
/// @param next the query for those that follow; empty after the last
public record ConflictPage(List<Conflict> conflicts, Optional<ConflictQuery> next) {
    public ConflictPage {
        conflicts = List.copyOf(conflicts);
        Objects.requireNonNull(next);
    }
}
