package coppice.structure.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// When two stored forms are of the same value: when they differ in nothing but the order of members.
public final class StoredForms {
    private StoredForms() {}

    /// Whether both are of the same value, or of none.
    public static boolean areSame(Optional<byte[]> one, Optional<byte[]> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        return Arrays.equals(one.get(), other.get())
                || JsonReader.tryParse(one.get()).equals(JsonReader.tryParse(other.get()));
    }

    /// The one form of all that are of the same value: with members in order.
    public static byte[] canonical(byte[] stored) {
        boolean mayHaveMembers = stored.length > 0 && (stored[0] == '{' || stored[0] == '[');
        return mayHaveMembers ? sorted(JsonReader.parse(stored)).text().getBytes(UTF_8) : stored;
    }

    private static Json sorted(Json json) {
        return switch (json) {
            case Json.Obj(Map<String, Json> members) -> {
                Map<String, Json> ordered = new TreeMap<>(members);
                ordered.replaceAll((_, member) -> sorted(member));
                yield new Json.Obj(ordered);
            }
            case Json.Arr array ->
                new Json.Arr(array.items().stream().map(StoredForms::sorted).toList());
            default -> json;
        };
    }
}
