package coppice.structure.collection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.Entry;
import coppice.api.ErrorCode;
import coppice.api.Range;
import coppice.api.Space;
import coppice.api.SpaceView;
import coppice.api.Transaction;
import coppice.api.progress.Progress;
import coppice.api.search.EmbeddingId;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.ground.Ground;
import coppice.structure.ground.ReadGround;
import coppice.structure.ground.Registered;
import coppice.structure.ground.Registry;
import coppice.structure.ground.SpaceRow;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/// Has the vectors of a collection made anew. Where another function made those that are there, the new ones are
/// staged beside them, and take their place when all are there; then it looks once more at all documents, as some
/// may have been indexed with the other function up to that moment. What others change or drop meanwhile stays as
/// they leave it, and so does a name that no longer stands for the collection.
///
/// @param check called before each call of the function; what it throws ends it
record Reembedding<V>(
        SpaceDocuments<V> documents,
        Ground ground,
        Registered registered,
        Embeddings<V> embeddings,
        Progress progress,
        Runnable check) {
    private static final int PAGE = 1_024;

    long run() {
        long count = 0;
        boolean isEmpty = !isThere(ground.still()); // nobody has written to it yet
        if (!isEmpty && !documents.embedding().equals(Optional.of(function()))) {
            count = embed("embed", List.of(staged(), vectors()), this::stage);
            swap();
        }
        return count + embed("check", List.of(vectors()), this::mend);
    }

    private EmbeddingId function() {
        return embeddings.embedding().id();
    }

    private String vectors() {
        return VectorRows.space(documents.name());
    }

    private String staged() {
        return VectorRows.staged(documents.name());
    }

    /// Has vectors made for all documents that do not have theirs in one of some spaces.
    ///
    /// @param write writes those of a document
    private long embed(String stage, List<String> spaces, BiConsumer<Transaction, DocumentItem> write) {
        long total = documents.count();
        long seen = 0;
        long made = 0;
        Range rest = Range.all();
        while (true) {
            ReadGround still = ground.still();
            List<Entry> page = page(still, rest);
            if (page.isEmpty()) {
                progress.moved(stage, "documents", seen, seen);
                return made;
            }
            made += embed(page, spaces.stream().map(still::space).toList(), write);
            seen += page.size();
            progress.moved(stage, "documents", seen, Math.max(seen, total));
            rest = Range.from(after(page.getLast().key()));
        }
    }

    private List<Entry> page(ReadGround still, Range rest) {
        try (Stream<Entry> rows = still.space(documents.name()).entries(rest)) {
            return rows.limit(PAGE).toList();
        }
    }

    private static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    private long embed(List<Entry> page, List<SpaceView> there, BiConsumer<Transaction, DocumentItem> write) {
        List<DocumentItem> open = page.stream()
                .map(this::item)
                .filter(item -> there.stream().noneMatch(rows -> isRight(item, Embeddings.row(rows, item.id()))))
                .toList();
        int batch = embeddings.embedding().batch();
        for (int from = 0; from < open.size(); from += batch) {
            check.run();
            List<DocumentItem> made =
                    embeddings.embedded(open.subList(from, Math.min(open.size(), from + batch)), there.getFirst());
            registered.updateIfThere(transaction -> {
                made.stream()
                        .filter(item -> isSame(transaction, item))
                        .forEach(item -> write.accept(transaction, item));
                return true;
            });
        }
        return open.stream().filter(item -> item.text().isPresent()).count();
    }

    /// Whether nobody else indexed or dropped the document meanwhile.
    private boolean isSame(Transaction transaction, DocumentItem item) {
        return transaction
                .space(documents.name())
                .get(bytes(item))
                .filter(stored -> Arrays.equals(stored, item.value()))
                .isPresent();
    }

    private DocumentItem item(Entry row) {
        String id = row.keyText();
        Optional<String> text = documents.decode(id, row.value()).flatMap(embeddings::text);
        return DocumentItem.given(id, row.value(), Optional.empty()).ofText(text);
    }

    private boolean isRight(DocumentItem item, Optional<VectorRow> row) {
        return item.text().isEmpty()
                ? row.isEmpty()
                : row.flatMap(VectorRow::mark).equals(item.text().map(embeddings::mark));
    }

    private void stage(Transaction transaction, DocumentItem item) {
        Space space = transaction.space(staged());
        Optional<Settings> known = Settings.of(space)
                .filter(this::isOwn) // else they are left of another one, which never took the place of those there
                .or(() -> Settings.of(transaction.space(vectors()))
                        .flatMap(there -> item.vector().map(row -> like(there, row))));
        put(space, known, item);
    }

    private boolean isOwn(Settings settings) {
        return settings.embedding().equals(Optional.of(function()));
    }

    /// Compared as the vectors that are there, of the dimension of another one.
    private Settings like(Settings there, VectorRow first) {
        return new Settings(Math.max(1, first.numbers().length), there.similarity(), Optional.of(function()));
    }

    private void mend(Transaction transaction, DocumentItem item) {
        Space space = transaction.space(vectors());
        put(space, Settings.of(space), item);
    }

    private void put(Space space, Optional<Settings> known, DocumentItem item) {
        byte[] key = VectorRows.key(bytes(item));
        item.vector()
                .ifPresentOrElse(
                        row -> {
                            byte[] settings = documents.admit(known, item).encode();
                            if (!Arrays.equals(settings, space.getOrDefault(VectorRows.SETTINGS_KEY, key))) {
                                space.put(VectorRows.SETTINGS_KEY, settings);
                            }
                            space.put(key, row.encode());
                        },
                        () -> space.delete(key));
    }

    private static byte[] bytes(DocumentItem item) {
        return item.id().getBytes(UTF_8);
    }

    private void swap() {
        ReadGround still = ground.still();
        ensureThere(still);
        ground.fill("reembed", swap(still).iterator(), this::ensureThere);
    }

    private boolean isThere(ReadGround state) {
        return Registry.find(state, documents.name()).isPresent();
    }

    private void ensureThere(ReadGround state) {
        if (!isThere(state)) {
            throw new DatabaseException.NotFound(
                            ErrorCode.UNKNOWN_STRUCTURE,
                            "The collection '" + documents.name() + "' was dropped or renamed while vectors were made"
                                    + " for it, which were left out: ask for them under its new name")
                    .with("name", documents.name());
        }
    }

    /// The rows that put what is staged in the place of what is there.
    private Stream<SpaceRow> swap(ReadGround still) {
        SpaceView from = still.space(staged());
        SpaceView to = still.space(vectors());
        Stream<SpaceRow> settings = Stream.of(new SpaceRow(
                vectors(),
                VectorRows.SETTINGS_KEY,
                Settings.of(from)
                        .filter(this::isOwn)
                        .or(() -> Settings.of(to).filter(this::isOwn))
                        .map(Settings::encode)
                        .orElse(null)));
        Stream<SpaceRow> rows = still.space(documents.name())
                .entries(Range.all())
                .map(row -> VectorRows.key(row.key()))
                .map(key -> new SpaceRow(
                        vectors(), key, own(from, key).or(() -> own(to, key)).orElse(null)));
        Stream<SpaceRow> lost = to.entries(Range.all())
                .map(Entry::key)
                .filter(key -> VectorRows.isVector(key)
                        && !still.space(documents.name()).contains(VectorRows.id(key)))
                .map(key -> new SpaceRow(vectors(), key, null));
        Stream<SpaceRow> done = from.entries(Range.all()).map(row -> new SpaceRow(staged(), row.key(), null));
        return Stream.of(settings, rows, lost, done).flatMap(some -> some);
    }

    /// A vector that this function made.
    private Optional<byte[]> own(SpaceView vectors, byte[] key) {
        return vectors.get(key)
                .filter(row -> VectorRow.decode(row)
                        .mark()
                        .filter(mark -> mark.isBy(function()))
                        .isPresent());
    }
}
