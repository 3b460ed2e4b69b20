package coppice.engine.history;

import coppice.api.Change;
import coppice.api.FieldChange;
import coppice.json.Json;
import coppice.json.JsonReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Looks into values that are JSON documents.
public final class Fields {
    private Fields() {}

    /// What changed inside; nothing when a side is no JSON.
    public static List<FieldChange> changes(Change change) {
        return switch (change) {
            case Change.Added added ->
                whole(
                        JsonReader.tryParse(added.after()),
                        value -> new FieldChange("", Optional.empty(), Optional.of(value)));
            case Change.Removed removed ->
                whole(
                        JsonReader.tryParse(removed.before()),
                        value -> new FieldChange("", Optional.of(value), Optional.empty()));
            case Change.Modified both -> between(JsonReader.tryParse(both.before()), JsonReader.tryParse(both.after()));
        };
    }

    private static List<FieldChange> whole(Optional<Json> value, Function<String, FieldChange> change) {
        return value.map(Json::text).map(change).stream().toList();
    }

    private static List<FieldChange> between(Optional<Json> before, Optional<Json> after) {
        if (before.isEmpty() || after.isEmpty()) {
            return List.of();
        }
        return coppice.json.FieldChange.between(before.get(), after.get()).stream()
                .map(field -> new FieldChange(
                        field.path(),
                        field.before().map(Json::text),
                        field.after().map(Json::text)))
                .toList();
    }

    /// The finest members of a document by their paths, in its order; none when it is absent or no JSON.
    static Map<String, Json> of(byte @Nullable [] value) {
        Map<String, Json> fields = new LinkedHashMap<>();
        if (value != null) {
            JsonReader.tryParse(value).ifPresent(document -> gather("", document, fields));
        }
        return fields;
    }

    private static void gather(String path, Json value, Map<String, Json> into) {
        if (value instanceof Json.Obj(Map<String, Json> members) && !members.isEmpty()) {
            members.forEach((name, member) -> gather(path.isEmpty() ? name : path + "." + name, member, into));
        } else if (value instanceof Json.Arr(List<Json> items) && !items.isEmpty()) {
            for (int i = 0; i < items.size(); i++) {
                gather(path + "[" + i + "]", items.get(i), into);
            }
        } else {
            into.put(path, value);
        }
    }
}
