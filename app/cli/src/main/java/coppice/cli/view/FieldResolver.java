package coppice.cli.view;

import coppice.api.Conflict;
import coppice.api.Resolver;
import coppice.cli.json.FieldMerge;
import coppice.cli.json.Json;
import coppice.cli.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Decides conflicts of JSON objects of which the two sides changed different fields: both changes are kept.
public final class FieldResolver {
    private FieldResolver() {}

    /// A resolver that combines fields where it can and asks another where it cannot.
    public static Resolver orElse(Resolver other) {
        return conflict -> combined(conflict)
                .<Resolver.Resolution>map(value -> new Resolver.Take(Optional.of(value)))
                .orElseGet(() -> other.resolve(conflict));
    }

    /// The combined value, when the sides changed different fields of an object.
    static Optional<byte[]> combined(Conflict conflict) {
        Optional<Json.Obj> base = object(conflict.base());
        Optional<Json.Obj> ours = object(conflict.ours());
        Optional<Json.Obj> theirs = object(conflict.theirs());
        if (base.isEmpty() || ours.isEmpty() || theirs.isEmpty()) {
            return Optional.empty();
        }
        return FieldMerge.merge(base.get(), ours.get(), theirs.get())
                .map(merged -> merged.text().getBytes(StandardCharsets.UTF_8));
    }

    private static Optional<Json.Obj> object(Optional<byte[]> value) {
        return value.flatMap(JsonReader::tryParse)
                .flatMap(json -> json instanceof Json.Obj object ? Optional.of(object) : Optional.empty());
    }
}
