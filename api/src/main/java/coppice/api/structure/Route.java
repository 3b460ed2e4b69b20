package coppice.api.structure;

import java.util.List;

/// A way from one node of a graph to another.
///
/// @param nodes from the first to the last; one when both are the same
/// @param edges between them, as they lead, which may be against the way
/// @param cost the weights of the edges, or how many they are
public record Route<V>(List<String> nodes, List<Edge<V>> edges, double cost) {
    public Route {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }
}
