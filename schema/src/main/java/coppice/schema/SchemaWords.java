package coppice.schema;

import coppice.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a value must be by a keyword of a JSON Schema, in words that go on from "must be".
final class SchemaWords {
    private SchemaWords() {}

    /// By the schema `false`.
    ///
    /// @param path of the keywords that led to it
    static String nothing(String path) {
        return path.isEmpty() ? "absent: the schema is false" : "absent: " + path + " of the schema is false";
    }

    /// By a keyword.
    ///
    /// @param limit what the keyword says
    /// @param found the value that it was applied to
    static String of(String keyword, Json limit, Optional<Json> found) {
        return words(keyword, limit, found) + " (" + keyword + ")";
    }

    private static String words(String keyword, Json limit, Optional<Json> found) {
        String said = limit.text();
        return switch (keyword) {
            case "type" -> type(limit);
            case "enum" -> "one of " + listed(limit);
            case "const" -> said;
            case "minimum" -> said + " or more";
            case "maximum" -> said + " or less";
            case "exclusiveMinimum" -> "more than " + said;
            case "exclusiveMaximum" -> "less than " + said;
            case "multipleOf" -> "a multiple of " + said;
            case "minLength" -> "text of at least " + count(said, "character");
            case "maxLength" -> "text of at most " + count(said, "character");
            case "pattern" -> "text that matches " + (limit instanceof Json.Str(String text) ? text : said);
            case "minItems" -> "an array of at least " + count(said, "item");
            case "maxItems" -> "an array of at most " + count(said, "item");
            case "uniqueItems" -> "an array whose items differ";
            case "contains" -> "an array with an item that fits";
            case "minContains" -> "an array with at least " + count(said, "item") + " that fit";
            case "maxContains" -> "an array with at most " + count(said, "item") + " that fit";
            case "required" -> "an object with " + missing(limit, found);
            case "dependentRequired" -> "an object with the members that others need: " + said;
            case "minProperties" -> "an object with at least " + count(said, "member");
            case "maxProperties" -> "an object with at most " + count(said, "member");
            case "not" -> "something else: it fits what it must not";
            case "anyOf" -> "what at least one of the schemas says";
            case "oneOf" -> "what exactly one of the schemas says";
            default -> "what the schema says";
        };
    }

    private static String type(Json limit) {
        List<Json> names = limit instanceof Json.Arr(List<Json> all) ? all : List.of(limit);
        return names.stream().map(SchemaWords::typeName).collect(Collectors.joining(" or "));
    }

    private static String typeName(Json name) {
        return switch (name.text()) {
            case "\"string\"" -> "text";
            case "\"integer\"" -> "a whole number";
            case "\"number\"" -> "a number";
            case "\"boolean\"" -> "true or false";
            case "\"array\"" -> "an array";
            case "\"object\"" -> "an object";
            default -> "null";
        };
    }

    private static String missing(Json required, Optional<Json> found) {
        Map<String, Json> there = found.orElse(Json.Null.VALUE) instanceof Json.Obj(var members) ? members : Map.of();
        List<Json> names = required instanceof Json.Arr(List<Json> all) ? all : List.of();
        return names.stream()
                .filter(name -> name instanceof Json.Str(String text) && !there.containsKey(text))
                .map(Json::text)
                .collect(Collectors.joining(" and "));
    }

    private static String listed(Json values) {
        return values instanceof Json.Arr(List<Json> all)
                ? all.stream().map(Json::text).collect(Collectors.joining(", "))
                : values.text();
    }

    private static String count(String number, String of) {
        return number.equals("1") ? number + ' ' + of : number + ' ' + of + 's';
    }
}
