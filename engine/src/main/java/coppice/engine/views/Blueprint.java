package coppice.engine.views;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.KeyPattern;
import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.engine.projection.Node;
import coppice.kernel.bytes.Hash;
import coppice.projection.CompiledProjection;
import coppice.projection.GroupShape;
import coppice.projection.IndexShape;
import coppice.projection.JoinShape;
import coppice.projection.RowShape;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Works out what is made of what for projections that take rows from each other.
final class Blueprint {
    /// Stands for all that decides what steps make, besides their definitions: another one, and all is made anew.
    private static final String VERSION = "2";

    private final Map<String, Text> texts;
    private final SortedMap<String, Defined> done = new TreeMap<>();
    private final Set<String> open = new LinkedHashSet<>();

    /// A definition, and how it is stored.
    record Text(ProjectionDefinition definition, String text) {}

    private Blueprint(Map<String, Text> texts) {
        this.texts = texts;
    }

    /// Makes definitions ready.
    ///
    /// @throws DatabaseException.Incorrect when one cannot be used, alone or with the others
    static SortedMap<String, Defined> of(Map<String, Text> texts) {
        Blueprint blueprint = new Blueprint(texts);
        texts.keySet().forEach(blueprint::defined);
        return blueprint.done;
    }

    private Defined defined(String name) {
        Defined known = done.get(name);
        if (known != null) {
            return known;
        }
        if (!open.add(name)) {
            throw wrong(
                    name,
                    "it takes rows from itself, by way of " + String.join(", ", open)
                            + ": take them from something else");
        }
        Text text = Objects.requireNonNull(texts.get(name));
        CompiledProjection projection = CompiledProjection.of(name, text.definition());
        Node rows = rows(projection);
        Defined made = new Defined(projection, text.text(), rows, result(projection, rows, text.text()));
        open.remove(name);
        done.put(name, made);
        return made;
    }

    private Node rows(CompiledProjection projection) {
        Node rows = source(projection.name(), projection.source());
        KeyPattern keys = keys(projection.source());
        for (int i = 0; i < projection.joins().size(); i++) {
            Join join = projection.definition().joins().get(i);
            rows = joined(projection.name(), join, projection.joins().get(i), rows, keys);
            keys = KeyPattern.all();
        }
        return rows;
    }

    private Node source(String name, Source source) {
        return switch (source) {
            case OfSpace spaced -> new Node.OfSpace(spaced.space());
            case OfProjection(String other) -> projection(name, other).result();
        };
    }

    private Defined projection(String name, String other) {
        if (!texts.containsKey(other)) {
            List<String> others =
                    texts.keySet().stream().filter(one -> !one.equals(name)).toList();
            throw wrong(
                    name,
                    "there is no projection '" + other + "' that it could take rows from: "
                            + (others.isEmpty() ? "create that one first" : "there are " + others));
        }
        Defined source = defined(other);
        if (source.projection().shape() instanceof IndexShape) {
            throw wrong(name, "'" + other + "' is an index, whose rows are those of its source: take them from there");
        }
        return source;
    }

    /// Rows with those of the other side: found by way of what each side has in common with the other.
    private Node joined(String projection, Join join, JoinShape shape, Node left, KeyPattern leftKeys) {
        Node right = source(projection, join.source());
        KeyPattern rightKeys = keys(join.source());
        Node leftBy =
                Node.made(new JoinKeys(name("local", leftKeys.text(), join.local()), leftKeys, shape::local), left);
        Node rightBy = Node.made(
                new JoinKeys(name("foreign", rightKeys.text(), join.foreign()), rightKeys, shape::foreign), right);
        Hash name = name("join", leftKeys.text(), rightKeys.text(), join.toString());
        return Node.made(new JoinStep(name, leftKeys, rightKeys, shape), left, right, leftBy, rightBy);
    }

    private Node result(CompiledProjection projection, Node rows, String text) {
        KeyPattern keys = projection.joins().isEmpty() ? keys(projection.source()) : KeyPattern.all();
        return switch (projection.shape()) {
            case RowShape shape ->
                shape.isIdentity() && keys.equals(KeyPattern.all())
                        ? rows
                        : Node.made(new RowStep(name("rows", text), keys, shape), rows);
            case IndexShape shape -> Node.made(new IndexStep(name("index", text), keys, shape), rows);
            case GroupShape shape ->
                Node.made(
                        new GroupStep(name("groups", text), shape),
                        Node.made(new TallyStep(name("tallies", text), keys, shape), rows));
        };
    }

    private static KeyPattern keys(Source source) {
        return source instanceof OfSpace space ? KeyPattern.glob(space.keys()) : KeyPattern.all();
    }

    private static Hash name(String kind, String... words) {
        return Hash.of((VERSION + '\0' + kind + '\0' + String.join("\0", List.of(words))).getBytes(UTF_8));
    }

    /// The names of projections that take rows from one.
    static List<String> takers(SortedMap<String, Defined> all, String name) {
        Map<String, Defined> takers = new LinkedHashMap<>(all);
        takers.values()
                .removeIf(one -> sources(one.projection().definition()).noneMatch(new OfProjection(name)::equals));
        return List.copyOf(takers.keySet());
    }

    private static Stream<Source> sources(ProjectionDefinition definition) {
        return Stream.concat(
                Stream.of(definition.source()), definition.joins().stream().map(Join::source));
    }

    private static DatabaseException wrong(String name, String problem) {
        return new DatabaseException.Incorrect(
                        ErrorCode.INVALID_PROJECTION, "The projection '" + name + "' cannot be: " + problem)
                .with("projection", name);
    }
}
