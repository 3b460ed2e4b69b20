package coppice.structure.collection;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A document of a collection in stored form, as a dump has it.
///
/// @param edges those that lead from it
record DocumentItem(String id, byte[] value, Optional<float[]> vector, List<Json.Obj> edges) {
    DocumentItem(String id, byte[] value, Optional<float[]> vector) {
        this(id, value, vector, List.of());
    }

    static DocumentItem of(DumpedItem item) {
        return new DocumentItem(
                item.requiredText("id"),
                item.value(),
                item.numbers("vector").map(DocumentItem::floats),
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
                vector.map(DocumentItem::numbers).orElse(null),
                "edges",
                edges.isEmpty() ? null : new Json.Arr(List.copyOf(edges)));
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
