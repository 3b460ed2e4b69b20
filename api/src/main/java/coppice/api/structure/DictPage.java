package coppice.api.structure;

import java.util.List;
import java.util.Optional;

/// Some entries of a dict, and how to go on.
///
/// @param entries in the order that was asked for
/// @param next the keys that follow, to ask for the next page with; nothing when this was the end
public record DictPage<V>(List<DictEntry<V>> entries, Optional<Keys> next) {
    /// Copies the entries.
    public DictPage {
        entries = List.copyOf(entries);
    }
}
