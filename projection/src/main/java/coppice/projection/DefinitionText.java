package coppice.projection;

import coppice.api.projection.ProjectionDefinition;
import coppice.expression.ExpressionException;
import java.util.Set;

/// Definitions of projections as text: how people write them, and how they are stored.
///
/// ```
/// FROM source [[LEFT] JOIN source ON local = foreign FIELDS item, ..]
///     [COMPUTE item, ..] [WHERE condition]
///     [[UNIQUE] INDEX BY [EACH] expression [ASC | DESC], .. [STORE item, ..]
///     | GROUP BY item, .. [MEASURE measure, ..] | MEASURE measure, ..]
/// source:  name [KEYS 'glob'] | PROJECTION name
/// item:    expression [AS name]
/// measure: COUNT(*) AS name | COUNT(DISTINCT expression) AS name | COUNT(expression) AS name | SUM(..) ..
/// ```
/// The name of an item may be left out when it is a member by its own name. Keywords may be in small letters.
/// `docs/guide/projections.md` explains them, `docs/format/projection.md` has the canonical form.
public final class DefinitionText {
    /// Words that mean something between expressions, so that names like them stand in quotes.
    static final Set<String> KEYWORDS = Set.of(
            "FROM",
            "PROJECTION",
            "KEYS",
            "LEFT",
            "JOIN",
            "ON",
            "FIELDS",
            "COMPUTE",
            "WHERE",
            "UNIQUE",
            "INDEX",
            "BY",
            "EACH",
            "ASC",
            "DESC",
            "STORE",
            "GROUP",
            "MEASURE",
            "DISTINCT");

    private DefinitionText() {}

    /// Reads a definition. Its expressions are canonical text then. Whether they make sense together, only
    /// [CompiledProjection#of] says.
    ///
    /// @throws ExpressionException when it is malformed: says where, what was expected and what to write instead
    public static ProjectionDefinition read(String text) {
        return new DefinitionParser(text).definition();
    }

    /// A definition as canonical text: [#read] gives it back with canonical expressions.
    ///
    /// @throws ExpressionException when an expression in it is malformed: says where in the expression
    public static String write(ProjectionDefinition definition) {
        return new DefinitionPrinter().print(definition);
    }
}
