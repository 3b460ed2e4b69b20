package coppice.structure.graph;

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

/// A graph over two spaces, to change.
public final class SpaceGraph<V> extends SpaceGraphView<V> implements Graph<V> {
    private final Ground ground;
    private final Registered registered;

    public SpaceGraph(StructureInfo graph, Codec<V> codec, Ground ground) {
        super(graph, codec, ground);
        this.ground = ground;
        this.registered = Registered.of(ground, graph);
    }

    private <T> T update(Function<EdgeRows, T> body) {
        return registered.update(transaction -> body.apply(EdgeRows.of(transaction, name())));
    }

    private void putAll(List<StoredEdge> all, LoadMode mode) {
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
        putAll(all.stream().map(edges::stored).toList(), LoadMode.ADD);
    }

    @Override
    public boolean unlink(String from, String label, String to) {
        return update(rows -> rows.remove(new GraphKeys.Parts(from, label, to)));
    }

    @Override
    public long unlinkAll(String node) {
        return update(rows -> rows.removeAll(node));
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
        List<StoredEdge> all = new ArrayList<>();
        Dump.read(in, format, graph.kind(), item -> all.add(edges.stored(edges.edge(item))));
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
