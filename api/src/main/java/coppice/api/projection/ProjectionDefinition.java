package coppice.api.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a projection makes of rows: where it takes them from, what it adds to them, which it keeps, and whether
/// it gives them as they are, in an order of its own, or in groups. An immutable value; expressions are text, of
/// which
/// `docs/guide/expressions.md` has the grammar, and are looked at by who takes the definition.
///
/// ```java
/// from("people").index("role", "age DESC")
/// from("people").where("status = 'active'").index("email").unique()
/// from("people").compute("full_name", "first || ' ' || last")
/// from("orders").join(Join.inner("people", "user_id", "id").field("buyer", "name"))
/// from("orders").groupBy("user_id").count("orders").sum("spent", "amount")
/// fromProjection("orders_with_user").index("buyer")
/// ```
///
/// In this order, whatever the order of calls: rows are joined, fields computed, rows left out, and then given.
///
/// @param source where rows come from
/// @param joins the rows of other sources that are put beside them, one source after another: what a row has then
///     is what the next one looks at
/// @param computed members that documents get besides, over others of the same name; each sees those before it
/// @param filter the condition on which rows count, looked at with all members; those for which it is not true
///     are out
/// @param output how rows are given
public record ProjectionDefinition(
        Source source, List<Join> joins, List<Named> computed, Optional<String> filter, Output output) {
    public ProjectionDefinition {
        Objects.requireNonNull(source);
        joins = List.copyOf(joins);
        computed = List.copyOf(computed);
        Objects.requireNonNull(filter);
        Objects.requireNonNull(output);
    }

    /// Where rows come from.
    public sealed interface Source {}

    /// The rows of a space.
    ///
    /// @param keys which: a glob, as [coppice.api.KeyPattern] has it
    public record OfSpace(String space, String keys) implements Source {
        public OfSpace {
            Objects.requireNonNull(space);
            Objects.requireNonNull(keys);
        }
    }

    /// The rows that another projection gives; it must not be an index, whose rows are those of its source.
    public record OfProjection(String name) implements Source {
        public OfProjection {
            Objects.requireNonNull(name);
        }
    }

    /// An expression with the name that its value gets.
    public record Named(String name, String expression) {
        public Named {
            Objects.requireNonNull(name);
            Objects.requireNonNull(expression);
        }

        private static final Pattern NAMED =
                Pattern.compile("(.*)\\sAS\\s+(?:\"((?:[^\"]|\"\")*)\"|(\\w+))\\s*", flags());

        private static int flags() {
            return Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CHARACTER_CLASS;
        }

        /// A member by its own name.
        public static Named of(String member) {
            return new Named(member, member);
        }

        /// An expression as text, with ` AS name` after it; without, a member by its own name.
        public static Named parse(String text) {
            Matcher named = NAMED.matcher(text);
            if (!named.matches()) {
                return of(text.strip());
            }
            String quoted = named.group(2);
            String name = quoted == null ? named.group(3) : quoted.replace("\"\"", "\"");
            return new Named(name, named.group(1).strip());
        }
    }

    /// How rows are given.
    public sealed interface Output {}

    /// Each by itself, under its key.
    public record Rows() implements Output {}

    /// In an order of their own, to be found by it.
    ///
    /// @param columns what rows are ordered by: by the first, of those equal by the second, and so on
    /// @param isUnique whether no two rows may have the same columns, none of which is null: what is written is
    ///     refused where it would make them so
    /// @param stored what is kept beside, so that documents need not be read for it
    public record Index(List<Column> columns, boolean isUnique, List<Named> stored) implements Output {
        public Index {
            columns = List.copyOf(columns);
            stored = List.copyOf(stored);
        }
    }

    /// What an index is ordered by.
    ///
    /// @param isEach whether the row is there once for each different item of the array that the expression is,
    ///     and not at all where it is none; at most one column of an index is so
    public record Column(String expression, boolean isDescending, boolean isEach) {
        public Column {
            Objects.requireNonNull(expression);
        }

        /// A column as text: an expression, perhaps with `EACH ` before it or ` DESC` after it.
        public static Column parse(String text) {
            String rest = text.strip();
            boolean isEach = rest.regionMatches(true, 0, "EACH ", 0, 5);
            rest = isEach ? rest.substring(5).strip() : rest;
            boolean isDescending = endsWithWord(rest, " DESC");
            boolean isAscending = endsWithWord(rest, " ASC");
            int cut = isDescending ? 5 : isAscending ? 4 : 0;
            return new Column(rest.substring(0, rest.length() - cut).strip(), isDescending, isEach);
        }

        private static boolean endsWithWord(String text, String word) {
            return text.regionMatches(true, text.length() - word.length(), word, 0, word.length());
        }
    }

    /// One row for each group, with what is measured of it. A group's key is its values in a form that sorts.
    ///
    /// @param by what all rows of a group have in common; nothing for one group of all
    public record Groups(List<Named> by, List<Measure> measures) implements Output {
        public Groups {
            by = List.copyOf(by);
            measures = List.copyOf(measures);
        }
    }

    /// What is measured of a group.
    ///
    /// @param expression whose values; those that are null do not count. Empty for [Function#COUNT] of all rows
    public record Measure(String name, Function function, String expression) {
        public Measure {
            Objects.requireNonNull(name);
            Objects.requireNonNull(function);
            Objects.requireNonNull(expression);
        }
    }

    /// How a group is measured. Values that are no numbers do not count for sums and averages.
    public enum Function {
        /// How many.
        COUNT,
        /// How many different ones.
        COUNT_DISTINCT,
        /// Their exact sum; null when there is none, or it cannot be told.
        SUM,
        /// Their average, to 34 digits; null when there is none.
        AVG,
        /// The one that sorts first; null when there is none.
        MIN,
        /// The one that sorts last; null when there is none.
        MAX
    }

    /// All rows of a space.
    public static ProjectionDefinition from(String space) {
        return of(new OfSpace(space, "*"));
    }

    /// The rows that another projection gives.
    public static ProjectionDefinition fromProjection(String name) {
        return of(new OfProjection(name));
    }

    private static ProjectionDefinition of(Source source) {
        return new ProjectionDefinition(source, List.of(), List.of(), Optional.empty(), new Rows());
    }

    /// Only the rows whose keys fit a glob.
    ///
    /// @throws IllegalStateException when rows come from a projection
    public ProjectionDefinition keys(String glob) {
        if (!(source instanceof OfSpace spaced)) {
            throw new IllegalStateException("Rows of a projection are chosen by where(..), not by keys");
        }
        return new ProjectionDefinition(new OfSpace(spaced.space(), glob), joins, computed, filter, output);
    }

    /// With the rows of one more source beside: beside joined rows, where there is a join already.
    public ProjectionDefinition join(Join other) {
        List<Join> more = new ArrayList<>(joins);
        more.add(other);
        return new ProjectionDefinition(source, more, computed, filter, output);
    }

    /// With one more computed member.
    public ProjectionDefinition compute(String name, String expression) {
        List<Named> more = new ArrayList<>(computed);
        more.add(new Named(name, expression));
        return new ProjectionDefinition(source, joins, more, filter, output);
    }

    /// Only the rows for which a condition is true, in place of another condition.
    public ProjectionDefinition where(String condition) {
        return new ProjectionDefinition(source, joins, computed, Optional.of(condition), output);
    }

    private ProjectionDefinition as(Output other) {
        return new ProjectionDefinition(source, joins, computed, filter, other);
    }

    /// Ordered by columns, each as [Column#parse] reads it.
    public ProjectionDefinition index(String... columns) {
        return as(new Index(Stream.of(columns).map(Column::parse).toList(), false, List.of()));
    }

    /// The index with no two rows that have the same columns.
    ///
    /// @throws IllegalStateException when it is no index
    public ProjectionDefinition unique() {
        return as(new Index(requireIndex().columns(), true, requireIndex().stored()));
    }

    /// The index with members kept beside, or values of expressions, each as [Named#parse] reads it.
    ///
    /// @throws IllegalStateException when it is no index
    public ProjectionDefinition storing(String... members) {
        List<Named> stored = new ArrayList<>(requireIndex().stored());
        Stream.of(members).map(Named::parse).forEach(stored::add);
        return as(new Index(requireIndex().columns(), requireIndex().isUnique(), stored));
    }

    private Index requireIndex() {
        if (output instanceof Index index) {
            return index;
        }
        throw new IllegalStateException("Say what rows are ordered by first: index(..)");
    }

    /// In groups that have members in common, or values of expressions, each as [Named#parse] reads it; none for
    /// one group of all.
    public ProjectionDefinition groupBy(String... members) {
        return as(new Groups(Arrays.stream(members).map(Named::parse).toList(), List.of()));
    }

    /// The groups with one more measure.
    ///
    /// @throws IllegalStateException when there are no groups
    public ProjectionDefinition measure(String name, Function function, String expression) {
        if (!(output instanceof Groups groups)) {
            throw new IllegalStateException("Say what groups have in common first: groupBy(..)");
        }
        List<Measure> more = new ArrayList<>(groups.measures());
        more.add(new Measure(name, function, expression));
        return as(new Groups(groups.by(), more));
    }

    /// The groups with how many rows they have.
    public ProjectionDefinition count(String name) {
        return measure(name, Function.COUNT, "");
    }

    /// The groups with how many different values an expression has.
    public ProjectionDefinition countDistinct(String name, String expression) {
        return measure(name, Function.COUNT_DISTINCT, expression);
    }

    /// The groups with a sum.
    public ProjectionDefinition sum(String name, String expression) {
        return measure(name, Function.SUM, expression);
    }

    /// The groups with an average.
    public ProjectionDefinition average(String name, String expression) {
        return measure(name, Function.AVG, expression);
    }

    /// The groups with the first of the values of an expression.
    public ProjectionDefinition min(String name, String expression) {
        return measure(name, Function.MIN, expression);
    }

    /// The groups with the last of the values of an expression.
    public ProjectionDefinition max(String name, String expression) {
        return measure(name, Function.MAX, expression);
    }
}
