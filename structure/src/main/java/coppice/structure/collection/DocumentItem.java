package coppice.structure.collection;

import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.structure.dump.DumpedItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A document of a collection in stored form, as a dump has it.
record DocumentItem(String id, byte[] value, Optional<float[]> vector) {
    static DocumentItem of(DumpedItem item) {
        return new DocumentItem(
                item.requiredText("id"), item.value(), item.numbers("vector").map(DocumentItem::floats));
    }

    private static float[] floats(double[] numbers) {
        float[] vector = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            vector[i] = (float) numbers[i];
        }
        return vector;
    }

    Json json() {
        return vector.isEmpty()
                ? Json.object("id", id, "value", JsonReader.parse(value))
                : Json.object("id", id, "value", JsonReader.parse(value), "vector", numbers(vector.get()));
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
