package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.DefinedType;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.TypeDefinition;
import coppice.json.Json;
import coppice.json.JsonException;
import coppice.json.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Definitions of types as JSON: how they are stored, and how people write them into files.
/// `docs/format/schema.md` has the members. Fields are members by name, so that two definitions merge field by
/// field.
public final class TypeFormat {
    private static final String NOT_VALID = "notValid";
    private static final String DECIMAL = "decimal";
    private static final String ARRAY = "array";
    private static final String OBJECT = "object";
    private static final String REFERENCE = "reference";

    private TypeFormat() {}

    /// A type as it is stored.
    public static byte[] stored(DefinedType type) {
        Json.Obj json = write(type.definition());
        return (type.isValidated() ? json : json.with(NOT_VALID, Json.of(true)))
                .text()
                .getBytes(UTF_8);
    }

    /// Reads what [#stored] gives.
    ///
    /// @throws DatabaseException.Incorrect when it is anything else
    public static DefinedType readStored(String name, byte[] text) {
        Json json = parse(name, text);
        boolean isOpen = json instanceof Json.Obj object && object.members().containsKey(NOT_VALID);
        return new DefinedType(read(name, isOpen ? ((Json.Obj) json).without(NOT_VALID) : json), !isOpen);
    }

    /// A definition as JSON, without its name.
    public static Json.Obj write(TypeDefinition type) {
        Map<String, Json> members = new LinkedHashMap<>();
        members.put("space", Json.of(type.space()));
        members.put("keys", Json.of(type.keys()));
        switch (type.shape()) {
            case TypeDefinition.JsonSchema(String text) ->
                members.put("schema", JsonReader.parse(text.getBytes(UTF_8)));
            case TypeDefinition.Fields(List<Field> fields, List<String> checks, boolean isClosed) -> {
                members.put("fields", fields(fields));
                if (!checks.isEmpty()) {
                    members.put("checks", Json.strings(checks));
                }
                if (isClosed) {
                    members.put("closed", Json.of(true));
                }
            }
        }
        return new Json.Obj(members);
    }

    private static Json.Obj fields(List<Field> fields) {
        Map<String, Json> members = new LinkedHashMap<>();
        fields.forEach(field -> members.put(field.name(), field(field)));
        return new Json.Obj(members);
    }

    private static Json.Obj field(Field field) {
        Map<String, Json> members = new LinkedHashMap<>(type(field.type()));
        if (field.isRequired()) {
            members.put("required", Json.of(true));
        }
        if (field.isUnique()) {
            members.put("unique", Json.of(true));
        }
        field.defaultValue().ifPresent(text -> members.put("default", JsonReader.parse(text.getBytes(UTF_8))));
        field.check().ifPresent(text -> members.put("check", Json.of(text)));
        return new Json.Obj(members);
    }

    private static Map<String, Json> type(FieldType type) {
        Map<String, Json> members = new LinkedHashMap<>();
        switch (type) {
            case FieldType.Simple simple -> members.put("type", Json.of(word(simple)));
            case FieldType.Decimal(int scale) -> {
                members.put("type", Json.of(DECIMAL));
                members.put("scale", Json.of(scale));
            }
            case FieldType.Array(FieldType items) -> {
                members.put("type", Json.of(ARRAY));
                members.put("items", new Json.Obj(type(items)));
            }
            case FieldType.Nested(List<Field> fields, boolean isClosed) -> {
                members.put("type", Json.of(OBJECT));
                members.put("fields", fields(fields));
                if (isClosed) {
                    members.put("closed", Json.of(true));
                }
            }
            case FieldType.Reference(String other) -> {
                members.put("type", Json.of(REFERENCE));
                members.put("to", Json.of(other));
            }
        }
        return members;
    }

