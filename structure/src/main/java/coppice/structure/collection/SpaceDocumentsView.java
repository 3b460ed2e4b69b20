package coppice.structure.collection;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.SpaceView;
import coppice.api.query.Query;
import coppice.api.search.CollectionVectors;
import coppice.api.search.Embedding;
import coppice.api.search.EmbeddingId;
import coppice.api.search.HybridSearch;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.api.search.TextSearch;
import coppice.api.search.VectorSearch;
import coppice.api.structure.Document;
import coppice.api.structure.DocumentsView;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.GraphView;
import coppice.api.structure.Keys;
import coppice.api.structure.Reach;
import coppice.api.structure.Reached;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.structure.codec.Codec;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.dump.Dump;
import coppice.structure.graph.DocumentEdges;
import coppice.structure.ground.KeyRanges;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.TextKeys;
import coppice.structure.search.SearchEngine;
import coppice.structure.search.TextIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
    final Optional<Embedding<V>> embedding;
    final DocumentEdges edges;
    private final ReadGround ground;
    private final SpaceView rows;
    private final SpaceView vectors;

    public SpaceDocumentsView(StructureInfo collection, Codec<V> codec, ReadGround ground) {
        this(collection, codec, ground, Optional.empty(), Optional.empty());
    }

    /// @param similarity that is asked for; nothing for the one that is there
    /// @param embedding makes vectors, if something does
    SpaceDocumentsView(
            StructureInfo collection,
            Codec<V> codec,
            ReadGround ground,
            Optional<Similarity> similarity,
            Optional<Embedding<V>> embedding) {
        this.collection = collection;
        this.codec = codec;
        this.ground = ground;
        this.similarity = similarity;
        this.embedding = embedding;
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

    final SpaceDocumentsView<V> still() {
        return new SpaceDocumentsView<>(collection, codec, ground.still(), similarity, embedding);
    }

    @Override
    public DocumentsView<V> embedWith(Embedding<V> function) {
        return new SpaceDocumentsView<>(collection, codec, ground, similarity, Optional.of(function));
    }

    @Override
    public Optional<EmbeddingId> embedding() {
        return Settings.of(vectors).flatMap(Settings::embedding);
    }

    /// Has vectors made by the function that was said.
    final Embeddings<V> embeddings() {
        return new Embeddings<>(
                embedding.orElseThrow(() -> new IllegalStateException("Nobody said what makes vectors of texts for '"
                        + name() + "': call embedWith(..), and go on with the collection that it returns")),
                name());
    }

    /// Refuses a function where the vectors were made by another.
    final void check(Optional<Settings> there, EmbeddingId wanted) {
        there.flatMap(Settings::embedding).filter(by -> !by.equals(wanted)).ifPresent(by -> {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The vectors of '" + name() + "' were made by '" + by + "', not by '" + wanted
                                    + "': embed with that one, or have all made anew by reembed()")
                    .with("structure", name());
        });
    }

    @Override
    public boolean contains(String id) {
        return rows.contains(bytes(id));
    }

    @Override
    public Optional<float[]> vector(String id) {
        return Embeddings.row(vectors, id).map(VectorRow::numbers);
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
        float[] query = vector.clone();
        return new NearestSearch<>(this, _ -> query);
    }

    @Override
    public VectorSearch<V> search(String text) {
        Embeddings<V> made = embeddings();
        return new NearestSearch<>(this, still -> {
            if (text.isBlank()) {
                throw new DatabaseException.Incorrect(
                        ErrorCode.VALUE_MISFIT, "The text to search for is blank: say what is looked for");
            }
            check(
                    Settings.of(still.space(VectorRows.space(name()))),
                    made.embedding().id());
            return made.vector(text);
        });
    }

    @Override
    public CollectionVectors<V> vectors() {
        return new SpaceVectors<>(this);
    }

    @Override
    public TextSearch<V> match(String text) {
        return new WordSearch<>(this, text);
    }

    @Override
    public HybridSearch<V> hybrid(String text, float[] vector) {
        return new BothSearch<>(this, text, vector.clone());
    }

    @Override
    public List<String> suggest(String text, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("At least 1 word is to be suggested, not " + most);
        }
        ReadGround still = ground.still();
        return textIndex(still, textOptions(still)).suggestions(text, most);
    }

    final TextIndex textIndex(ReadGround state, TextOptions options) {
        return state.following(
                name(), SearchEngine.require("Text cannot be searched").text(options));
    }

    @Override
    public TextOptions textOptions() {
        return textOptions(ground);
    }

    final TextOptions textOptions(ReadGround state) {
        return state.space(VectorRows.space(name()))
                .get(VectorRows.TEXT_KEY)
                .map(TextSettings::decode)
                .orElseGet(TextOptions::standard);
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

    private DocumentItem item(Entry row, Optional<EmbeddingId> function) {
        String id = row.keyText();
        Optional<VectorRow> vector = Embeddings.row(vectors, id);
        Optional<EmbeddingId> by = vector.flatMap(VectorRow::mark).flatMap(mark -> function.filter(mark::isBy));
        return new DocumentItem(id, row.value(), vector, by, Optional.empty(), edges.dumped(ground, id));
    }

    @Override
    public long dump(OutputStream out, DumpFormat format) throws IOException {
        SpaceDocumentsView<V> still = still();
        long count = still.count();
        Optional<EmbeddingId> by = still.embedding();
        try (Stream<Entry> all = still.rows.entries(KeyRanges.of(Keys.all()))) {
            Stream<Json> items = Stream.concat(
                    still.settings().json().stream(),
                    all.map(row -> still.item(row, by).json()));
            Dump.write(out, format, collection, count, items.iterator());
        }
        return count;
    }

    private DumpedSettings settings() {
        return new DumpedSettings(
                Settings.of(vectors), vectors.get(VectorRows.TEXT_KEY).map(TextSettings::decode));
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
