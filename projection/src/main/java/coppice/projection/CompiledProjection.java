package coppice.projection;

import static java.nio.charset.StandardCharsets.UTF_8;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.api.Limits;
import coppice.api.projection.ProjectionDefinition;
import coppice.api.projection.ProjectionDefinition.Groups;
import coppice.api.projection.ProjectionDefinition.Index;
import coppice.api.projection.ProjectionDefinition.OfProjection;
import coppice.api.projection.ProjectionDefinition.OfSpace;
import coppice.api.projection.ProjectionDefinition.Rows;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Expression;
import coppice.expression.ExpressionException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A projection, ready to look at rows. Immutable; for any number of threads.
///
/// ```java
/// CompiledProjection ages = CompiledProjection.of("ages", ProjectionDefinition.from("people").index("age"));
/// switch (ages.shape()) {
///     case RowShape rows -> rows.document(key, document);
///     case IndexShape index -> index.entries(key, document, into::put);
///     case GroupShape groups -> groups.entries(key, document, tallies::add);
/// }
/// ```
///
/// @param name of the projection
/// @param definition what it was made of
/// @param joins what is put beside the rows of its source first, one after another: then all expressions of the
///     shape are about joined rows
/// @param shape what it makes of rows
public record CompiledProjection(String name, ProjectionDefinition definition, List<JoinShape> joins, Shape shape) {
    public CompiledProjection {
        joins = List.copyOf(joins);
    }

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    /// Makes a projection ready.
    ///
    /// @throws DatabaseException.Incorrect when the definition contradicts itself, or holds what is no expression:
    ///     with the place and what to do
    public static CompiledProjection of(String name, ProjectionDefinition definition) {
        requireName(name);
        Expressions expressions = new Expressions(name);
        checkSource(expressions, "its source", definition.source());
        definition.joins().forEach(join -> checkSource(expressions, "the source of the join", join.source()));
        List<JoinShape> joins = definition.joins().stream()
                .map(join -> JoinShape.of(expressions, join))
                .toList();
        List<NamedExpression> computed = expressions.compute(definition.computed());
        Optional<Expression> filter = expressions.filter(definition.filter());
        Shape shape = switch (definition.output()) {
            case Rows() -> new RowShape(computed, filter);
            case Index index -> IndexShape.of(expressions, index, filter);
            case Groups groups -> GroupShape.of(expressions, groups, filter);
        };
        requireText(expressions, definition);
        return new CompiledProjection(name, definition, joins, shape);
    }

    /// Makes a projection ready that is written as text.
    ///
    /// @throws DatabaseException.Incorrect when the text is malformed, or as [#of] does
    public static CompiledProjection parse(String name, String text) {
        requireName(name);
        try {
            return of(name, DefinitionText.read(text));
        } catch (ExpressionException wrong) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_PROJECTION,
                            "The definition of projection '" + name + "' cannot be read, at line " + wrong.line()
                                    + ", column " + wrong.column() + ": " + wrong.getMessage())
                    .with("projection", name)
                    .with("line", wrong.line())
                    .with("column", wrong.column());
        }
    }

    /// Refuses what could not be read again once it is stored.
    private static void requireText(Expressions expressions, ProjectionDefinition definition) {
        try {
            DefinitionText.read(DefinitionText.write(definition));
        } catch (ExpressionException wrong) {
            throw expressions.wrong("its text", wrong.problem());
        }
    }

    /// Refuses what is no name of a projection.
    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new DatabaseException.Incorrect(
                            ErrorCode.INVALID_PROJECTION,
                            "'" + name + "' is no name of a projection: use 1 to 64 letters, digits, _, - or .")
                    .with("projection", name);
        }
    }

    private static void checkSource(Expressions expressions, String place, Source source) {
        switch (source) {
            case OfProjection(String other) -> requireName(other);
            case OfSpace(String space, String keys) -> {
                expressions.requireText(place, space);
                expressions.requireText(place, keys);
                int bytes = space.getBytes(UTF_8).length;
                if (bytes == 0 || bytes > Limits.SPACE_NAME_BYTES_MAX) {
                    throw expressions.wrong(
                            place, "the name of a space has 1 to 255 bytes, this one has " + bytes + ": name another");
                }
                if (keys.isEmpty()) {
                    throw expressions.wrong(place, "no key fits an empty glob: write '*' for all keys");
                }
            }
        }
    }

    /// Where its rows come from.
    public Source source() {
        return definition.source();
    }
}
