package coppice.api.structure;

import java.util.Optional;

/// What happened to an edge of a graph.
public sealed interface GraphChange<V> {
    /// An edge was made, or has another weight or other data.
    ///
    /// @param before nothing when there was none
    record Linked<V>(Optional<Edge<V>> before, Edge<V> after) implements GraphChange<V> {}

    /// An edge was removed.
    record Unlinked<V>(Edge<V> before) implements GraphChange<V> {}

    /// What happened for a while is not known any more: who has a copy reads the graph anew.
    record Missed<V>() implements GraphChange<V> {}
}
