package coppice.structure.graph;

import coppice.api.Entry;
import coppice.api.Range;
import coppice.api.SpaceView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.GraphView;
import coppice.api.structure.Ranked;
import coppice.api.structure.Reach;
import coppice.api.structure.Route;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.Visit;
import coppice.json.Json;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.ReadGround;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A graph over two spaces: a row for each edge by where it begins, and the same by where it ends.
public class SpaceGraphView<V> implements GraphView<V> {
    final StructureInfo graph;
    final Codec<V> codec;
    final EdgeCodec<V> edges;
    private final ReadGround ground;
    private final SpaceView rows;
    private final Search.Cost weight;
    private final Optional<Predicate<String>> nodes;

    /// @param graph what it is
    /// @param codec of the data of its edges
    public SpaceGraphView(StructureInfo graph, Codec<V> codec, ReadGround ground) {
        this(graph, codec, ground, Optional.empty());
    }

    /// @param nodes which there are, where edges may lead to others: these are passed over. Else all are there
    ///     that edges lead to
    SpaceGraphView(StructureInfo graph, Codec<V> codec, ReadGround ground, Optional<Predicate<String>> nodes) {
        this.graph = graph;
        this.codec = codec;
        this.edges = new EdgeCodec<>(codec, graph.name());
        this.ground = ground;
        this.rows = ground.space(graph.name());
        this.nodes = nodes;
        this.weight = (edge, row) -> edges.weight(edge, row.value());
    }

    @Override
    public String name() {
        return graph.name();
    }

    @Override
    public long count() {
        return nodes.isEmpty() ? rows.count() : edges().count();
    }

    @Override
    public Optional<Edge<V>> edge(String from, String label, String to) {
        return rows.get(GraphKeys.of(from, label, to))
                .filter(_ -> isNode(from) && isNode(to))
                .map(stored -> edges.decode(from, label, to, stored));
    }

    @Override
    public boolean linked(String from, String label, String to) {
        return rows.contains(GraphKeys.of(from, label, to)) && isNode(from) && isNode(to);
    }

    private boolean isNode(String node) {
        return nodes.isEmpty() || nodes.get().test(node);
    }

    private boolean isBetweenNodes(Edge<V> edge) {
        return isNode(edge.from()) && isNode(edge.to());
    }

    private boolean hasEdges(String node) {
        try (Stream<Edge<V>> both = Stream.concat(out(node), in(node))) {
            return both.findFirst().isPresent();
        }
    }

    @Override
    public Stream<Edge<V>> out(String node) {
        return forward(GraphKeys.range(node));
    }

    @Override
    public Stream<Edge<V>> out(String node, String label) {
        return forward(GraphKeys.range(node, label));
    }

    @Override
    public Stream<Edge<V>> in(String node) {
        return backward(GraphKeys.range(node));
    }

    @Override
    public Stream<Edge<V>> in(String node, String label) {
        return backward(GraphKeys.range(node, label));
    }

    @Override
    public Stream<Edge<V>> edges() {
        return forward(Range.all());
    }

    private Stream<Edge<V>> forward(Range range) {
        return rows.entries(range).map(row -> decode(row.key(), row.value())).filter(this::isBetweenNodes);
    }

    private Stream<Edge<V>> backward(Range range) {
        return ground.space(GraphKeys.reverse(name()))
                .entries(range)
                .map(this::turned)
                .filter(this::isBetweenNodes);
    }

    private Edge<V> turned(Entry row) {
        GraphKeys.Parts edge = GraphKeys.parts(row.key());
        return edges.decode(edge.other(), edge.label(), edge.node(), row.value());
    }

    /// The edge of a row by where it begins.
    final Edge<V> decode(byte[] key, byte[] stored) {
        GraphKeys.Parts edge = GraphKeys.parts(key);
        return edges.decode(edge.node(), edge.label(), edge.other(), stored);
    }

    @Override
    public Stream<String> nodes() {
        ReadGround still = ground.still();
        Stream<String> all = stream(new Nodes(still.space(name()), still.space(GraphKeys.reverse(name()))));
        return nodes.isEmpty() ? all : all.filter(this::hasEdges);
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    private Adjacency still(Reach reach) {
        ReadGround still = ground.still();
        return new Adjacency(still.space(name()), still.space(GraphKeys.reverse(name())), reach, this::isNode);
    }

    @Override
    public Stream<Visit> walk(String from, Reach reach) {
        return search(from, reach, (_, _) -> 1, Double.MAX_VALUE).map(Search.Way::visit);
    }

    @Override
    public Stream<Visit> expand(String from, double cost, Reach reach) {
        if (!(cost >= 0)) {
            throw new IllegalArgumentException("A cost is 0 or more, not " + cost);
        }
        return search(from, reach, weight, cost).map(Search.Way::visit);
    }

    private Stream<Search.Way> search(String from, Reach reach, Search.Cost cost, double most) {
        GraphKeys.range(from); // or says that it is no node
        return isNode(from) ? stream(new Search(still(reach), from, cost, most)) : Stream.empty();
    }

    @Override
    public Optional<Route<V>> shortest(String from, String to, Reach reach) {
        return route(from, to, reach, (_, _) -> 1);
    }

    @Override
    public Optional<Route<V>> cheapest(String from, String to, Reach reach) {
        return route(from, to, reach, weight);
    }

    private Optional<Route<V>> route(String from, String to, Reach reach, Search.Cost cost) {
        GraphKeys.range(to);
        if (!isNode(from)) {
            return Optional.empty();
        }
        Adjacency still = still(reach);
        return stream(new Search(still, from, cost, Double.MAX_VALUE))
                .filter(way -> way.node().equals(to))
                .findFirst()
                .map(way -> new Route<>(
                        way.steps().stream().map(Search.Way::node).toList(),
                        way.steps().stream()
                                .flatMap(step -> edge(still, step).stream())
                                .toList(),
                        way.cost()));
    }

    private Optional<Edge<V>> edge(Adjacency still, Search.Way step) {
        return Optional.ofNullable(step.edge()).map(edge -> {
            byte[] key = GraphKeys.of(edge.node(), edge.label(), edge.other());
            String from = step.isForward() ? edge.node() : edge.other();
            String to = step.isForward() ? edge.other() : edge.node();
            SpaceView rows = step.isForward() ? still.forward() : still.backward();
            return edges.decode(from, edge.label(), to, rows.get(key).orElseThrow());
        });
    }

    @Override
    public List<List<String>> components(Reach reach) {
        Groups groups = new Groups();
        still(reach).visitAll((edge, _, _) -> groups.join(edge.node(), edge.other()));
        return groups.all();
    }

    @Override
    public List<Ranked> pageRank(Reach reach, double damping, double tolerance) {
        if (!(damping >= 0 && damping <= 1 && tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "The damping is from 0 to 1 and the tolerance 0 or more, not " + damping + " and " + tolerance);
        }
        return Numbered.of(still(reach), weight, reach.direction() == Reach.Direction.IN)
                .pageRank(reach.direction() == Reach.Direction.BOTH, damping, tolerance);
    }

    @Override
    public Map<String, Integer> cores(Reach reach) {
        return Numbered.of(still(reach), (_, _) -> 1, false).cores();
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceView still = ground.still().space(name());
        long count = still.count();
        try (Stream<Entry> all = still.entries(Range.all())) {
            Dump.write(
                    out,
                    format,
                    graph,
                    count,
                    all.<Json>map(row -> edges.json(row.key(), row.value())).iterator());
        }
        return count;
    }
}
