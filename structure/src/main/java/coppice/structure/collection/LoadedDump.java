package coppice.structure.collection;

import coppice.api.search.Similarity;
import coppice.api.structure.DumpFormat;
import coppice.api.structure.StructureKind;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.dump.Dump;
import coppice.structure.search.SearchEngine;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What a dump of a collection has.
///
/// @param documents of two with one id the later one
record LoadedDump(DumpedSettings settings, List<DocumentItem> documents) {
    /// Reads one.
    ///
    /// @param document checks one, and says of what text its vector is to be made
    static LoadedDump read(InputStream in, DumpFormat format, UnaryOperator<DocumentItem> document) throws IOException {
        Map<String, DocumentItem> documents = new LinkedHashMap<>();
        DumpedSettings[] settings = {DumpedSettings.NONE};
        Dump.read(in, format, StructureKind.COLLECTION, item -> {
            if (DumpedSettings.isOne(item)) {
                settings[0] = DumpedSettings.of(item);
                // Refuses what it cannot follow.
                SearchEngine.find().ifPresent(engine -> settings[0].text().ifPresent(engine::text));
            } else {
                DocumentItem one = document.apply(DocumentItem.of(item));
                documents.put(one.id(), one);
            }
        });
        return new LoadedDump(settings[0], List.copyOf(documents.values()));
    }

    /// How vectors are compared that there are no others beside: by a similarity that was asked for, else as the
    /// dump says, or else as before.
    Optional<Settings> vectors(Optional<Similarity> asked, Optional<Similarity> before) {
        return settings.vectors()
                .map(said -> new Settings(said.dimension(), asked.orElse(said.similarity()), said.embedding()))
                .or(() -> asked.or(() -> before)
                        .flatMap(similarity ->
                                dimension().map(dimension -> new Settings(dimension, similarity, Optional.empty()))));
    }

    private Optional<Integer> dimension() {
        return documents.stream()
                .flatMap(item -> item.vector().stream())
                .map(row -> Math.max(1, row.numbers().length))
                .findFirst();
    }
}
