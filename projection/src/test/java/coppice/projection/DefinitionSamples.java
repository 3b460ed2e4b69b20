package coppice.projection;

import coppice.api.projection.Join;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Column;
import coppice.api.projection.ProjectionDefinition.Function;
import coppice.api.projection.ProjectionDefinition.Groups;
import coppice.api.projection.ProjectionDefinition.Index;
import coppice.api.projection.ProjectionDefinition.Measure;
import coppice.api.projection.ProjectionDefinition.Named;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.api.projection.ProjectionDefinition.Output;
import coppice.api.projection.ProjectionDefinition.Rows;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Expression;
import coppice.testing.property.Choices;
import coppice.testing.property.Gen;
import java.util.List;
import java.util.Optional;

/// Definitions of all kinds, with names and expressions that look like what stands between them.
final class DefinitionSamples {
    private static final Gen<String> NAMES = Gen.element(
            "a", "b", "index", "AS", "left", "a b", "", "é", "\"q", "count", "Each", "null", "x'y", "projection");
    private static final Gen<String> EXPRESSIONS = Gen.element(
            "a",
            "b.c",
            "each",
            "Each.x",
            "each[0]",
            "each - 1",
            "distinct",
            "distinct - a",
            "desc",
            "\"from\"",
            "\"a b\"",
            "\"\"",
            "\"AS\"",
            "where",
            "upper( a )",
            "a='x' and b",
            "(a = 1) = b",
            "a = (b = 1)",
            "-1",
            "$key",
            "$value",
            "case when a then 1 end",
            "tags contains 'q'",
            "'it''s'",
            "json '[1]'",
            "NOT a",
            "a OR b",
            "a between 1 and 2",
            "b is missing");
    private static final List<String> WORDS = List.of(
            "FROM",
            "s",
            "PROJECTION",
            "KEYS",
            "'g'",
            "LEFT",
            "JOIN",
            "ON",
            "a = b",
            "FIELDS",
            "COMPUTE",
            "WHERE",
            "UNIQUE",
            "INDEX BY",
            "EACH",
            "DESC",
            "STORE",
            "GROUP BY",
            "MEASURE",
            "COUNT(*)",
            "COUNT(DISTINCT",
            ")",
            "SUM(",
            "AS",
            ",",
            "a",
            "(",
            "FROM s",
            "-",
            "\"",
            "?");

    private DefinitionSamples() {}

    static Gen<String> words() {
        return choices -> WORDS.get((int) choices.upTo(WORDS.size() - 1));
    }

    static Gen<ProjectionDefinition> definitions() {
        return choices -> new ProjectionDefinition(
                source(choices),
                joins().list(0, 3).from(choices),
                named().list(0, 2).from(choices),
                choices.upTo(1) == 0 ? Optional.empty() : Optional.of(EXPRESSIONS.from(choices)),
                output(choices));
    }

    private static Gen<Join> joins() {
        return DefinitionSamples::join;
    }

    private static Gen<Named> named() {
        return Gen.oneOf(
                Gen.combine(NAMES, EXPRESSIONS, Named::new),
                Gen.element("a", "each", "b").map(Named::of));
    }

    private static Source source(Choices choices) {
        String name = NAMES.from(choices);
        return switch ((int) choices.upTo(2)) {
            case 0 -> new OfSpace(name, "*");
            case 1 ->
                new OfSpace(name, Gen.element("", "user:?", "it's", "*\\*").from(choices));
            default -> new OfProjection(name);
        };
    }

    private static Join join(Choices choices) {
        return new Join(
                choices.upTo(1) == 1,
                source(choices),
                EXPRESSIONS.from(choices),
                EXPRESSIONS.from(choices),
                named().list(1, 3).from(choices));
    }

    private static Output output(Choices choices) {
        return switch ((int) choices.upTo(3)) {
            case 0 -> new Rows();
            case 1, 2 ->
                new Index(
                        Gen.<String, Long, Column>combine(
                                        EXPRESSIONS,
                                        Gen.longs(0, 3),
                                        (text, kind) -> new Column(text, kind % 2 == 1, kind > 1))
                                .list(1, 3)
                                .from(choices),
                        choices.upTo(1) == 1,
                        named().list(0, 2).from(choices));
            default ->
                new Groups(
                        named().list(0, 2).from(choices), measures().list(1, 4).from(choices));
        };
    }

    private static Gen<Measure> measures() {
        return Gen.oneOf(
                NAMES.map(name -> new Measure(name, Function.COUNT, "")),
                choices -> new Measure(
                        NAMES.from(choices), Gen.element(Function.values()).from(choices), EXPRESSIONS.from(choices)));
    }

    /// The same with canonical expressions.
    static ProjectionDefinition canonical(ProjectionDefinition definition) {
        Output output = switch (definition.output()) {
            case Rows rows -> rows;
            case Index(List<Column> columns, boolean isUnique, List<Named> stored) ->
                new Index(
                        columns.stream()
                                .map(column -> new Column(
                                        canonical(column.expression()), column.isDescending(), column.isEach()))
                                .toList(),
                        isUnique,
                        canonical(stored));
            case Groups(List<Named> by, List<Measure> measures) ->
                new Groups(
                        canonical(by),
                        measures.stream()
                                .map(measure -> new Measure(
                                        measure.name(), measure.function(), canonical(measure.expression())))
                                .toList());
        };
        return new ProjectionDefinition(
                definition.source(),
                definition.joins().stream()
                        .map(join -> new Join(
                                join.isLeft(),
                                join.source(),
                                canonical(join.local()),
                                canonical(join.foreign()),
                                canonical(join.fields())))
                        .toList(),
                canonical(definition.computed()),
                definition.filter().map(DefinitionSamples::canonical),
                output);
    }

    private static List<Named> canonical(List<Named> members) {
        return members.stream()
                .map(member -> new Named(member.name(), canonical(member.expression())))
                .toList();
    }

    private static String canonical(String expression) {
        return expression.isEmpty() ? "" : Expression.parse(expression).toString();
    }
}
