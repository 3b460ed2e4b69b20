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
import coppice.expression.Comparison;
import coppice.expression.Expression;
import coppice.expression.Expression.Compare;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Path;
import coppice.expression.PhraseReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// Reads definitions, one method a rule of the grammar. One text each.
final class DefinitionParser {
    private static final List<String> CLAUSES =
            List.of("LEFT", "JOIN", "COMPUTE", "WHERE", "UNIQUE", "INDEX", "STORE", "GROUP", "MEASURE");
    private static final List<String> FUNCTIONS = List.of("COUNT", "SUM", "AVG", "MIN", "MAX");

    private final PhraseReader in;

    DefinitionParser(String text) {
        this.in = new PhraseReader(text);
    }

    ProjectionDefinition definition() {
        in.expectWord("FROM");
        Source source = source();
        List<Join> joins = new ArrayList<>();
        for (Optional<Join> join = join(); join.isPresent(); join = join()) {
            joins.add(join.get());
        }
        List<Named> computed = in.takeWord("COMPUTE") ? list(this::item) : List.of();
        Optional<String> filter = in.takeWord("WHERE") ? Optional.of(expression()) : Optional.empty();
        Output output = output();
        if (!in.isAtEnd()) {
            throw in.unexpected(
                    "the end, or what comes next of JOIN, COMPUTE, WHERE and INDEX BY, GROUP BY or MEASURE, in this"
                            + " order",
                    CLAUSES);
        }
        return new ProjectionDefinition(source, joins, computed, filter, output);
    }

    private Source source() {
        if (in.takeWord("PROJECTION")) {
            return new OfProjection(in.name("the name of a projection", DefinitionText.KEYWORDS));
        }
        String space = in.name("the name of a space", DefinitionText.KEYWORDS);
        return new OfSpace(space, in.takeWord("KEYS") ? in.text("a glob in single quotes, such as 'user:*'") : "*");
    }

    private Optional<Join> join() {
        boolean isLeft = in.takeWord("LEFT");
        if (isLeft) {
            in.expectWord("JOIN");
        } else if (!in.takeWord("JOIN")) {
            return Optional.empty();
        }
        Source source = source();
        in.expectWord("ON");
        int from = in.position();
        if (!(read() instanceof Compare(Comparison by, Expression local, Expression foreign))
                || by != Comparison.EQUAL) {
            throw in.wrong(
                    "ON says what is equal: first what a row has, then what the others have, as in user_id = id", from);
        }
        in.expectWord("FIELDS");
        return Optional.of(new Join(isLeft, source, local.toString(), foreign.toString(), list(this::item)));
    }

    private Output output() {
        if (in.takeWord("UNIQUE")) {
            in.expectWord("INDEX");
            return index(true);
        }
        if (in.takeWord("INDEX")) {
            return index(false);
        }
        if (in.takeWord("GROUP")) {
            in.expectWord("BY");
            List<Named> by = list(this::item);
            return new Groups(by, in.takeWord("MEASURE") ? list(this::measure) : List.of());
        }
        return in.takeWord("MEASURE") ? new Groups(List.of(), list(this::measure)) : new Rows();
    }

    private Index index(boolean isUnique) {
        in.expectWord("BY");
        List<Column> columns = list(this::column);
        return new Index(columns, isUnique, in.takeWord("STORE") ? list(this::item) : List.of());
    }

    private Column column() {
        boolean isEach = in.takeWordBeforeExpression("EACH");
        String expression = expression();
        boolean isDescending = in.takeWord("DESC");
        if (!isDescending) {
            in.takeWord("ASC");
        }
        return new Column(expression, isDescending, isEach);
    }

    private Measure measure() {
        Function function = Function.valueOf(in.oneOf("a measure, one of", FUNCTIONS));
        in.expectSign("(");
        String expression = "";
        if (function != Function.COUNT || !in.takeSign("*")) {
            boolean isDistinct = function == Function.COUNT && in.takeWordBeforeExpression("DISTINCT");
            function = isDistinct ? Function.COUNT_DISTINCT : function;
            expression = expression();
        }
        in.expectSign(")");
        in.expectWord("AS");
        return new Measure(name(), function, expression);
    }

    private Named item() {
        int from = in.position();
        Expression expression = read();
        if (in.takeWord("AS")) {
            return new Named(name(), expression.toString());
        }
        if (expression instanceof Path(var steps)
                && steps.size() == 1
                && steps.getFirst() instanceof Member(String name)) {
            return new Named(name, expression.toString());
        }
        throw in.wrong("only a member by its own name needs no other: write AS and a name behind this", from);
    }

    private String name() {
        return in.name("a name after AS", Set.of());
    }

    private String expression() {
        return read().toString();
    }

    private Expression read() {
        int from = in.position();
        Expression expression = in.expression();
        expression.parameters().stream().findFirst().ifPresent(parameter -> {
            throw in.wrong("the parameter " + parameter + " has no value here: write the value itself", from);
        });
        return expression;
    }

    private <T> List<T> list(Supplier<T> part) {
        List<T> all = new ArrayList<>();
        do {
            all.add(part.get());
        } while (in.takeSign(","));
        return all;
    }
}
