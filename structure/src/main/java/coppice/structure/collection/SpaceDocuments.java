package coppice.structure.collection;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.feed.FeedStart;
import coppice.api.feed.RowChange;
import coppice.api.progress.BackgroundWork;
import coppice.api.progress.Progress;
import coppice.api.search.Embedding;
import coppice.api.search.Similarity;
import coppice.api.search.TextOptions;
import coppice.api.structure.DocumentChange;
import coppice.api.structure.Documents;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.Edge;
import coppice.api.structure.IndexOptions;
import coppice.api.structure.Indexable;
import coppice.api.structure.Listening;
import coppice.api.structure.LoadMode;
import coppice.api.structure.NamedLock;
import coppice.api.structure.StructureFeed;
import coppice.api.structure.StructureInfo;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.codec.Codec;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.graph.DocumentEdges;
import coppice.structure.ground.Contents;
import coppice.structure.ground.Ground;
import coppice.structure.ground.Registered;
import coppice.structure.ground.RowFeed;
import coppice.structure.search.SearchEngine;
import coppice.vector.VectorSet;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/// A collection over a space, to change.
public final class SpaceDocuments<V> extends SpaceDocumentsView<V> implements Documents<V> {
    private static final String ID = "id";

    private final Ground ground;
    private final Registered registered;

    public SpaceDocuments(StructureInfo collection, Codec<V> codec, Ground ground) {
        this(collection, codec, ground, Optional.empty(), Optional.empty());
    }

    private SpaceDocuments(
            StructureInfo collection,
            Codec<V> codec,
            Ground ground,
            Optional<Similarity> similarity,
            Optional<Embedding<V>> embedding) {
        super(collection, codec, ground, similarity, embedding);
        this.ground = ground;
        this.registered = Registered.of(ground, collection);
    }

    @Override
    public NamedLock lock() {
        return ground.lock(name());
    }

    @Override
    public Documents<V> with(Similarity wanted) {
        return new SpaceDocuments<>(collection, codec, ground, Optional.of(wanted), embedding);
    }

    @Override
    public Documents<V> embedWith(Embedding<V> function) {
        return new SpaceDocuments<>(collection, codec, ground, similarity, Optional.of(function));
    }

    @Override
    public void configure(TextOptions options) {
        SearchEngine.require("Text cannot be searched").text(options); // which refuses what it cannot follow
        registered.update(transaction -> {
            vectors(transaction).put(VectorRows.TEXT_KEY, TextSettings.encode(options));
            return true;
        });
    }

    @Override
    public String index(V document) {
        return index(document, Optional.empty());
    }

    @Override
    public String index(V document, float[] vector) {
        return index(document, Optional.of(vector.clone()));
    }

    private String index(V document, Optional<float[]> vector) {
        DocumentItem item = item(document, vector);
        put(item);
        return item.id();
    }

    private DocumentItem item(Indexable<? extends V> one) {
        return one.id()
                .map(id -> item(id, one.document(), one.vector()))
                .orElseGet(() -> item(one.document(), one.vector()));
    }

    private DocumentItem item(V document, Optional<float[]> vector) {
        byte[] stored = codec.encode(document, new Codec.Place(name(), "a document"));
        if (JsonReader.parse(stored) instanceof Json.Obj(Map<String, Json> members)
                && members.get(ID) instanceof Json.Str(String id)) {
            return item(id, stored, document, vector);
        }
        throw codec.isNone(
                new Codec.Place(name(), "a document"),
                "it has no member '" + ID + "' that is text: give it one, or say its id with index(id, document)");
    }

    private DocumentItem item(String id, V document, Optional<float[]> vector) {
        return item(id, codec.encode(document, place(id)), document, vector);
    }

    /// One that waits for its vector, if it is to have one that it was not given.
    private DocumentItem item(String id, byte[] stored, V document, Optional<float[]> vector) {
        Optional<String> text = embedding
                .filter(_ -> vector.isEmpty())
                .flatMap(_ -> embeddings().text(document));
        return DocumentItem.given(id, stored, vector).ofText(text);
    }

    @Override
    public void index(String id, V document) {
        put(item(id, document, Optional.empty()));
    }

    @Override
    public void index(String id, V document, float[] vector) {
        put(item(id, document, Optional.of(vector.clone())));
    }

    private void put(DocumentItem item) {
        putAll(List.of(item));
    }

