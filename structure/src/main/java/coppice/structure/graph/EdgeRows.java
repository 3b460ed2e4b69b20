package coppice.structure.graph;

import coppice.api.Entry;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.structure.ground.Contents;
import java.util.List;
import java.util.stream.Stream;

/// The rows of edges within a transaction, by where edges begin and by where they end.
record EdgeRows(Space forward, Space backward) {
    /// Those of a graph.
    static EdgeRows of(Transaction transaction, String graph) {
        return new EdgeRows(transaction.space(graph), transaction.space(GraphKeys.reverse(graph)));
    }

    void put(StoredEdge edge) {
        forward.put(edge.forward(), edge.value());
        backward.put(edge.backward(), edge.value());
    }

    boolean remove(GraphKeys.Parts edge) {
        byte[] key = GraphKeys.of(edge.node(), edge.label(), edge.other());
        boolean isThere = forward.contains(key);
        if (isThere) {
            forward.delete(key);
            backward.delete(GraphKeys.of(edge.other(), edge.label(), edge.node()));
        }
        return isThere;
    }

    /// Removes all edges from and to a node.
    ///
    /// @return how many
    long removeAll(String node) {
        long count = 0;
        for (GraphKeys.Parts edge : of(forward, node)) {
            count += remove(edge) ? 1 : 0;
        }
        for (GraphKeys.Parts edge : of(backward, node)) {
            count += remove(edge.turned()) ? 1 : 0;
        }
        return count;
    }

    void clear() {
        Contents.clear(forward);
        Contents.clear(backward);
    }

    /// The edges of a node, as keys have them.
    private static List<GraphKeys.Parts> of(Space rows, String node) {
        try (Stream<Entry> all = rows.entries(GraphKeys.range(node))) {
            return all.map(row -> GraphKeys.parts(row.key())).toList();
        }
    }
}
