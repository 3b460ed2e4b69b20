package coppice.api;

import java.util.List;
import java.util.Optional;

/// Some changes, and how to go on.
///
/// @param changes in the order of spaces and keys
/// @param next what follows, or nothing when this was the end. It names commits by their hashes, so it goes on with
///     the very same states; a working state is looked at as it is then
public record ChangePage(List<Change> changes, Optional<DiffQuery> next) {
    public ChangePage {
        changes = List.copyOf(changes);
    }

    /// Where the next page starts, as text for [DiffQuery#resume]; nothing when this was the end.
    public Optional<String> token() {
        return next.flatMap(DiffQuery::after).map(DiffQuery.Place::token);
    }
}