    private void putAll(List<DocumentItem> items) {
        List<DocumentItem> ready = embedded(items);
        registered.update(transaction -> {
            ready.forEach(item -> put(transaction, item));
            return true;
        });
    }

    /// Has the vectors made that are to be, while nothing is held.
    private List<DocumentItem> embedded(List<DocumentItem> items) {
        return embedded(items, Settings::of);
    }

    /// @param beside how the vectors are that they come beside, by those that are there
    private List<DocumentItem> embedded(List<DocumentItem> items, Function<SpaceView, Optional<Settings>> beside) {
        if (items.stream().allMatch(item -> item.text().isEmpty())) {
            return items;
        }
        SpaceView there = ground.still().space(VectorRows.space(name()));
        Embeddings<V> made = embeddings();
        check(beside.apply(there), made.embedding().id());
        return made.embedded(items, there);
    }

    @Override
    public long reembed(Progress progress) {
        return new Reembedding<>(this, ground, registered, embeddings(), progress, () -> {}).run();
    }

    @Override
    public BackgroundWork reembedInBackground() {
        Embeddings<V> made = embeddings();
        return ground.backlog()
                .add(
                        name(),
                        made.embedding().id(),
                        (progress, check) -> new Reembedding<>(this, ground, registered, made, progress, check).run());
    }

    @Override
    public long indexAll(Stream<? extends Indexable<? extends V>> documents, IndexOptions how) {
        return new BulkIndexing(this, ground, registered)
                .run(documents.map(one -> item(one)).iterator(), how, this::putAll);
    }

    private void put(Transaction transaction, DocumentItem item) {
        byte[] id = bytes(item.id());
        Space vectors = vectors(transaction);
        item.vector().ifPresent(vector -> admit(vectors, item));
        transaction.space(name()).put(id, item.value());
        byte[] key = VectorRows.key(id);
        if (item.vector().isPresent()) {
            vectors.put(key, item.vector().get().encode());
        } else if (vectors.contains(key)) {
            vectors.delete(key);
        }
    }

    private Space vectors(Transaction transaction) {
        return transaction.space(VectorRows.space(name()));
    }

    /// Sees to it that a vector fits the others; the first one decides.
    private void admit(Space vectors, DocumentItem item) {
        Optional<Settings> there = Settings.of(vectors);
        Settings settings = admit(there, item);
        if (!there.equals(Optional.of(settings))) {
            vectors.put(VectorRows.SETTINGS_KEY, settings.encode());
        }
    }

