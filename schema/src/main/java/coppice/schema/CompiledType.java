package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Field;
import coppice.api.schema.FieldType;
import coppice.api.schema.TypeDefinition;
import coppice.api.schema.Violation;
import coppice.api.schema.Violation.Rule;
import coppice.expression.Declared;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.Pointer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// A type, ready to look at documents. Immutable; for any number of threads.
public final class CompiledType {
    private final TypeDefinition definition;
    private final KeyTemplate keys;
    private final Checks checks;
    private final Optional<SchemaText> schema;
    private final Defaults defaults;
    private final List<FieldPath> paths;

    private CompiledType(
            TypeDefinition definition,
            KeyTemplate keys,
            Checks checks,
            Optional<SchemaText> schema,
            Defaults defaults) {
        this.definition = definition;
        this.keys = keys;
        this.checks = checks;
        this.schema = schema;
        this.defaults = defaults;
        this.paths = paths(definition);
    }

    /// Makes a type ready that is being defined.
    ///
    /// @throws DatabaseException.Incorrect when the definition contradicts itself or holds what is no
    ///     expression, no JSON or no JSON Schema: with the place and what to write
    public static CompiledType of(TypeDefinition definition) {
        CompiledType type = stored(definition);
        type.schema.ifPresent(schema -> schema.refuseWhatFitsNothing(definition.name()));
        if (definition.shape() instanceof TypeDefinition.Fields fields) {
            Contradictions.refuse(definition, fields);
        }
        return type;
    }

    /// Makes a type ready that was defined before, perhaps by parts that were merged: what only makes no sense is
    /// taken.
    ///
    /// @throws DatabaseException.Incorrect when nothing can be compared with it
    public static CompiledType stored(TypeDefinition definition) {
        if (!Pattern.matches("[A-Za-z0-9_.-]{1,64}", definition.name())) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TYPE,
                            "'" + definition.name() + "' is no name of a type: use 1 to 64 letters, digits, _ - or .")
                    .with("type", definition.name());
        }
        KeyTemplate keys = KeyTemplate.parse(definition.keys());
        return switch (definition.shape()) {
            case TypeDefinition.JsonSchema(String text) ->
                new CompiledType(
                        definition,
                        keys,
                        Checks.none(),
                        Optional.of(SchemaText.of(definition.name(), text)),
                        Defaults.of(definition.name(), List.of()));
            case TypeDefinition.Fields(List<Field> fields, List<String> checks, boolean _) -> {
                Defaults defaults = Defaults.of(definition.name(), fields);
                Checks all = Checks.of(definition.name(), fields, checks);
                yield new CompiledType(definition, keys, all, Optional.empty(), defaults);
            }
        };
    }

    /// What it was made of.
    public TypeDefinition definition() {
        return definition;
    }

    /// The keys of its documents.
    public KeyTemplate keys() {
        return keys;
    }

    /// A document with the defaults of the fields that it lacks: the very array when it lacks none, or is no
    /// object.
    public byte[] completed(byte[] value) {
        return defaults.completed(value);
    }

    /// Tells what is wrong with a document by itself, in the order of the definition. Costs reading it.
    ///
    /// @param key a key that fits
    public void check(byte[] key, byte[] value, Consumer<Violation> wrong) {
        Optional<Json> read = JsonReader.tryParse(value);
        Findings findings = new Findings(definition, key, wrong);
        if (schema.isPresent()) {
            if (read.isPresent()) {
                schema.get().check(read.get(), findings);
            } else {
                findings.add("", Rule.DOCUMENT, Optional.of(Json.of(new String(value, UTF_8))), "JSON");
            }
            return;
        }
        if (!(read.orElse(Json.Null.VALUE) instanceof Json.Obj document)) {
            Json found = read.orElseGet(() -> Json.of(new String(value, UTF_8)));
            findings.add("", Rule.DOCUMENT, Optional.of(found), "a JSON object");
            return;
        }
        TypeDefinition.Fields fields = (TypeDefinition.Fields) definition.shape();
        Checks.Subject subject = checks.subject(key, value);
        new FieldWalk(findings, checks, key).fields("", fields.fields(), fields.isClosed(), document, subject);
        checkKey(key, document, findings);
        for (String check : fields.checks()) {
            if (subject.breaks(check)) {
                findings.add("", Rule.CHECK, Optional.empty(), Checks.words(check));
            }
        }
    }

    /// Whoever is named by the key is who the document says it is.
    private void checkKey(byte[] key, Json.Obj document, Findings findings) {
        TypeDefinition.Fields fields = (TypeDefinition.Fields) definition.shape();
        Map<String, String> parts = keys.parts(key).orElse(Map.of());
        for (Field field : fields.fields()) {
            String part = parts.get(field.name());
            Json value = document.members().getOrDefault(field.name(), Json.Null.VALUE);
            if (part != null && !(value instanceof Json.Null) && !part.equals(plain(value))) {
                findings.add(
                        Pointer.member("", field.name()),
                        Rule.KEY,
                        Optional.of(value),
                        "'" + part + "', as the key says");
            }
        }
    }

    private static String plain(Json value) {
        return value instanceof Json.Str(String text) ? text : value.text();
    }

    /// What expressions can find in its documents; anything where it is a JSON Schema.
    public Declared declared() {
        return definition.shape() instanceof TypeDefinition.Fields fields
                ? DeclaredFields.of(fields.fields(), fields.isClosed())
                : Declared.ANYTHING;
    }

    /// The fields by which its documents have to do with others: those of unique values and those that refer.
    public List<FieldPath> paths() {
        return paths;
    }

    private static List<FieldPath> paths(TypeDefinition definition) {
        List<FieldPath> all = new ArrayList<>();
        if (definition.shape() instanceof TypeDefinition.Fields shape) {
            paths(List.of(), shape.fields(), all);
        }
        return List.copyOf(all);
    }

    private static void paths(List<String> above, List<Field> fields, List<FieldPath> into) {
        for (Field field : fields) {
            List<String> names = new ArrayList<>(above);
            names.add(field.name());
            if (field.isUnique()) {
                into.add(new FieldPath(names, ""));
            }
            paths(names, field.type(), into);
        }
    }

    private static void paths(List<String> names, FieldType type, List<FieldPath> into) {
        switch (type) {
            case FieldType.Reference(String other) -> into.add(new FieldPath(names, other));
            case FieldType.Array(FieldType items) -> paths(names, items, into);
            case FieldType.Nested(List<Field> inner, boolean _) -> paths(names, inner, into);
            case FieldType.Simple _, FieldType.Decimal _ -> {}
        }
    }
}
