package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Violation.Rule;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.Pointer;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A JSON Schema. Reads nothing but its own text: what refers to other documents is refused.
///
/// @param validator for any number of threads
/// @param uri what the validator calls the schema
record SchemaText(Validator validator, URI uri) {
    /// The keywords that say of another one that something in it is wrong.
    private static final List<String> SUMMARIES = List.of("allOf", "$ref", "$dynamicRef");

    static SchemaText of(String type, String text) {
        Validator validator =
                new ValidatorFactory().withJsonNodeFactory(new JsonNodes()).createValidator();
        try {
            URI uri = validator.registerSchema(text);
            References.of(JsonReader.parse(text.getBytes(UTF_8))).abroad().ifPresent(reference -> {
                throw new IllegalArgumentException("it refers to " + reference);
            });
            return new SchemaText(validator, uri);
        } catch (JsonSchemaException | IllegalArgumentException wrong) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_TYPE,
                            "The JSON Schema of type '" + type + "' cannot be used: " + wrong.getMessage()
                                    + "; it must be valid by 2020-12, and refer to its own parts only")
                    .with("type", type);
        }
    }

    /// What a schema refers to, and what its parts are called.
    private record References(Set<String> to, Set<String> own) {
        static References of(Json schema) {
            References all = new References(new TreeSet<>(), new TreeSet<>());
            all.gather(schema);
            return all;
        }

        private void gather(Json json) {
            if (json instanceof Json.Arr(List<Json> items)) {
                items.forEach(this::gather);
            } else if (json instanceof Json.Obj(Map<String, Json> members)) {
                text(members, "$ref").ifPresent(to::add);
                text(members, "$dynamicRef").ifPresent(to::add);
                text(members, "$id").ifPresent(own::add);
                members.values().forEach(this::gather);
            }
        }

        private static Optional<String> text(Map<String, Json> members, String name) {
            return members.get(name) instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty();
        }

        Optional<String> abroad() {
            return to.stream()
                    .filter(reference -> !reference.startsWith("#"))
                    .filter(reference -> !own.contains(reference.split("#", 2)[0]))
                    .findFirst();
        }
    }

    void check(Json document, Findings findings) {
        for (Error error :
                validator.validate(uri, new JsonNodes.Node("", document)).getErrors()) {
            if (!SUMMARIES.contains(error.getKeyword())) {
                String path = error.getInstanceLocation();
                findings.add(
                        path, Rule.SCHEMA, Pointer.find(document, path), error.getKeyword() + ": " + error.getError());
            }
        }
    }
}
