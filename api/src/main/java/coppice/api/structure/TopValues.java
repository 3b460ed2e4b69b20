package coppice.api.structure;

import java.util.List;

/// The values that were added most often to a [Sketch].
///
/// @param values the most frequent first
/// @param floor what is not tracked, and so is never among them, was added no more often than this
public record TopValues<V>(List<Frequent<V>> values, long floor) {
    /// Copies the list.
    public TopValues {
        values = List.copyOf(values);
    }

    /// A value, and how often it was added.
    public record Frequent<V>(V value, Estimate times) {}
}
