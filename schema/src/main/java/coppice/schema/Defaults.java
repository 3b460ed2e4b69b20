package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What documents get that lack a field.
///
/// @param values of fields, by name
/// @param nested of fields that are objects, which get something themselves when they are there
record Defaults(Map<String, Json> values, Map<String, Defaults> nested) {
    /// Gathers the defaults of fields, and refuses what they cannot be.
    static Defaults of(String type, List<Field> fields) {
        Map<String, Json> values = new LinkedHashMap<>();
        Map<String, Defaults> nested = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                throw wrong(type, field, "it is there twice");
            }
            field.defaultValue().ifPresent(text -> values.put(field.name(), value(type, field, text)));
            if (field.type() instanceof FieldType.Nested(List<Field> inner, boolean _)) {
                Defaults below = of(type, inner);
                if (!below.isEmpty()) {
                    nested.put(field.name(), below);
                }
            }
        }
        return new Defaults(values, nested);
    }

    private static Json value(String type, Field field, String text) {
        Json value;
        try {
            value = JsonReader.parse(text.getBytes(UTF_8));
        } catch (JsonException notJson) {
            throw wrong(type, field, "its default " + text + " is no JSON (text needs quotes)");
        }
        if (!Types.is(field.type(), value)) {
            throw wrong(type, field, "its default " + text + " is not " + Types.words(field.type()));
        }
        return value;
    }

    private static DatabaseException wrong(String type, Field field, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_TYPE,
                        "The field '" + field.name() + "' of type '" + type + "' cannot be: " + why + "; change it")
                .with("type", type)
                .with("field", field.name());
    }

    private boolean isEmpty() {
        return values.isEmpty() && nested.isEmpty();
    }

    byte[] completed(byte[] document) {
        if (isEmpty()) {
            return document;
        }
        Optional<Json> read = JsonReader.tryParse(document);
        if (!(read.orElse(Json.Null.VALUE) instanceof Json.Obj object)) {
            return document;
        }
        Json.Obj whole = completed(object);
        return whole.equals(object) ? document : whole.text().getBytes(UTF_8);
    }

    private Json.Obj completed(Json.Obj object) {
        Json.Obj whole = object;
        for (Map.Entry<String, Json> one : values.entrySet()) {
            if (!object.members().containsKey(one.getKey())) {
                whole = whole.with(one.getKey(), one.getValue());
            }
        }
        for (Map.Entry<String, Defaults> one : nested.entrySet()) {
            if (whole.members().get(one.getKey()) instanceof Json.Obj inner) {
                whole = whole.with(one.getKey(), one.getValue().completed(inner));
            }
        }
        return whole;
    }
}
