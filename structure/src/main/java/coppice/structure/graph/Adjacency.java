package coppice.structure.graph;

import coppice.api.Cursor;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.Reach;
import java.util.List;
import java.util.function.Predicate;

/// The edges of nodes, in a state that stays.
///
/// @param forward the rows by where edges begin
/// @param backward the rows by where they end
/// @param reach which of them are followed
/// @param nodes which nodes there are
record Adjacency(SpaceView forward, SpaceView backward, Reach reach, Predicate<String> nodes) {
    /// Is told of an edge.
    interface Visitor {
        /// Sees one.
        ///
        /// @param edge as its key has it
        /// @param isForward whether the key begins with the node where the edge begins
        /// @param row stands on it
        void see(GraphKeys.Parts edge, boolean isForward, Cursor row);
    }

    /// Visits the edges that are followed from a node.
    void visit(String node, Visitor visitor) {
        List<Range> ranges = reach.labels().isEmpty()
                ? List.of(GraphKeys.range(node))
                : reach.labels().stream()
                        .sorted()
                        .map(label -> GraphKeys.range(node, label))
                        .toList();
        for (Range range : ranges) {
            if (reach.direction() != Reach.Direction.IN) {
                visit(forward, range, true, toNodes(visitor));
            }
            if (reach.direction() != Reach.Direction.OUT) {
                visit(backward, range, false, toNodes(visitor));
            }
        }
    }

    private Visitor toNodes(Visitor visitor) {
        return (edge, isForward, row) -> {
            if (nodes.test(edge.other())) {
                visitor.see(edge, isForward, row);
            }
        };
    }

    /// Visits all edges of the labels, as they lead.
    void visitAll(Visitor visitor) {
        visit(forward, Range.all(), true, (edge, isForward, row) -> {
            boolean isFollowed = reach.labels().isEmpty() || reach.labels().contains(edge.label());
            if (isFollowed && nodes.test(edge.node()) && nodes.test(edge.other())) {
                visitor.see(edge, isForward, row);
            }
        });
    }

    private static void visit(SpaceView rows, Range range, boolean isForward, Visitor visitor) {
        try (Cursor cursor = rows.scan(range)) {
            while (cursor.next()) {
                visitor.see(GraphKeys.parts(cursor.key()), isForward, cursor);
            }
        }
    }
}
