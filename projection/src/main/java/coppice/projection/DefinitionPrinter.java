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
import coppice.api.projection.ProjectionDefinition.Rows;
import coppice.api.projection.ProjectionDefinition.Source;
import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.PhraseReader;
import coppice.expression.Value;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Writes the canonical text of one definition: keywords in capitals, one space between words, nothing that could
/// be left out.
final class DefinitionPrinter {
    private static final Pattern KEYWORD_FIRST =
            Pattern.compile("(each|distinct)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final StringBuilder out = new StringBuilder();

    String print(ProjectionDefinition definition) {
        out.append("FROM ");
        source(definition.source());
        definition.joins().forEach(this::join);
        if (!definition.computed().isEmpty()) {
            out.append(" COMPUTE ");
            list(definition.computed(), this::item);
        }
        definition.filter().ifPresent(filter -> out.append(" WHERE ").append(Expression.parse(filter)));
        switch (definition.output()) {
            case Rows() -> {}
            case Index index -> index(index);
            case Groups groups -> groups(groups);
        }
        return out.toString();
    }

    private void source(Source source) {
        switch (source) {
            case OfProjection(String name) -> out.append("PROJECTION ").append(name(name));
            case OfSpace(String space, String keys) -> {
                out.append(name(space));
                if (!keys.equals("*")) {
                    out.append(" KEYS ").append(new Expression.Constant(Value.of(keys)));
                }
            }
        }
    }

    private static String name(String name) {
        return PhraseReader.written(name, DefinitionText.KEYWORDS);
    }

    private void join(Join join) {
        out.append(join.isLeft() ? " LEFT JOIN " : " JOIN ");
        source(join.source());
        Expression on = new Expression.Compare(
                Comparison.EQUAL, Expression.parse(join.local()), Expression.parse(join.foreign()));
        out.append(" ON ").append(on).append(" FIELDS ");
        list(join.fields(), this::item);
    }

    private void index(Index index) {
        out.append(index.isUnique() ? " UNIQUE INDEX BY " : " INDEX BY ");
        list(index.columns(), this::column);
        if (!index.stored().isEmpty()) {
            out.append(" STORE ");
            list(index.stored(), this::item);
        }
    }

    private void column(Column column) {
        out.append(column.isEach() ? "EACH " : "");
        out.append(apart(column.expression())).append(column.isDescending() ? " DESC" : "");
    }

    private void groups(Groups groups) {
        if (!groups.by().isEmpty()) {
            out.append(" GROUP BY ");
            list(groups.by(), this::item);
        }
        if (!groups.measures().isEmpty()) {
            out.append(" MEASURE ");
            list(groups.measures(), this::measure);
        }
    }

    private void measure(Measure measure) {
        boolean isDistinct = measure.function() == Function.COUNT_DISTINCT;
        out.append(isDistinct ? "COUNT(DISTINCT " : measure.function() + "(");
        boolean isOfRows =
                measure.function() == Function.COUNT && measure.expression().isBlank();
        out.append(isOfRows ? "*" : apart(measure.expression()));
        out.append(") AS ").append(name(measure.name()));
    }

    /// In parentheses where its first word would be taken for a keyword.
    private static String apart(String expression) {
        String canonical = Expression.parse(expression).toString();
        return KEYWORD_FIRST.matcher(canonical).matches() ? '(' + canonical + ')' : canonical;
    }

    private void item(Named item) {
        Expression expression = Expression.parse(item.expression());
        out.append(expression);
        if (!expression.equals(Expression.Path.of(item.name()))) {
            out.append(" AS ").append(name(item.name()));
        }
    }

    private <T> void list(List<T> parts, Consumer<T> write) {
        for (int i = 0; i < parts.size(); i++) {
            out.append(i == 0 ? "" : ", ");
            write.accept(parts.get(i));
        }
    }
}
