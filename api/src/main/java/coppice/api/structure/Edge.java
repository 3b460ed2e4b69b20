package coppice.api.structure;

import java.util.Optional;

/// An edge of a graph: it leads from a node to a node, and there is one for each label. Nodes are texts, and are
/// there as long as they have edges.
///
/// @param from where it begins: 1 to 1,500 bytes of UTF-8, without the character 0
/// @param label of what kind it is: 1 to 500 bytes of UTF-8, without the character 0
/// @param to where it ends, as `from`
/// @param weight what it costs to go along it: 0 or more, and finite
/// @param data what else is known of it
public record Edge<V>(String from, String label, String to, double weight, Optional<V> data) {
    /// @throws IllegalArgumentException when the weight is negative, infinite or not a number
    public Edge {
        if (!(weight >= 0) || Double.isInfinite(weight)) {
            throw new IllegalArgumentException("The weight of an edge is 0 or more and finite, not " + weight);
        }
    }

    /// One of weight 1.
    public static <V> Edge<V> of(String from, String label, String to) {
        return new Edge<>(from, label, to, 1, Optional.empty());
    }

    /// With another weight.
    public Edge<V> withWeight(double other) {
        return new Edge<>(from, label, to, other, data);
    }

    /// With data.
    public Edge<V> withData(V other) {
        return new Edge<>(from, label, to, weight, Optional.of(other));
    }
}
