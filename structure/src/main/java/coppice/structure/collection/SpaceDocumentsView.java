package coppice.structure.collection;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.SpaceView;
import coppice.api.query.Query;
import coppice.api.search.Similarity;
import coppice.api.search.VectorSearch;
import coppice.api.structure.Document;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.GraphView;
import coppice.api.structure.Keys;
import coppice.api.structure.Reach;
import coppice.api.structure.Reached;
import coppice.api.structure.StructureInfo;
import coppice.structure.codec.Codec;
import coppice.structure.dump.Dump;
import coppice.structure.graph.DocumentEdges;
import coppice.structure.ground.KeyRanges;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.TextKeys;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A collection over a space, to read: a row for each document, under its id, in the stored form of its value; and
/// those of [VectorRows] beside them.
public class SpaceDocumentsView<V> implements DocumentsView<V> {
    /// So that an id fits behind the letter of a row for a vector.
    private static final int ID_BYTES_MAX = 4_000;

    final StructureInfo collection;
    final Codec<V> codec;
    final Optional<Similarity> similarity;
    final DocumentEdges edges;
    private final ReadGround ground;
    private final SpaceView rows;
    private final SpaceView vectors;

    public SpaceDocumentsView(StructureInfo collection, Codec<V> codec, ReadGround ground) {
        this(collection, codec, ground, Optional.empty());
    }

    /// @param similarity that is asked for; nothing for the one that is there
    SpaceDocumentsView(StructureInfo collection, Codec<V> codec, ReadGround ground, Optional<Similarity> similarity) {
        this.collection = collection;
        this.codec = codec;
        this.ground = ground;
        this.similarity = similarity;
        this.edges = new DocumentEdges(collection.name());
        this.rows = ground.space(collection.name());
        this.vectors = ground.space(VectorRows.space(collection.name()));
    }

    @Override
    public String name() {
        return collection.name();
    }

    @Override
    public Optional<V> get(String id) {
        return rows.get(bytes(id)).flatMap(stored -> decode(id, stored));
    }

    @Override
    public Map<String, V> getAll(Collection<String> ids) {
        SpaceDocumentsView<V> still = still();
        Map<String, V> values = new LinkedHashMap<>();
        for (String id : ids) {
            still.get(id).ifPresent(value -> values.put(id, value));
        }
        return values;
    }

    private SpaceDocumentsView<V> still() {
        return new SpaceDocumentsView<>(collection, codec, ground.still(), similarity);
    }

    @Override
    public boolean contains(String id) {
        return rows.contains(bytes(id));
    }

    @Override
    public Optional<float[]> vector(String id) {
        return vector(bytes(id));
    }

    private Optional<float[]> vector(byte[] id) {
        return vectors.get(VectorRows.key(id)).map(VectorRows::decode);
    }

    @Override
    public long count() {
        return rows.count();
    }

    @Override
    public Stream<Document<V>> documents(Keys which) {
        return still().rows.entries(KeyRanges.of(which)).flatMap(row -> decode(row).stream());
    }

    private Optional<Document<V>> decode(Entry row) {
        String id = row.keyText();
        return decode(id, row.value()).map(value -> new Document<>(id, value));
    }

    @Override
    public Query query() {
        return ground.query(name());
    }

    @Override
    public VectorSearch<V> search(float[] vector) {
        return new NearestSearch<>(this, vector.clone());
    }

    ReadGround ground() {
        return ground;
    }

    @Override
    public GraphView<Object> edges() {
        return edges.in(ground.still());
    }

    @Override
    public Stream<Reached<V>> walk(String from, Reach reach) {
        SpaceDocumentsView<V> still = still();
        return edges.in(still.ground)
                .walk(from, reach)
                .flatMap(visit -> still.get(visit.node()).stream()
                        .map(value ->
                                new Reached<>(new Document<>(visit.node(), value), visit.before(), visit.hops())));
    }

    private DocumentItem item(Entry row) {
        String id = row.keyText();
        return new DocumentItem(id, row.value(), vector(row.key()), edges.dumped(ground, id));
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceDocumentsView<V> still = still();
        long count = still.count();
        try (Stream<Entry> all = still.rows.entries(KeyRanges.of(Keys.all()))) {
            Dump.write(
                    out,
                    format,
                    collection,
                    count,
                    all.map(row -> still.item(row).json()).iterator());
        }
        return count;
    }

    final Optional<V> decode(String id, byte[] stored) {
        return Optional.ofNullable(codec.decode(stored, place(id)));
    }

    final Codec.Place place(String id) {
        return new Codec.Place(name(), "id '" + id + "'");
    }

    final DatabaseException isNone(String id, String why) {
        return codec.isNone(place(id), why);
    }

    static byte[] bytes(String id) {
        return TextKeys.bytes("The id of a document", id, ID_BYTES_MAX);
    }
}
