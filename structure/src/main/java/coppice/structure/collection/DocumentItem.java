package coppice.structure.collection;

import coppice.api.search.EmbeddingId;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.collection.VectorRow.Mark;
import coppice.structure.collection.VectorRows.Settings;
import coppice.structure.dump.DumpedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A document of a collection in stored form.
///
/// @param by what made the vector, if a function did
/// @param text of which a vector is to be made; nothing where it has one, or is to have none
/// @param edges those that lead from it
record DocumentItem(
        String id,
        byte[] value,
        Optional<VectorRow> vector,
        Optional<EmbeddingId> by,
        Optional<String> text,
        List<Json.Obj> edges) {
    /// One with the vector that it was given.
    static DocumentItem given(String id, byte[] value, Optional<float[]> vector) {
        return new DocumentItem(id, value, vector.map(VectorRow::given), Optional.empty(), Optional.empty(), List.of());
    }

    /// With a text of which a vector is to be made.
    DocumentItem ofText(Optional<String> other) {
        return new DocumentItem(id, value, vector, by, other, edges);
    }

    /// With a vector that a function made.
    DocumentItem with(VectorRow made, EmbeddingId function) {
        return new DocumentItem(id, value, Optional.of(made), Optional.of(function), Optional.empty(), edges);
    }

    /// One as a dump has it.
    static DocumentItem of(DumpedItem item) {
        Json maker = item.members().getOrDefault("embedding", Json.Null.VALUE);
        Optional<EmbeddingId> by = Settings.embedding(maker);
        Optional<Mark> mark = item.text("text")
                .flatMap(text -> maker instanceof Json.Str(String hash)
                        ? Mark.parse(hash, text)
                        : by.flatMap(id -> Mark.parse(id, text)));
        return new DocumentItem(
                item.requiredText("id"),
                item.value(),
                item.numbers("vector").map(numbers -> new VectorRow(floats(numbers), mark)),
                mark.flatMap(_ -> by),
                Optional.empty(),
                item.objects("edges"));
    }

    private static float[] floats(double[] numbers) {
        float[] vector = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            vector[i] = (float) numbers[i];
        }
        return vector;
    }

    Json json() {
        return Json.object(
                "id",
                id,
                "value",
                JsonReader.parse(value),
                "vector",
                vector.map(row -> numbers(row.numbers())).orElse(null),
                "embedding",
                by.<Json>map(id -> Json.object("name", id.name(), "version", id.version()))
                        .or(() -> mark().map(Mark::maker).map(Json::of))
                        .orElse(null),
                "text",
                mark().map(Mark::text).orElse(null),
                "edges",
                edges.isEmpty() ? null : new Json.Arr(List.copyOf(edges)));
    }

    private Optional<Mark> mark() {
        return vector.flatMap(VectorRow::mark);
    }

    /// By the shortest digits that give the same number again.
    private static Json numbers(float[] vector) {
        List<Json> numbers = new ArrayList<>(vector.length);
        for (float number : vector) {
            numbers.add(new Json.Num(Float.toString(number)));
        }
        return new Json.Arr(numbers);
    }
}
