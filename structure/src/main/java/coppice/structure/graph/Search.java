package coppice.structure.graph;

import coppice.api.Cursor;
import coppice.api.structure.Visit;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/// Comes to nodes in the order of what it costs to get there, one [#next] after the other: Dijkstra's algorithm,
/// where the number of edges may be limited, too. Of equal cost, the way of fewer edges comes first, then the one
/// that was found first. For one thread.
final class Search implements Iterator<Search.Way> {
    private static final Comparator<Way> CHEAPEST =
            Comparator.comparingDouble(Way::cost).thenComparingInt(Way::hops).thenComparingLong(Way::number);

    private final Adjacency edges;
    private final Cost cost;
    private final double most;
    private final PriorityQueue<Way> open = new PriorityQueue<>(CHEAPEST);
    /// By how few edges each node was come to that was left.
    private final Map<String, Integer> left = new HashMap<>();
    /// The way to each node that was found last, if it was not worse than one before.
    private final Map<String, Way> best = new HashMap<>();

    private final boolean isLimited;
    private @Nullable Way next;
    /// The one that was told last. Its edges are looked at when somebody wants to go on.
    private @Nullable Way told;

    private long found;

    /// What an edge costs.
    interface Cost {
        double of(GraphKeys.Parts edge, Cursor row);
    }

    /// A way to a node.
    ///
    /// @param edge the last one, as the key has it; null at the beginning
    record Way(
            String node,
            @Nullable Way before,
            GraphKeys.@Nullable Parts edge,
            boolean isForward,
            int hops,
            double cost,
            long number) {
        Visit visit() {
            return new Visit(node, Optional.ofNullable(before).map(Way::node), hops, cost);
        }

        /// All ways along this one, from the first.
        Deque<Way> steps() {
            Deque<Way> steps = new ArrayDeque<>();
            for (Way at = this; at != null; at = at.before) {
                steps.addFirst(at);
            }
            return steps;
        }
    }

    /// @param most what it may cost
    Search(Adjacency edges, String from, Cost cost, double most) {
        this.edges = edges;
        this.cost = cost;
        this.most = most;
        this.isLimited = edges.reach().hops() < Integer.MAX_VALUE;
        open.add(new Way(from, null, null, true, 0, 0, 0));
    }

    @Override
    public boolean hasNext() {
        if (next == null && told != null) {
            leave(told);
            told = null;
        }
        while (next == null && !open.isEmpty()) {
            Way way = open.remove();
            Integer before = left.get(way.node());
            if (before == null) {
                left.put(way.node(), way.hops());
                next = way;
            } else if (isLimited && way.hops() < before) {
                left.put(way.node(), way.hops());
                leave(way);
            }
        }
        return next != null;
    }

    @Override
    public Way next() {
        if (!hasNext()) {
            throw new NoSuchElementException("No more nodes can be come to");
        }
        Way way = Objects.requireNonNull(next);
        next = null;
        told = way;
        return way;
    }

    private void leave(Way way) {
        int hops = way.hops() + 1;
        if (isLimited && hops > edges.reach().hops()) {
            return;
        }
        edges.visit(way.node(), (edge, isForward, row) -> {
            Integer before = left.get(edge.other());
            if (before != null && (!isLimited || before <= hops)) {
                return;
            }
            double sum = way.cost() + cost.of(edge, row);
            Way other = best.get(edge.other());
            boolean isWorse = other != null && other.cost() <= sum && other.hops() <= hops;
            if (sum <= most && !isWorse) {
                found++;
                Way longer = new Way(edge.other(), way, edge, isForward, hops, sum, found);
                best.put(edge.other(), longer);
                open.add(longer);
            }
        });
    }
}
