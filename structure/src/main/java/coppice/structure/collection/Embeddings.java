package coppice.structure.collection;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.SpaceView;
import coppice.api.search.Embedding;
import coppice.structure.collection.VectorRow.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Has vectors of texts made.
///
/// @param collection its name, for messages
record Embeddings<V>(Embedding<V> embedding, String collection) {
    /// The text of a document; nothing where it is blank.
    Optional<String> text(V document) {
        return Optional.of(embedding.text().apply(document)).filter(text -> !text.isBlank());
    }

    /// What vectors of a text are marked with.
    Mark mark(String text) {
        return Mark.of(embedding.id(), text);
    }

    /// The vector of a text.
    float[] vector(String text) {
        return vectors(List.of(text)).getFirst();
    }

    /// Documents with vectors, in their order: what is there of the same text is taken over, the others are made.
    ///
    /// @param there the vectors that there are
    List<DocumentItem> embedded(List<DocumentItem> items, SpaceView there) {
        List<DocumentItem> ready = new ArrayList<>(items);
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            DocumentItem item = ready.get(i);
            if (item.text().isPresent()) {
                Mark wanted = mark(item.text().get());
                Optional<VectorRow> same = row(there, item.id())
                        .filter(row -> row.mark().filter(wanted::equals).isPresent());
                if (same.isPresent()) {
                    ready.set(i, item.with(same.get(), embedding.id()));
                } else {
                    open.add(i);
                }
            }
        }
        for (int from = 0; from < open.size(); from += embedding.batch()) {
            embed(ready, open.subList(from, Math.min(open.size(), from + embedding.batch())));
        }
        return ready;
    }

    /// The vector of a document that is there.
    static Optional<VectorRow> row(SpaceView vectors, String id) {
        return vectors.get(VectorRows.key(SpaceDocumentsView.bytes(id))).map(VectorRow::decode);
    }

    private void embed(List<DocumentItem> items, List<Integer> places) {
        List<String> texts = places.stream()
                .map(place -> items.get(place).text().orElseThrow())
                .toList();
        List<float[]> vectors = vectors(texts);
        for (int i = 0; i < texts.size(); i++) {
            VectorRow row = new VectorRow(vectors.get(i), Optional.of(mark(texts.get(i))));
            items.set(places.get(i), items.get(places.get(i)).with(row, embedding.id()));
        }
    }

    private List<float[]> vectors(List<String> texts) {
        List<float[]> vectors = embedding.embedder().embed(texts);
        if (vectors.size() != texts.size()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.VALUE_MISFIT,
                            "The function '" + embedding.id() + "' of '" + collection + "' made " + vectors.size()
                                    + " vectors of " + texts.size() + " texts: it makes one for each, in their order")
                    .with("structure", collection);
        }
        return vectors;
    }
}
