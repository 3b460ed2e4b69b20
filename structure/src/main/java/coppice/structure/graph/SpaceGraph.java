package coppice.structure.graph;

import coppice.api.Entry;
import coppice.api.Space;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.Graph;
import coppice.api.structure.GraphChange;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// A graph over two spaces, to change.
public final class SpaceGraph<V> extends SpaceGraphView<V> implements Graph<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceGraph(StructureInfo graph, Codec<V> codec, Ground ground) {
        super(graph, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, graph);
    }

    /// The rows of a graph within a transaction, by where edges begin and by where they end.
    private record Rows(Space forward, Space backward) {
        void put(Stored edge) {
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

        void clear() {
            Contents.clear(forward);
            Contents.clear(backward);
        }

        /// The edges of a node, as keys have them.
        static List<GraphKeys.Parts> of(Space rows, String node) {
            try (Stream<Entry> all = rows.entries(GraphKeys.range(node))) {
                return all.map(row -> GraphKeys.parts(row.key())).toList();
            }
        }
    }

    /// An edge in stored form.
    private record Stored(byte[] forward, byte[] backward, byte[] value) {}

    private Stored stored(Edge<V> edge) {
        return new Stored(
                GraphKeys.of(edge.from(), edge.label(), edge.to()),
                GraphKeys.of(edge.to(), edge.label(), edge.from()),
                edges.encode(edge));
    }

    private <T> T update(Function<Rows, T> body) {
        return registered.update(transaction -> body.apply(rows(transaction)));
    }

    private Rows rows(Transaction transaction) {
        return new Rows(transaction.space(name()), transaction.space(GraphKeys.reverse(name())));
    }

    private void putAll(List<Stored> all, LoadMode mode) {
        update(rows -> {
            if (mode == LoadMode.REPLACE) {
                rows.clear();
            }
            all.forEach(rows::put);
            return true;
        });
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public void link(String from, String label, String to) {
        link(Edge.of(from, label, to));
    }

    @Override
    public void link(Edge<V> edge) {
        linkAll(List.of(edge));
    }

    @Override
    public void linkAll(Collection<Edge<V>> all) {
        putAll(all.stream().map(this::stored).toList(), LoadMode.ADD);
    }

    @Override
    public boolean unlink(String from, String label, String to) {
        return update(rows -> rows.remove(new GraphKeys.Parts(from, label, to)));
    }

    @Override
    public long unlinkAll(String node) {
        return update(rows -> {
            long count = 0;
            for (GraphKeys.Parts edge : Rows.of(rows.forward(), node)) {
                count += rows.remove(edge) ? 1 : 0;
            }
            for (GraphKeys.Parts edge : Rows.of(rows.backward(), node)) {
                count += rows.remove(edge.turned()) ? 1 : 0;
            }
            return count;
        });
    }

    @Override
    public void clear() {
        putAll(List.of(), LoadMode.REPLACE);
    }

    @Override
    public void batched(Consumer<Graph<V>> body) {
        ground.attempt(transaction -> {
            body.accept(transaction.graph(name(), codec.type()));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        List<Stored> all = new ArrayList<>();
        Dump.read(in, format, graph.kind(), item -> all.add(stored(edges.edge(item))));
        putAll(all, mode);
        return all.size();
    }

    @Override
    public StructureFeed<GraphChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super GraphChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<GraphChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new GraphChange.Missed<>());
    }

    private GraphChange<V> change(RowChange row) {
        return switch (row) {
            case RowChange.Added added -> new GraphChange.Linked<>(Optional.empty(), decode(row.key(), added.after()));
            case RowChange.Modified both ->
                new GraphChange.Linked<>(
                        Optional.of(decode(row.key(), both.before())), decode(row.key(), both.after()));
            case RowChange.Removed removed -> new GraphChange.Unlinked<>(decode(row.key(), removed.before()));
        };
    }
}
