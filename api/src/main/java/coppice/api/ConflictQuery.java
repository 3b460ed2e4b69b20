package coppice.api;

import java.util.Objects;
import java.util.Optional;

/// Which conflicts of a merge to look at, in the order of spaces and keys. An immutable value.
///
/// @param space the only space to look into; empty for all
/// @param after where to go on: after this key of this space, which need not be there
public record ConflictQuery(Optional<String> space, Optional<DiffQuery.Place> after) {
    public ConflictQuery {
        Objects.requireNonNull(space);
        Objects.requireNonNull(after);
    }

    /// All conflicts.
    public static ConflictQuery all() {
        return new ConflictQuery(Optional.empty(), Optional.empty());
    }

    /// Those of one space.
    public static ConflictQuery in(String space) {
        return new ConflictQuery(Optional.of(space), Optional.empty());
    }

    /// Those of this query that come after a place.
    public ConflictQuery after(DiffQuery.Place place) {
        return new ConflictQuery(space, Optional.of(place));
    }
}
