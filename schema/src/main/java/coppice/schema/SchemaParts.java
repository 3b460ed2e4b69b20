package coppice.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.json.Json;
import coppice.json.Pointer;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// The parts of a JSON Schema and what they refer to, so that what could not be applied to any document is
/// refused before there is one.
final class SchemaParts {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    /// How a keyword holds schemas.
    private enum Holding {
        ONE,
        LIST,
        MEMBERS
    }

    /// @param isInPlace whether they are applied to the very value that the keyword is applied to
    private record Keyword(Holding holding, boolean isInPlace) {}

    private static final Map<String, Keyword> KEYWORDS = keywords();

    /// A schema that is a part of the whole.
    ///
    /// @param base the name of the resource it is in
    /// @param pointer where in that
    private record Part(String base, String pointer, Json schema) {
        String location() {
            return base + '#' + pointer;
        }

        Optional<Json> keyword(String name) {
            return SchemaParts.keyword(schema, name);
        }

        Optional<String> text(String name) {
            return keyword(name)
                    .flatMap(value -> value instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty());
        }

        Part below(String place, Json inner) {
            Part plain = new Part(base, place, inner);
            return plain.text("$id")
                    .map(id -> new Part(absolute(base, id).split("#", 2)[0], "", inner))
                    .orElse(plain);
        }
    }

    private final Json whole;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, Part> anchors = new HashMap<>();
    private final Map<String, List<Part>> dynamicAnchors = new HashMap<>();

    private SchemaParts(Json whole) {
        this.whole = whole;
    }

    /// Reads a schema that is valid by itself.
    ///
    /// @param name what it is called where it does not say so itself
    static SchemaParts of(String name, Json schema) {
        SchemaParts all = new SchemaParts(schema);
        all.gather(new Part(name, "", Json.Null.VALUE).below("", schema));
        return all;
    }

    /// Refuses a schema that no document could be compared with.
    ///
    /// @throws IllegalArgumentException when it is by another draft, refers to what it does not hold, holds what is
    ///     no pattern, or refers to itself without going into a member or an item
    static void refuse(String name, Json schema) {
        SchemaParts all = of(name, schema);
        Deque<Part> left = new ArrayDeque<>(all.parts.values());
        while (!left.isEmpty()) {
            Part part = left.remove();
            refuseOtherDrafts(part);
            refusePatterns(part);
            for (Part target : all.targets(part)) {
                if (!all.parts.containsKey(target.location())) {
                    int known = all.parts.size();
                    all.gather(target);
                    left.addAll(all.parts.values().stream().skip(known).toList());
                }
            }
        }
        all.refuseLoops();
    }

    Json whole() {
        return whole;
    }

    /// What a keyword of the schema at a location says, which may also be the place in the whole document.
    Optional<Json> keyword(String location, String name) {
        return Optional.ofNullable(parts.get(location))
                .map(Part::schema)
                .or(() -> Pointer.find(whole, location.substring(location.indexOf('#') + 1)))
                .flatMap(schema -> keyword(schema, name));
    }

    private static Optional<Json> keyword(Json schema, String name) {
        return schema instanceof Json.Obj(var members) ? Optional.ofNullable(members.get(name)) : Optional.empty();
    }

    private void gather(Part part) {
        parts.put(part.location(), part);
        part.text("$anchor").ifPresent(anchor -> anchors.put(part.base + '#' + anchor, part));
        part.text("$dynamicAnchor").ifPresent(anchor -> {
            anchors.put(part.base + '#' + anchor, part);
            dynamicAnchors.computeIfAbsent(anchor, _ -> new ArrayList<>()).add(part);
        });
        KEYWORDS.forEach((name, keyword) -> inside(part, name, keyword.holding).forEach(this::gather));
    }

    private static List<Part> inside(Part part, String keyword, Holding holding) {
        List<Part> inside = new ArrayList<>();
        String place = Pointer.member(part.pointer, keyword);
        part.keyword(keyword).ifPresent(value -> {
            switch (holding) {
                case ONE -> inside.add(part.below(place, value));
                case LIST -> {
                    List<Json> items = value instanceof Json.Arr(List<Json> all) ? all : List.of();
                    for (int i = 0; i < items.size(); i++) {
                        inside.add(part.below(Pointer.item(place, i), items.get(i)));
                    }
                }
                case MEMBERS -> {
                    if (value instanceof Json.Obj(Map<String, Json> members)) {
                        members.forEach((name, member) -> inside.add(part.below(Pointer.member(place, name), member)));
                    }
                }
            }
        });
        return inside;
    }

