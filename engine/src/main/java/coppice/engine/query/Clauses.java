package coppice.engine.query;

import coppice.api.DatabaseException;
import coppice.api.ErrorCode;
import coppice.engine.query.Question.Order;
import coppice.engine.query.Selection.Column;
import coppice.expression.Declared;
import coppice.expression.Direction;
import coppice.expression.Expression;
import coppice.expression.Expression.Member;
import coppice.expression.Expression.Parameter;
import coppice.expression.Expression.Path;
import coppice.expression.Expression.RowKey;
import coppice.expression.ExpressionException;
import coppice.expression.Type;
import coppice.expression.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what queries are written in. What was read lately is remembered by its text: what it means does not
/// depend on anything else.
final class Clauses {
    /// So many texts of each kind are remembered, or twice as many.
    private static final int REMEMBERED = 500;

    /// Longer texts, in characters, are read each time.
    private static final int REMEMBERED_LENGTH = 1_000;

    private static final Recent<String, Template> CONDITIONS = new Recent<>(REMEMBERED);
    private static final Recent<String, Order> ORDERS = new Recent<>(REMEMBERED);
    private static final Recent<List<String>, Selection> SELECTIONS = new Recent<>(REMEMBERED);
    private static final Pattern NAMED = Pattern.compile("(.*)\\sAS\\s+(?:\"((?:[^\"]|\"\")*)\"|(\\w+))\\s*", flags());
    private static final Pattern DIRECTED = Pattern.compile("(.*)\\s(ASC|DESC)\\s*", flags());
    private static final Pattern POSITION = Pattern.compile("[0-9]+");

    /// A condition as it was read.
    private record Template(Expression expression, Set<Parameter> parameters, boolean hasNames) {}

    private Clauses() {}

    private static int flags() {
        return Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
    }

    /// A condition with values in the place of its parameters.
    static Expression condition(String text, @Nullable Object @Nullable ... values) {
        Template template = isShort(text) ? CONDITIONS.of(text, Clauses::template) : template(text);
        @Nullable Object[] given = values == null ? new @Nullable Object[] {null} : values;
        if (given.length == 0 && template.parameters().isEmpty()) {
            return template.expression();
        }
        Map<String, Value> bound = values(template.hasNames(), given);
        try {
            return template.expression().bind(bound);
        } catch (IllegalArgumentException unbound) {
            throw incorrect(String.valueOf(unbound.getMessage()), unbound);
        }
    }

    private static boolean isShort(String text) {
        return text.length() <= REMEMBERED_LENGTH;
    }

    private static Template template(String text) {
        Expression parsed = parsed("condition", text);
        Set<Parameter> parameters = parsed.parameters();
        boolean hasNames = parameters.stream()
                .anyMatch(parameter -> !POSITION.matcher(parameter.name()).matches());
        return new Template(parsed, parameters, hasNames);
    }

    private static Map<String, Value> values(boolean isNamed, @Nullable Object[] given) {
        Map<String, Value> bound = new HashMap<>();
        if (isNamed) {
            if (given.length != 1 || !(given[0] instanceof Map<?, ?> map)) {
                throw incorrect("Parameters with names take their values from one map: give Map.of(\"name\", value)");
            }
            map.forEach((name, value) -> bound.put(String.valueOf(name), JavaValues.value(value)));
        } else {
            for (int i = 0; i < given.length; i++) {
                bound.put(Integer.toString(i + 1), JavaValues.value(given[i]));
            }
        }
        return bound;
    }

    /// What rows are ordered by: an expression, perhaps with a direction.
    static Order order(String text) {
        return isShort(text) ? ORDERS.of(text, Clauses::readOrder) : readOrder(text);
    }

    private static Order readOrder(String text) {
        Matcher directed = DIRECTED.matcher(text);
        boolean hasDirection = directed.matches();
        boolean isDescending = hasDirection && directed.group(2).equalsIgnoreCase("DESC");
        Expression by = fixed("order", hasDirection ? directed.group(1) : text);
        return new Order(by, isDescending ? Direction.DESCENDING : Direction.ASCENDING);
    }

    /// What is given of rows: expressions, perhaps with names.
    static Selection selection(List<String> texts) {
        boolean isShort = texts.stream().mapToInt(String::length).sum() <= REMEMBERED_LENGTH;
        return isShort ? SELECTIONS.of(List.copyOf(texts), Clauses::readSelection) : readSelection(texts);
    }

    private static Selection readSelection(List<String> texts) {
        List<Column> columns = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String text : texts) {
            Column column = column(text);
            if (!names.add(column.name())) {
                throw incorrect("Two of what is selected are called '" + column.name()
                        + "': give one another name, as in " + column.expression() + " AS other");
            }
            columns.add(column);
        }
        return new Selection(columns);
    }

    private static Column column(String text) {
        Matcher named = NAMED.matcher(text);
        if (named.matches()) {
            String quoted = named.group(2);
            String name = quoted != null ? quoted.replace("\"\"", "\"") : named.group(3);
            return new Column(name, fixed("selection", named.group(1)));
        }
        Expression expression = fixed("selection", text);
        if (expression instanceof Path(var steps)
                && !steps.isEmpty()
                && steps.getLast() instanceof Member(String name)) {
            return new Column(name, expression);
        }
        if (expression instanceof RowKey) {
            return new Column("$key", expression);
        }
        throw incorrect("What is selected has no name: write " + text.strip() + " AS name");
    }

    /// An expression without parameters, simplified.
    private static Expression fixed(String what, String text) {
        Expression parsed = parsed(what, text);
        if (!parsed.parameters().isEmpty()) {
            throw incorrect("The " + what + " has the parameter "
                    + parsed.parameters().iterator().next() + ": values are given to where(..) alone");
        }
        return parsed.simplified();
    }

    /// Refuses a condition that can never be, or of which a part can never be.
    static void compareCondition(String text, Declared declared) {
        parsed("condition", text, declared, "WHERE", EnumSet.of(Type.BOOLEAN));
    }

    /// Refuses what nothing can be ordered by.
    static void compareOrder(String text, Declared declared) {
        Matcher directed = DIRECTED.matcher(text);
        parsed("order", directed.matches() ? directed.group(1) : text, declared);
    }

    /// Refuses what nothing can be selected by.
    static void compareSelected(String text, Declared declared) {
        Matcher named = NAMED.matcher(text);
        parsed("selection", named.matches() ? named.group(1) : text, declared);
    }

    private static Expression parsed(String what, String text) {
        try {
            return Expression.parse(text);
        } catch (ExpressionException wrong) {
            throw unread(what, wrong);
        }
    }

    private static void parsed(String what, String text, Declared declared) {
        parsed(what, text, declared, "", EnumSet.allOf(Type.class));
    }

    private static void parsed(String what, String text, Declared declared, String by, Set<Type> wanted) {
        try {
            Expression.parse(text, declared, by, wanted);
        } catch (ExpressionException wrong) {
            throw unread(what, wrong);
        }
    }

    private static DatabaseException unread(String what, ExpressionException wrong) {
        return incorrect("The " + what + " cannot be read: " + wrong.getMessage(), wrong)
                .with("column", wrong.column());
    }

    static DatabaseException incorrect(String message) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_QUERY, message);
    }

    private static DatabaseException incorrect(String message, RuntimeException cause) {
        return new DatabaseException.Incorrect(ErrorCode.INVALID_QUERY, message, cause);
    }
}
