package coppice.api.feed;

import java.util.Optional;

/// Which rows a feed tells of, and how. Immutable.
///
/// A row that begins to fit the filter is told as added, one that ceases to fit as removed.
///
/// @param spaces a glob that the name of the space fits; see [coppice.api.KeyPattern] for globs
/// @param keys a glob that the key fits
/// @param where a condition that the document meets, an expression as in `docs/guide/expressions.md`: TRUE counts
/// @param isCoalesced whether several transactions that wait are told as one net change
public record ChangeFilter(String spaces, String keys, Optional<String> where, boolean isCoalesced) {
    /// All rows of all spaces.
    public static ChangeFilter all() {
        return of("*");
    }

    /// All rows of the spaces whose names fit a glob; a name without `*`, `?` and `\` is that space. The more
    /// exactly it says what it wants, the less is looked at for it.
    public static ChangeFilter of(String spaces) {
        return new ChangeFilter(spaces, "*", Optional.empty(), false);
    }

    /// Only rows whose keys fit a glob.
    public ChangeFilter keys(String glob) {
        return new ChangeFilter(spaces, glob, where, isCoalesced);
    }

    /// Only rows whose documents meet a condition.
    public ChangeFilter where(String condition) {
        return new ChangeFilter(spaces, keys, Optional.of(condition), isCoalesced);
    }

    /// Tells several transactions that wait as one net change: less work for who only needs the latest state.
    /// Without this, each is told for itself.
    public ChangeFilter coalesced() {
        return new ChangeFilter(spaces, keys, where, true);
    }
}