    private static String word(FieldType.Simple type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    /// Reads what [#write] gives, or what a person wrote: `keys` may be left out, and a type that is only a word
    /// may be just that, as in `"age": "integer"`.
    ///
    /// @throws DatabaseException.Incorrect when it is no definition: with the place and what to write
    public static TypeDefinition read(String name, byte[] text) {
        return read(name, parse(name, text));
    }

    private static Json parse(String name, byte[] text) {
        try {
            return JsonReader.parse(text);
        } catch (JsonException notJson) {
            throw new Place(name, "").wrong("it is no JSON: " + notJson.getMessage());
        }
    }

    private static TypeDefinition read(String name, Json json) {
        Place at = new Place(name, "");
        Json.Obj object = at.object(json);
        String space = at.text(object, "space").orElseThrow(() -> at.wrong("it lacks \"space\", a name"));
        String keys = at.text(object, "keys").orElse(TypeDefinition.ALL_KEYS);
        Json schema = object.members().get("schema");
        if (schema != null) {
            if (object.members().containsKey("fields")) {
                throw at.wrong("it has \"schema\" and \"fields\": a type is one or the other");
            }
            at.only(object, Set.of("space", "keys", "schema"));
            return new TypeDefinition(name, space, keys, new TypeDefinition.JsonSchema(schema.text()));
        }
        at.only(object, Set.of("space", "keys", "fields", "checks", "closed"));
        List<String> checks = new ArrayList<>();
        if (object.members().getOrDefault("checks", Json.strings(List.of())) instanceof Json.Arr(List<Json> items)) {
            items.forEach(item -> checks.add(at.below("checks").text(item)));
        }
        TypeDefinition.Fields shape = new TypeDefinition.Fields(fields(at, object), checks, at.flag(object, "closed"));
        return new TypeDefinition(name, space, keys, shape);
    }

    private static List<Field> fields(Place at, Json.Obj object) {
        Json.Obj fields = at.below("fields")
                .object(Optional.ofNullable(object.members().get("fields"))
                        .orElseThrow(() -> at.wrong("it lacks \"fields\", an object, or \"schema\"")));
        List<Field> all = new ArrayList<>();
        fields.members()
                .forEach((name, json) -> all.add(field(at.below("fields").below(name), name, json)));
        return all;
    }

    private static Field field(Place at, String name, Json json) {
        if (json instanceof Json.Str) {
            return Field.of(name, type(at, json));
        }
        Json.Obj object = at.object(json);
        at.only(
                object,
                Set.of("type", "scale", "items", "fields", "closed", "to", "required", "unique", "default", "check"));
        return new Field(
                name,
                type(at, object),
                at.flag(object, "required"),
                at.flag(object, "unique"),
                Optional.ofNullable(object.members().get("default")).map(Json::text),
                at.text(object, "check"));
    }

    private static FieldType type(Place at, Json json) {
        if (json instanceof Json.Str(String word)) {
            return simple(at, word);
        }
        Json.Obj object = at.object(json);
        String word = at.text(object, "type").orElseThrow(() -> at.wrong("it lacks \"type\""));
        return switch (word) {
            case DECIMAL -> new FieldType.Decimal(at.number(object, "scale"));
            case ARRAY ->
                new FieldType.Array(type(
                        at.below("items"),
                        Optional.ofNullable(object.members().get("items"))
                                .orElseThrow(() -> at.wrong("it lacks \"items\", a type"))));
            case OBJECT -> new FieldType.Nested(fields(at, object), at.flag(object, "closed"));
            case REFERENCE ->
                new FieldType.Reference(
                        at.text(object, "to").orElseThrow(() -> at.wrong("it lacks \"to\", the name of a type")));
            default -> simple(at, word);
        };
    }

    private static FieldType simple(Place at, String word) {
        for (FieldType.Simple simple : FieldType.Simple.values()) {
            if (word(simple).equals(word)) {
                return simple;
            }
        }
        throw at.wrong(
                "'" + word + "' is no type: use string, integer, number, decimal, boolean, timestamp, date, bytes,"
                        + " uuid, array, object or reference");
    }

    /// A place in a definition that is read.
    private record Place(String type, String path) {
        Place below(String member) {
            return new Place(type, path + '/' + member);
        }

        DatabaseException wrong(String why) {
            String where = path.isEmpty() ? "" : " at " + path;
            return new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TYPE,
                            "The definition of type '" + type + "' cannot be read" + where + ": " + why)
                    .with("type", type)
                    .with("path", path);
        }

        Json.Obj object(Json json) {
            if (json instanceof Json.Obj object) {
                return object;
            }
            throw wrong("it must be a JSON object");
        }

        void only(Json.Obj object, Set<String> members) {
            for (String member : object.members().keySet()) {
                if (!members.contains(member)) {
                    throw wrong("there is no \"" + member + "\" in one");
                }
            }
        }

        Optional<String> text(Json.Obj object, String member) {
            return Optional.ofNullable(object.members().get(member)).map(below(member)::text);
        }

        String text(Json json) {
            if (json instanceof Json.Str(String text)) {
                return text;
            }
            throw wrong("it must be text");
        }

        boolean flag(Json.Obj object, String member) {
            Json value = object.members().getOrDefault(member, Json.of(false));
            if (value instanceof Json.Bool(boolean flag)) {
                return flag;
            }
            throw below(member).wrong("it must be true or false");
        }

        int number(Json.Obj object, String member) {
            Json value = object.members().get(member);
            if (value instanceof Json.Num number && number.digits().matches("\\d{1,4}")) {
                return Integer.parseInt(number.digits());
            }
            throw below(member).wrong("it must be a number from 0 to 1000");
        }
    }
}
