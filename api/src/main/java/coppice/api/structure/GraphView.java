package coppice.api.structure;

import coppice.api.async.Immediate;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Nodes and the edges between them, to read. Edges are read in the order of the node, the label and the other
/// node.
///
/// Every read may fail with [coppice.api.DatabaseException.Incorrect] when what is stored does not fit the type of
/// the data, which it names with the edge.
public interface GraphView<V> {
    /// Its name.
    @Immediate
    String name();

    /// How many edges there are. Costs O(log n), and what was written lately once.
    long count();

    /// An edge, if it is there. Costs O(log n).
    Optional<Edge<V>> edge(String from, String label, String to);

    /// Whether an edge is there. Costs O(log n).
    boolean linked(String from, String label, String to);

    /// The edges from a node, as of one moment, read lazily. Close the stream when it is not read to its end.
    Stream<Edge<V>> out(String node);

    /// The edges of a label from a node; see [#out(String)].
    Stream<Edge<V>> out(String node, String label);

    /// The edges to a node; see [#out(String)].
    Stream<Edge<V>> in(String node);

    /// The edges of a label to a node; see [#out(String)].
    Stream<Edge<V>> in(String node, String label);

    /// All edges; see [#out(String)].
    Stream<Edge<V>> edges();

    /// All nodes that edges lead from or to, in their order, as of one moment, read lazily. Costs a look for each,
    /// not for each edge. Close the stream when it is not read to its end.
    Stream<String> nodes();

    /// The nodes that can be come to, those of fewer edges first, beginning with the node itself; as of one
    /// moment, read lazily. Costs the edges of those that were read, and about 200 bytes of memory for each of
    /// them and of those next to them.
    Stream<Visit> walk(String from, Reach reach);

    /// The nodes that can be come to at a cost of no more than this, the cheapest first, beginning with the node
    /// itself: by the weights of edges. Read, and costs, as [#walk].
    ///
    /// Source: Dijkstra 1959.
    ///
    /// @param cost 0 or more
    Stream<Visit> expand(String from, double cost, Reach reach);

    /// A way of the fewest edges, if there is one. Costs as [#walk], up to there.
    Optional<Route<V>> shortest(String from, String to, Reach reach);

    /// A way of the least sum of weights, if there is one. Costs as [#walk], up to there.
    Optional<Route<V>> cheapest(String from, String to, Reach reach);

    /// The nodes that hang together, whichever way edges lead: the largest group first, each in the order of its
    /// nodes. Costs a read of all edges, and about 150 bytes of memory for each node.
    ///
    /// @param reach of which only the labels count
    List<List<String>> components(Reach reach);

    /// How likely one is at a node who follows edges, by their weights, and begins anywhere again now and then:
    /// the likeliest first. All together are 1. Costs a read of all edges, some 150 bytes of memory for each node,
    /// 16 for each edge, and a look at all of these for each round, of which there are 100 at most.
    ///
    /// Source: Brin and Page 1998.
    ///
    /// @param reach of which the labels and the direction count
    /// @param damping how likely an edge is followed, such as 0.85: from 0 to 1
    /// @param tolerance when all figures together change by no more than this, such as 1e-6, it ends
    List<Ranked> pageRank(Reach reach, double damping, double tolerance);

    /// For each node the largest number k, so that it is one of a group of which each has k neighbours in the
    /// group, whichever way edges lead. Costs a read of all edges, some 150 bytes of memory for each node, and 16
    /// for each edge.
    ///
    /// Source: Batagelj and Zaversnik 2003.
    ///
    /// @param reach of which only the labels count
    Map<String, Integer> cores(Reach reach);

    /// Writes all edges as text, as of one moment: items are objects with `from`, `label`, `to`, `weight` and,
    /// where there is some, `data`. The stream is flushed and stays open.
    ///
    /// @return how many edges
    /// @throws IOException when the stream fails
    long dump(OutputStream out, DumpFormat format) throws IOException;
}
