package coppice.structure.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.structure.Edge;
import coppice.api.structure.GraphView;
import coppice.api.structure.StructureInfo;
import coppice.api.structure.StructureKind;
import coppice.api.structure.TypeRef;
import coppice.json.Json;
import coppice.structure.codec.Codec;
import coppice.structure.dump.DumpedItem;
import coppice.structure.ground.ReadGround;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The edges between the documents of a collection: a graph beside it, whose nodes are their ids. An edge may be
/// left that leads to no document, where branches are merged of which one removed the document and one made the
/// edge: it is passed over until the document is there again.
///
/// @param collection the name of the collection
public record DocumentEdges(String collection) {
    private static final String SPACE_PREFIX = "@edges/";
    private static final Codec<Object> DATA = Codec.of(TypeRef.untyped());

    /// The spaces that they are in.
    public List<String> spaces() {
        return List.of(graph(), GraphKeys.reverse(graph()));
    }

    private String graph() {
        return SPACE_PREFIX + collection;
    }

    private EdgeCodec<Object> codec() {
        return new EdgeCodec<>(DATA, collection);
    }

    /// The edges of a state.
    public GraphView<Object> in(ReadGround still) {
        StructureInfo graph = new StructureInfo(graph(), StructureKind.GRAPH, DATA.name(), false);
        SpaceView documents = still.space(collection);
        return new SpaceGraphView<>(graph, DATA, still, Optional.of(id -> documents.contains(bytes(id))));
    }

    private static byte[] bytes(String id) {
        return id.getBytes(UTF_8);
    }

    /// An edge that is to be put, already in the form in which it is stored.
    public final class Link {
        private final Edge<Object> edge;
        private final StoredEdge stored;

        private Link(Edge<Object> edge) {
            this.edge = edge;
            this.stored = codec().stored(edge);
        }

        /// Puts it.
        ///
        /// @throws DatabaseException.NotFound when one of the documents is not there
        public void put(Transaction transaction) {
            check(transaction, edge.from());
            check(transaction, edge.to());
            EdgeRows.of(transaction, graph()).put(stored);
        }

        private void check(Transaction transaction, String id) {
            if (!transaction.space(collection).contains(bytes(id))) {
                throw new DatabaseException.NotFound(
                                ErrorCode.UNKNOWN_DOCUMENT,
                                "There is no document '" + id + "' in '" + collection
                                        + "' for an edge to lead from or to: index it first")
                        .with("structure", collection)
                        .with("key", id);
            }
        }
    }

    /// An edge that is to be put.
    public Link link(Edge<Object> edge) {
        return new Link(edge);
    }

    /// Removes an edge.
    ///
    /// @return whether it was there
    public boolean remove(Transaction transaction, String from, String label, String to) {
        return EdgeRows.of(transaction, graph()).remove(new GraphKeys.Parts(from, label, to));
    }

    /// Removes all edges of a document.
    public void removeAll(Transaction transaction, String id) {
        if (GraphKeys.canBeNode(id)) {
            EdgeRows.of(transaction, graph()).removeAll(id);
        }
    }

    /// Removes all edges.
    public void clear(Transaction transaction) {
        EdgeRows.of(transaction, graph()).clear();
    }

    /// The edges from a document, as a dump has them: objects with `label`, `to`, `weight` and, where there is
    /// some, `data`.
    public List<Json.Obj> dumped(ReadGround still, String id) {
        if (!GraphKeys.canBeNode(id)) {
            return List.of();
        }
        SpaceView documents = still.space(collection);
        try (Stream<Entry> rows = still.space(graph()).entries(GraphKeys.range(id))) {
            return rows.filter(row ->
                            documents.contains(bytes(GraphKeys.parts(row.key()).other())))
                    .map(row -> codec().json(row.key(), row.value()).without("from"))
                    .toList();
        }
    }

    /// An edge from a document as a dump has it.
    public Link link(String id, Json.Obj dumped) {
        return link(codec().edge(new DumpedItem(dumped.with("from", Json.of(id)).members())));
    }
}