    private static void refuseOtherDrafts(Part part) {
        part.text("$schema")
                .filter(draft -> !draft.equals(DIALECT) && !draft.equals(DIALECT + '#'))
                .ifPresent(draft -> {
                    throw new IllegalArgumentException(
                            "its $schema is " + draft + ": write " + DIALECT + " or leave it out");
                });
    }

    private static void refusePatterns(Part part) {
        part.text("pattern").ifPresent(SchemaParts::refusePattern);
        if (part.keyword("patternProperties").orElse(Json.Null.VALUE) instanceof Json.Obj(Map<String, Json> members)) {
            members.keySet().forEach(SchemaParts::refusePattern);
        }
    }

    private static void refusePattern(String pattern) {
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException(
                    "'" + pattern + "' is no regular expression (" + wrong.getDescription() + ")", wrong);
        }
    }

    /// The parts that a part refers to. Whoever refers by a dynamic anchor may mean each of its name.
    private List<Part> targets(Part part) {
        List<Part> targets = new ArrayList<>();
        part.text("$ref").ifPresent(reference -> targets.add(target(part, reference)));
        part.text("$dynamicRef").ifPresent(reference -> {
            targets.add(target(part, reference));
            targets.addAll(dynamicAnchors.getOrDefault(reference.substring(reference.indexOf('#') + 1), List.of()));
        });
        return targets;
    }

    private Part target(Part from, String reference) {
        String[] to = absolute(from.base, reference).split("#", 2);
        String fragment = to.length == 1 ? "" : URLDecoder.decode(to[1].replace("+", "%2B"), UTF_8);
        Optional<Part> target = Optional.ofNullable(parts.get(to[0] + '#' + fragment))
                .or(() -> Optional.ofNullable(anchors.get(to[0] + '#' + fragment)))
                .or(() -> Optional.ofNullable(parts.get(to[0] + '#'))
                        .filter(_ -> fragment.startsWith("/"))
                        .flatMap(resource ->
                                Pointer.find(resource.schema, fragment).map(found -> resource.below(fragment, found))));
        return target.filter(part -> part.schema instanceof Json.Obj || part.schema instanceof Json.Bool)
                .orElseThrow(
                        () -> new IllegalArgumentException("it refers to " + reference + ", which is no part of it"));
    }

    private static String absolute(String base, String reference) {
        return reference.startsWith("#")
                ? base + reference
                : URI.create(base).resolve(reference).toString();
    }

    private void refuseLoops() {
        Set<String> sound = new HashSet<>();
        for (Part part : parts.values()) {
            refuseLoops(part, new HashSet<>(), sound);
        }
    }

    /// @param open the parts that are being applied to one value
    private void refuseLoops(Part part, Set<String> open, Set<String> sound) {
        if (sound.contains(part.location())) {
            return;
        }
        if (!open.add(part.location())) {
            throw new IllegalArgumentException("#" + part.pointer
                    + " leads to itself without going into a member or an item, so that no document could be"
                    + " compared with it");
        }
        KEYWORDS.forEach((name, keyword) -> {
            if (keyword.isInPlace) {
                inside(part, name, keyword.holding).forEach(next -> refuseLoops(next, open, sound));
            }
        });
        targets(part).forEach(next -> refuseLoops(next, open, sound));
        open.remove(part.location());
        sound.add(part.location());
    }

    private static Map<String, Keyword> keywords() {
        Map<String, Keyword> all = new LinkedHashMap<>();
        List.of("not", "if", "then", "else").forEach(name -> all.put(name, new Keyword(Holding.ONE, true)));
        List.of("allOf", "anyOf", "oneOf").forEach(name -> all.put(name, new Keyword(Holding.LIST, true)));
        all.put("dependentSchemas", new Keyword(Holding.MEMBERS, true));
        List.of(
                        "additionalProperties",
                        "contains",
                        "contentSchema",
                        "items",
                        "propertyNames",
                        "unevaluatedItems",
                        "unevaluatedProperties")
                .forEach(name -> all.put(name, new Keyword(Holding.ONE, false)));
        all.put("prefixItems", new Keyword(Holding.LIST, false));
        List.of("$defs", "definitions", "patternProperties", "properties")
                .forEach(name -> all.put(name, new Keyword(Holding.MEMBERS, false)));
        return all;
    }
}
