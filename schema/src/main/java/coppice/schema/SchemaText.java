package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.schema.Violation.Rule;
import coppice.json.Json;
import coppice.json.JsonReader;
import coppice.json.Pointer;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A JSON Schema. Reads nothing but its own text: what refers to other documents is refused.
///
/// @param validator for any number of threads
/// @param uri what the validator calls the schema
record SchemaText(Validator validator, URI uri, SchemaParts parts) {
    /// The keywords that say of another one that something in it is wrong.
    private static final Set<String> SUMMARIES = Set.of("allOf", "$ref", "$dynamicRef", "if", "dependentSchemas");

    static SchemaText of(String type, String text) {
        Validator validator =
                new ValidatorFactory().withJsonNodeFactory(new JsonNodes()).createValidator();
        try {
            URI uri = validator.registerSchema(text);
            return new SchemaText(
                    validator, uri, SchemaParts.of(uri.toString(), JsonReader.parse(text.getBytes(UTF_8))));
        } catch (InvalidSchemaException wrong) {
            throw refused(type, invalid(wrong));
        } catch (JsonSchemaException | IllegalArgumentException wrong) {
            throw refused(type, String.valueOf(wrong.getMessage()));
        }
    }

    /// @throws DatabaseException.Incorrect when no document could be compared with it
    void refuseWhatFitsNothing(String type) {
        try {
            SchemaParts.refuse(uri.toString(), parts.whole());
        } catch (IllegalArgumentException wrong) {
            throw refused(type, String.valueOf(wrong.getMessage()));
        }
    }

    private static String invalid(InvalidSchemaException wrong) {
        return wrong.getErrors().stream()
                .filter(error -> !SUMMARIES.contains(String.valueOf(error.getKeyword())))
                .findFirst()
                .map(error -> "#" + error.getInstanceLocation() + " is wrong: " + error.getError())
                .orElse("it is no schema");
    }

    private static DatabaseException refused(String type, String why) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_TYPE,
                        "The JSON Schema of type '" + type + "' cannot be used: " + why
                                + "; it must be valid by 2020-12, and refer to its own parts only")
                .with("type", type);
    }

    void check(Json document, Findings findings) {
        Validator.Result result = validator.validate(uri, new JsonNodes.Node("", document));
        if (result.isValid()) {
            return;
        }
        List<Error> all = result.getErrors();
        List<Error> telling = all.stream().filter(error -> !isSummary(error)).toList();
        (telling.isEmpty() ? all : telling)
                .stream()
                        .sorted(Comparator.comparing(Error::getInstanceLocation)
                                .thenComparing(Error::getEvaluationPath))
                        .forEach(error -> add(document, error, findings));
    }

    private static boolean isSummary(Error error) {
        return SUMMARIES.contains(String.valueOf(error.getKeyword()));
    }

    private void add(Json document, Error error, Findings findings) {
        String path = error.getInstanceLocation();
        Optional<Json> value = Pointer.find(document, path);
        // a schema that is false has no keyword
        String expected = error.getKeyword() == null
                ? SchemaWords.nothing(error.getEvaluationPath())
                : parts.keyword(error.getSchemaLocation(), error.getKeyword())
                        .map(limit -> SchemaWords.of(error.getKeyword(), limit, value))
                        .orElse("what the schema says (" + error.getKeyword() + ")");
        findings.add(path, Rule.SCHEMA, value, expected);
    }
}