    /// How vectors are compared that this one is among.
    ///
    /// @param there how the others are; nothing for the first one
    Settings admit(Optional<Settings> there, DocumentItem item) {
        String id = item.id();
        float[] vector = item.vector().orElseThrow().numbers();
        there.ifPresent(settings -> check(this, settings.similarity()));
        item.by().ifPresent(by -> check(there, by));
        Settings settings = there.orElseGet(() -> new Settings(
                        Math.max(1, vector.length), similarity.orElse(Similarity.COSINE), Optional.empty()))
                .madeBy(item.by());
        VectorSet.misfit(settings.similarity(), settings.dimension(), vector).ifPresent(why -> {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT, "The vector of '" + id + "' in '" + name() + "' " + why)
                    .with("structure", name())
                    .with("key", id);
        });
        return settings;
    }

    static void check(SpaceDocumentsView<?> documents, Similarity there) {
        documents.similarity.filter(wanted -> wanted != there).ifPresent(wanted -> {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The vectors of '" + documents.name() + "' are compared by " + there + ", not by " + wanted
                                    + ": leave that out, or clear the collection and index it anew")
                    .with("structure", documents.name());
        });
    }

    @Override
    public void connect(String from, String label, String to) {
        connect(Edge.of(from, label, to));
    }

    @Override
    public void connect(Edge<Object> edge) {
        DocumentEdges.Link link = edges.link(edge);
        registered.update(transaction -> {
            link.put(transaction);
            return true;
        });
    }

    @Override
    public boolean disconnect(String from, String label, String to) {
        return registered.update(transaction -> edges.remove(transaction, from, label, to));
    }

    @Override
    public boolean drop(String id) {
        byte[] bytes = bytes(id);
        return registered.update(transaction -> {
            Space rows = transaction.space(name());
            boolean isThere = rows.contains(bytes);
            if (isThere) {
                rows.delete(bytes);
                vectors(transaction).delete(VectorRows.key(bytes));
                edges.removeAll(transaction, id);
            }
            return isThere;
        });
    }

    @Override
    public void clear() {
        registered.update(transaction -> {
            clear(transaction);
            return true;
        });
    }

    private void clear(Transaction transaction) {
        Contents.clear(transaction.space(name()));
        Contents.clear(vectors(transaction));
        Contents.clear(transaction.space(VectorRows.staged(name())));
        edges.clear(transaction);
    }

    @Override
    public void batched(Consumer<Documents<V>> body) {
        ground.attempt(transaction -> {
            Documents<V> own = transaction.collection(name(), codec.type());
            Documents<V> alike = similarity.map(own::with).orElse(own);
            body.accept(embedding.map(alike::embedWith).orElse(alike));
            return true;
        });
    }

    @Override
    public long load(InputStream in, DumpFormat format, LoadMode mode) throws IOException {
        LoadedDump dump = LoadedDump.read(in, format, this::loaded);
        List<DocumentItem> ready = embedded(
                dump.documents(),
                there -> mode == LoadMode.REPLACE ? dump.settings().vectors() : Settings.of(there));
        List<DocumentEdges.Link> links = ready.stream()
                .flatMap(item -> item.edges().stream().map(edge -> edges.link(item.id(), edge)))
                .toList();
        registered.update(transaction -> {
            configure(transaction, dump, mode);
            ready.forEach(item -> put(transaction, item));
            links.forEach(link -> link.put(transaction));
            return true;
        });
        return ready.size();
    }

    /// A document of a dump, of whose text a vector is made where it has none.
    private DocumentItem loaded(DocumentItem item) {
        bytes(item.id());
        Optional<V> value = decode(item.id(), item.value());
        return item.ofText(
                embedding.filter(_ -> item.vector().isEmpty()).flatMap(_ -> value.flatMap(embeddings()::text)));
    }

    /// Says of the collection as a whole what a dump says, and removes what is there if that is to be. What the
    /// dump does not say stays as it is.
    private void configure(Transaction transaction, LoadedDump dump, LoadMode mode) {
        Space vectors = vectors(transaction);
        Optional<byte[]> text =
                dump.settings().text().map(TextSettings::encode).or(() -> vectors.get(VectorRows.TEXT_KEY));
        Optional<Settings> before = Settings.of(vectors);
        if (mode == LoadMode.REPLACE) {
            clear(transaction);
        }
        Optional<Settings> there = Settings.of(vectors);
        if (there.isPresent()) {
            dump.settings().vectors().ifPresent(loaded -> checkSame(there.get(), loaded));
        } else {
            dump.vectors(similarity, before.map(Settings::similarity))
                    .ifPresent(loaded -> vectors.put(VectorRows.SETTINGS_KEY, loaded.encode()));
        }
        text.ifPresent(row -> vectors.put(VectorRows.TEXT_KEY, row));
    }

    private void checkSame(Settings there, Settings loaded) {
        if (similarity.isEmpty() && there.similarity() != loaded.similarity()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The vectors of the dump are compared by " + loaded.similarity() + ", those of '" + name()
                                    + "' by " + there.similarity()
                                    + ": load it into another collection, or in place of what is there")
                    .with("structure", name());
        }
    }

    @Override
    public StructureFeed<DocumentChange<V>> watch(FeedStart from) {
        return feed(from);
    }

    @Override
    public Listening on(Consumer<? super DocumentChange<V>> callback) {
        return feed(FeedStart.now()).tell(callback);
    }

    private RowFeed<DocumentChange<V>> feed(FeedStart from) {
        return RowFeed.of(ground, name(), from, this::change, new DocumentChange.Missed<>());
    }

    private DocumentChange<V> change(RowChange row) {
        String id = row.keyText();
        return switch (row) {
            case RowChange.Added added -> new DocumentChange.Indexed<>(id, Optional.empty(), value(id, added.after()));
            case RowChange.Modified both ->
                new DocumentChange.Indexed<>(id, decode(id, both.before()), value(id, both.after()));
            case RowChange.Removed removed -> new DocumentChange.Dropped<>(id, value(id, removed.before()));
        };
    }

    private V value(String id, byte[] stored) {
        return decode(id, stored).orElseThrow(() -> codec.isNull(place(id)));
    }
}
